/** Letters and digits separated by single spaces: `normalize` makes the same of what a person wrote. */
const greetings = [
  "hi|hello|hey|heya|hiya|good morning|good afternoon|good evening|good day",
  "hallo|guten morgen|guten tag|guten abend|moin|servus|grüß dich|grüß gott|hallo zusammen",
  "hola|buenas|buenos días|buenos dias|buenas tardes|buenas noches",
  "olá|ola|oi|bom dia|boa tarde|boa noite",
  "bonjour|bonsoir|salut|coucou",
  "привет|здравствуй|здравствуйте|добрый день|доброе утро|добрый вечер|доброго дня",
  "привіт|вітаю|здрастуйте|добрий день|добрий ранок|доброго ранку|добрий вечір|доброго вечора",
  "merhaba|selam|selamlar|günaydın|iyi günler|iyi akşamlar",
  "مرحبا|اهلا|أهلا|اهلا وسهلا|أهلا وسهلا|سلام|السلام عليكم|صباح الخير|مساء الخير",
  "नमस्ते|नमस्कार|हैलो|हेलो|हाय|namaste",
  "halo|hai|selamat pagi|selamat siang|selamat sore|selamat malam|assalamualaikum",
];
const thanks = [
  "thanks|thank you|thank u|thx|ty|tysm|many thanks|thanks a lot|thanks so much|thank you so much|thank you very much|cheers",
  "danke|danke schön|dankeschön|danke sehr|danke dir|vielen dank|vielen lieben dank|besten dank|herzlichen dank",
  "gracias|muchas gracias|muchísimas gracias|mil gracias",
  "obrigado|obrigada|muito obrigado|muito obrigada|valeu",
  "merci|merci beaucoup|merci bien|mille mercis|un grand merci",
  "спасибо|спасибо большое|большое спасибо|огромное спасибо|благодарю|спс",
  "дякую|дуже дякую|щиро дякую|дякую дуже|спасибі",
  "teşekkürler|teşekkür ederim|çok teşekkürler|çok teşekkür ederim|tesekkurler|tesekkur ederim|sağ ol|sağol|sağ olun|sağolun",
  "شكرا|شكرا جزيلا|شكرا لك|شكرا كثيرا|الف شكر|ألف شكر",
  "धन्यवाद|बहुत धन्यवाद|बहुत बहुत धन्यवाद|शुक्रिया|बहुत शुक्रिया|थैंक यू|थैंक्यू|dhanyavad|shukriya",
  "terima kasih|terima kasih banyak|makasih|makasih banyak|trims",
];
const agreement = [
  "ok|okay|okey|okie|k|kk|alright|all right|got it|great|perfect|cool|nice|awesome|very good",
  "alles klar|in ordnung|passt|perfekt|super|prima|toll|sehr gut",
  "vale|de acuerdo|está bien|perfecto|genial|muy bien",
  "tá bom|está bem|beleza|certo|perfeito|ótimo|muito bom",
  "d accord|entendu|ça marche|c est bon|parfait|très bien|génial",
  "ок|окей|хорошо|ладно|понятно|отлично|супер|круто",
  "добре|гаразд|зрозуміло|чудово",
  "tamam|tamamdır|peki|olur|harika|çok güzel",
  "حسنا|تمام|طيب|اوك|اوكي|ممتاز|رائع",
  "ठीक है|ठीक|अच्छा|ओके|बढ़िया|बहुत अच्छा",
  "oke|baik|siap|sip|mantap",
];
/** Chinese is written without spaces, so these stand close. */
const chinese = {
  greetings: "你好|您好|嗨|哈喽|早上好|早安|下午好|晚上好|大家好",
  others: "谢谢|谢谢你|谢谢您|多谢|谢了|非常感谢|太谢谢了|好|好的|好吧|行|可以|知道了|明白了|没问题|太好了|很好",
};
/** Said along with the above, and nothing by themselves. */
const company = "there|bot|again|everyone|everybody";

const wave = /^[👋🤚🖐✋]+$/u;
const smile = /^[👍👌🙏👏🙌🤝💪🤗🤩😍🥰😘😊☺🙂😀😃😄😁😎😉👋❤🧡💛💚💙💜🤍🤎🖤♥💯✅✔🎉✨🔥🫶]+$/u;
/** Skin, gender and presentation of emoji, and what joins them. */
const shades = /[\u{1f3fb}-\u{1f3ff}]|\ufe0e|\ufe0f|\u200d|\u2640|\u2642/gu;
/** The longest message that is looked at: friendly words are few. */
const longest = 80;

const onlyGreetings = sayings([...greetings], chinese.greetings);
const onlyFriendly = sayings([...greetings, ...thanks, ...agreement], `${chinese.greetings}|${chinese.others}`);

/**
 * A message that is friendly and nothing else, in the languages of the catalogue. The whole message counts: whoever
 * says "hi, a page for my bakery" wants a page.
 */
export function readSmallTalk(text: string): "hello" | "thanks" | undefined {
  if (text.length > longest) return undefined;
  const words = normalize(text);
  if (words === "") {
    const signs = text.replace(shades, "").replace(/[\p{P}\s]/gu, "");
    return wave.test(signs) ? "hello" : smile.test(signs) ? "thanks" : undefined;
  }
  if (onlyGreetings.test(words)) return "hello";
  return onlyFriendly.test(words) ? "thanks" : undefined;
}

function sayings(spaced: readonly string[], close: string): RegExp {
  const one = `(?:(?:${spaced.join("|")})(?= |$)|(?:${close}))`.normalize("NFC");
  return new RegExp(`^${one}(?: ?${one}| (?:${company})(?= |$)){0,3}$`, "u");
}

/** Lower case without punctuation, emoji, and the marks of Arabic vowels, which most leave out. */
function normalize(text: string): string {
  return text
    .toLowerCase()
    .normalize("NFC")
    .replace(/[\u0307\u064b-\u0652\u0640]/g, "")
    .replace(shades, "")
    .replace(/[\p{P}\p{S}\p{Cf}\s]+/gu, " ")
    .trim();
}
