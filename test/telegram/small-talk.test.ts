import { describe, expect, test } from "bun:test";
import { readSmallTalk } from "../../src/telegram/small-talk.ts";

describe("a greeting and nothing else", () => {
  test.each([
    ...["hi", "Hello!", "hey there 👋", "Hello bot", "Good morning", "Hi, hello", "👋", "👋🏽"],
    ...["Hallo zusammen", "Guten Tag!", "Grüß Gott", "¡Hola!", "buenos días", "Olá", "oi", "Bonjour !", "Salut"],
    ...["Привет", "Здравствуйте!", "Вітаю", "Добрий день", "Merhaba", "İyi günler", "MERHABA"],
    ...["مرحبًا", "السلام عليكم", "नमस्ते", "Selamat pagi", "halo", "你好", "你好！", "大家好"],
  ])("%p", (text) => expect(readSmallTalk(text)).toBe("hello"));
});

describe("thanks or an OK and nothing else", () => {
  test.each([
    ...[
      "thanks",
      "thank you!",
      "THANK YOU",
      "ok",
      "OK.",
      "okay 👍",
      "👍",
      "👍🏿",
      "❤️",
      "🙏🙏",
      "ok, thanks!",
      "Hi, thanks",
    ],
    ...[
      "thanks, perfect!",
      "Thanks again :)",
      "danke",
      "Vielen Dank!",
      "alles klar, danke",
      "gracias",
      "vale",
      "obrigada",
    ],
    ...[
      "merci beaucoup",
      "D’accord",
      "c'est bon",
      "спасибо",
      "Спасибо большое!",
      "ок",
      "дякую",
      "гаразд",
      "teşekkürler",
    ],
    ...["TAMAM", "شكراً", "حسنًا", "धन्यवाद", "ठीक है", "बढ़िया", "terima kasih", "oke", "谢谢", "好的，谢谢", "好的谢谢！"],
  ])("%p", (text) => expect(readSmallTalk(text)).toBe("thanks"));
});

describe("anything more is a wish", () => {
  test.each([
    ...[
      "hi, a page for my bakery",
      "Thank you page for a wedding",
      "Hello Kitty",
      "thanks for the party",
      "ok computer",
    ],
    ...[
      "Danke-Seite",
      "Hola, una página",
      "good morning coffee",
      "hi".repeat(50),
      "bot",
      "there",
      "🍕",
      "👍 pizza",
      "?",
      "…",
    ],
    ...["你好咖啡馆", "谢谢页面", "привет, нужна страница", "Merhaba Cafe", "hijk", "okra", "1", "kkk", ""],
  ])("%p", (text) => expect(readSmallTalk(text)).toBeUndefined());
});
