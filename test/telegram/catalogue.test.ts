import { describe, expect, test } from "bun:test";
import type { Notification } from "../../src/jobs/notifier.ts";
import { catalogues, findCatalogue } from "../../src/telegram/catalogue/find-catalogue.ts";
import { composeMessage } from "../../src/telegram/compose-message.ts";
import { toPlainText } from "../../src/telegram/html.ts";
import { parseTelegramHtml } from "../helpers/telegram-html.ts";

const languages = ["ar", "de", "en", "es", "fr", "hi", "id", "pt", "ru", "tr", "uk", "zh"];

function texts(value: object, prefix = ""): [string, string][] {
  return Object.entries(value).flatMap(([key, one]): [string, string][] =>
    typeof one === "string" ? [[prefix + key, one]] : texts(one, `${prefix}${key}.`),
  );
}

const english = new Map(texts(findCatalogue("en")));

test("there are twelve languages", () => {
  expect(Object.keys(catalogues).sort()).toEqual(languages);
});

test.each([
  ["pt-BR", "pt"],
  ["zh-hans", "zh"],
  ["RU", "ru"],
  ["it", "en"],
  ["__proto__", "en"],
  [undefined, "en"],
])("a person with the language %p is spoken to in %s", (language, expected) => {
  expect(findCatalogue(language)).toBe(catalogues[expected] as never);
});

const places = (text: string) => (text.match(/\{\w+\}/g) ?? []).sort();
const commandsIn = (text: string) => (text.match(/\/[a-z]+/g) ?? []).filter((one) => one !== "/i").sort();

describe.each(languages)("in %s", (language) => {
  const own = texts(findCatalogue(language));

  test("everything is there, with the same places for values and the same commands", () => {
    expect(own.map(([key]) => key).sort()).toEqual([...english.keys()].sort());
    for (const [key, text] of own) {
      expect([key, text.trim() !== "", places(text)]).toEqual([key, true, places(english.get(key) ?? "")]);
      const plain = toPlainText(text);
      expect([key, commandsIn(plain)]).toEqual([key, commandsIn(toPlainText(english.get(key) ?? ""))]);
    }
  });

  test("nothing is left in English", () => {
    const untranslated = language === "en" ? [] : own.filter(([key, text]) => text === english.get(key));
    expect(untranslated).toEqual([]);
  });

  test("the markup is Telegram's, and reads the same without it", () => {
    for (const [, text] of own) expect(parseTelegramHtml(text)).toBe(toPlainText(text));
  });

  test("buttons, answers and descriptions are plain and short enough", () => {
    const { open, button_expired, commands } = findCatalogue(language);
    for (const text of [open, button_expired, ...Object.values(commands)]) expect(text).not.toMatch(/[<>&{]/);
    expect(button_expired.length).toBeLessThanOrEqual(200);
    for (const text of Object.values(commands)) expect(text.length).toBeLessThanOrEqual(256);
  });

  test("a finished page is told with its title and link", () => {
    const url = "https://preview.example.com/p/x/";
    const notification = {
      kind: "completed",
      payload: { title: "Кофе & 茶", url },
      language,
    } as unknown as Notification;
    const composed = composeMessage(notification);
    expect(composed).toMatchObject({ button: { text: findCatalogue(language).open, url } });
    const plain = composed?.kind === "message" ? parseTelegramHtml(composed.html) : "";
    expect(plain).toContain("Кофе & 茶");
    expect(plain).toEndWith(`\n${url}`);
  });
});
