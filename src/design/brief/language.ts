/** Languages the pages are written in. */
export const languages = ["en", "es", "pt", "fr", "de", "tr", "ru", "uk"] as const;
export type Language = (typeof languages)[number];

/** "…in German", in whichever language that is said. */
const requests: readonly (readonly [Language, string])[] = [
  ["es", "in spanish|auf spanisch|en español|en espagnol|em espanhol|на испанском|іспанською"],
  ["pt", "in portuguese|auf portugiesisch|en portugués|en portugais|em português|на португальском|португальською"],
  ["fr", "in french|auf französisch|en francés|en français|em francês|на французском|французькою"],
  ["de", "in german|auf deutsch|en alemán|en allemand|em alemão|на немецком|німецькою"],
  ["tr", "in turkish|auf türkisch|en turco|en turc|em turco|на турецком|турецькою|türkçe"],
  ["ru", "in russian|auf russisch|en ruso|en russe|em russo|на русском|російською"],
  ["uk", "in ukrainian|auf ukrainisch|en ucraniano|en ukrainien|em ucraniano|на украинском|українською"],
  ["en", "in english|auf englisch|en inglés|en anglais|em inglês|на английском|англійською|ingilizce"],
];

/** The commonest words of requests, and the beginnings of words (marked `*`) that only one of the languages has. */
const clues: Record<Exclude<Language, "ru" | "uk">, string> = {
  en: "a an the for my our with and of in to page site website landing make create build shop i we is please want need called that from by at store wedding birthday startup sells resume invitation who",
  es: "para mi una un con y el la los las de del en página sitio tienda crea crear haz hazme quiero necesito nuestra nuestro mis llamada llamado que boda restaurante panadería cafetería clínica peluquería web",
  pt: "para meu minha uma um com e o a os as de da do em página site loja crie criar faça quero preciso nossa nosso meus chamada chamado que casamento padaria clínica não",
  fr: "pour mon ma une un avec et le la les des de du en page site boutique crée créer fais faire je veux notre nos mes appelé appelée qui mariage boulangerie clinique est sur",
  de: "für mein meine meinen meiner eine ein einen mit und der die das den von in seite webseite laden erstelle mach ich möchte brauche unser unsere namens hochzeit bäckerei praxis landingpage ist zu im am zum",
  tr: "için bir ve ile sayfası sayfa site sitesi dükkanı dükkânı yap yapın oluştur istiyorum benim bizim adlı adında düğün kahve kahveci fırın klinik web mağazası restoran",
};

/** Letters and parts of words that tell one language from the others. */
const letters: Record<keyof typeof clues, RegExp> = {
  en: /\b(?:th|wh)|ing\b|['’]s\b/giu,
  es: /[ñ¿¡]|ción(?!\p{L})|ería|panader|peluquer|tienda|negocio|llam|hecho|abogad|inmobiliari|fontaner|gimnasio|taller\b|clases/giu,
  pt: /[ãõ]|ção|nh[ao]|lh[ao]|padaria|loja|confeit|negócio|viage(?:m|ns)|advogad|imobiliári|encanador|eletricista|barbearia|cabeleireir|aulas\b/giu,
  fr: /[èêëœùû«]|photographe\b|animalier|(?<!\p{L})(?:[ldjcsqn]['’]|à\s)|eux\b|aise?\b|boulang|poisson|fleur|coiff|mariage|artisan|pâtiss|voyage|avocat\b|immobili(?:er|ère)|plombier|électricien|professeur|hôtel|vélo/giu,
  de: /[ßä]|sch|(?:ung|lich|keit)\b|\p{L}{4}er(?:ei|in)\b|zahn|arzt|praxis|friseur|elektriker|klempner|anw[aä]lt|makler|immobilien|nachhilfe|fahrrad|geöffnet|\buhr\b|salon\b.{1,40}\b(?:di|mi|do|fr|sa)\b|laden|blume|kaffee|hochzeit|gast|werkstatt|reise|grafin|blau|grün|schwarz|dunkel|\p{L}seite/giu,
  tr: /[ığş]|(?<=\p{L}{3})l[ae]r\b|s[ıi]\b|blog[uı]|seyahat|düğün|kahve|çiçek|kuaför|berber|avukat|emlak|salonu|fotoğraf|yazı|['’][dt][ae]\b/giu,
};

const clueSets = Object.entries(clues).map(([language, words]) => ({
  language: language as keyof typeof clues,
  words: new Set(words.split(" ")),
}));

const ukrainianWords = new Set("для моєї мого моя мій та і з про що сайт сторінка кава дім наш наша".split(" "));
const russianWords = new Set("для моей моего мой и с про что сайт страница наш наша мою моё".split(" "));

function cyrillic(words: readonly string[], text: string): Language {
  if (/[іїєґ]/iu.test(text)) return "uk";
  if (/[ыэъё]/iu.test(text)) return "ru";
  const count = (set: ReadonlySet<string>): number => words.filter((word) => set.has(word)).length;
  return count(ukrainianWords) > count(russianWords) ? "uk" : "ru";
}

/**
 * The language to write in: the one asked for by name, else that of the prompt, else English
 * (also for languages that have no copy here).
 *
 * Prompts are a handful of words, too short for letter statistics: function words, and the words
 * of this very job ("page", "shop"), tell more.
 */
export function detectLanguage(text: string): Language {
  const lower = text.toLowerCase();
  const asked = requests.find(([, phrases]) => new RegExp(`(?<!\\p{L})(?:${phrases})`, "u").test(lower));
  if (asked) return asked[0];
  const words = lower.match(/[\p{L}'’]+/gu) ?? [];
  const cyrillicLetters = lower.match(/\p{Script=Cyrillic}/gu)?.length ?? 0;
  const latinLetters = lower.match(/\p{Script=Latin}/gu)?.length ?? 0;
  if (cyrillicLetters > latinLetters) return cyrillic(words, lower);
  let best: Language = "en";
  let bestScore = 0;
  for (const { language, words: known } of clueSets) {
    const score = words.filter((word) => known.has(word)).length + (lower.match(letters[language])?.length ?? 0) * 1.2;
    if (score > bestScore) [best, bestScore] = [language, score];
  }
  return best;
}
