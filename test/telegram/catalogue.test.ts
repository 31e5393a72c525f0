import { describe, expect, test } from "bun:test";
import { createSiteId } from "../../src/ids.ts";
import type { Notification } from "../../src/jobs/notifier.ts";
import { catalogues, findCatalogue } from "../../src/telegram/catalogue/find-catalogue.ts";
import { composeMessage } from "../../src/telegram/compose-message.ts";
import { toPlainText } from "../../src/telegram/html.ts";
import { fillPlural, formatUntil, nextDay } from "../../src/telegram/phrase.ts";
import { links } from "../helpers/links.ts";
import { parseTelegramHtml } from "../helpers/telegram-html.ts";

const languages = ["ar", "de", "en", "es", "fr", "hi", "id", "pt", "ru", "tr", "uk", "zh"];

function texts(value: object, prefix = ""): [string, string][] {
  return Object.entries(value).flatMap(([key, one]): [string, string][] =>
    typeof one === "string" ? [[prefix + key, one]] : texts(one, `${prefix}${key}.`),
  );
}

/** A form of a plural is there in some languages only, and need not be in English. */
const forms = /\.(zero|one|two|few|many)$/;
const withoutForms = (all: [string, string][]) => all.filter(([key]) => key === "status.many" || !forms.test(key));
const english = new Map(withoutForms(texts(findCatalogue("en"))));

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
  const own = withoutForms(texts(findCatalogue(language)));

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
    const { buttons, answers, commands, placeholder, button_expired, not_yours, site_gone } = findCatalogue(language);
    const plain = { ...answers, button_expired, not_yours, site_gone, placeholder };
    for (const text of Object.values({ ...buttons, ...plain, ...commands })) expect(text).not.toMatch(/[<>&{]/);
    for (const text of Object.values(plain)) expect(text.length).toBeLessThanOrEqual(200);
    for (const text of Object.values(buttons)) expect(text.length).toBeLessThanOrEqual(32);
    for (const text of Object.values(commands)) expect(text.length).toBeLessThanOrEqual(256);
    expect(placeholder.length).toBeLessThanOrEqual(64);
  });

  test("every number has its form, and no form is never used", () => {
    const { status, left, limit, sites } = findCatalogue(language);
    const rules = new Intl.PluralRules(language);
    const used = new Set(["other", ...Array.from({ length: 1000 }, (_, count) => rules.select(count))]);
    for (const plural of [status.ahead, left, limit, sites])
      expect(Object.keys(plural).sort()).toEqual([...used].sort());
  });

  test("times and numbers are in the language", () => {
    const now = new Date("2026-11-25T19:00:00Z");
    const inFive = formatUntil(nextDay(now), language, now);
    expect(inFive).toMatch(/5|٥|५/);
    expect(language === "en" || inFive !== formatUntil(nextDay(now), "en", now)).toBe(true);
    expect(fillPlural(findCatalogue(language).limit, 1234, language, { when: inFive })).toContain(
      new Intl.NumberFormat(language).format(1234),
    );
  });

  test("a finished page is told with its title and link", () => {
    const url = "https://preview.example.com/p/x/";
    const notification = {
      kind: "completed",
      payload: { title: "Кофе & 茶", url },
      language,
    } as unknown as Notification;
    const composed = composeMessage(notification, { links, facts: {}, dailyLimit: undefined });
    expect(composed).toMatchObject({ keyboard: [[{ text: findCatalogue(language).buttons.open, url }], {}] });
    const plain = composed?.kind === "message" ? parseTelegramHtml(composed.html) : "";
    expect(plain).toContain("Кофе & 茶");
    expect(plain).toEndWith(`\n${url}`);
  });

  test("a wish that names no page is asked about, with the page's title and an answer for each", () => {
    const site = { id: createSiteId(), title: "Кофе & 茶", revision: 1 };
    const notification = { kind: "change_or_new", payload: {}, siteId: site.id, language } as unknown as Notification;
    const composed = composeMessage(notification, { links, facts: { site }, dailyLimit: undefined });
    const { wish_change, wish_new } = findCatalogue(language).buttons;
    expect(composed).toMatchObject({
      keyboard: [
        [{ text: wish_change, callback_data: `wish_change:${site.id}` }],
        [{ text: wish_new, callback_data: `wish_new:${site.id}` }],
      ],
    });
    expect(composed?.kind === "message" ? parseTelegramHtml(composed.html) : "").toContain("Кофе & 茶");
  });

  test("a page is sent on together with how to make one's own of it", () => {
    const siteId = createSiteId();
    const url = links.page(siteId);
    const notification = { kind: "completed", payload: { url }, siteId, language } as unknown as Notification;
    const composed = composeMessage(notification, { links, facts: {}, dailyLimit: undefined });
    const buttons = composed?.kind === "message" ? composed.keyboard.flat() : [];
    const share = buttons.find(({ text }) => text === findCatalogue(language).buttons.share);
    const { origin, pathname, searchParams } = new URL(share && "url" in share ? share.url : "");
    expect(origin + pathname).toBe("https://t.me/share/url");
    expect(searchParams.get("url")).toBe(url ?? "");
    expect(searchParams.get("text")).toEndWith(`\n${links.ownVersion(siteId)}`);
    expect(searchParams.get("text")).not.toMatch(/[<>&{]/);
  });

  test("the line in its profile is plain and short enough", () => {
    const { short_description } = findCatalogue(language);
    expect(short_description).not.toMatch(/[<>&{]/);
    expect(short_description.length).toBeLessThanOrEqual(120);
  });
});

test("what cannot be opened by others is not offered to be sent on", () => {
  const siteId = createSiteId();
  const share = findCatalogue("en").buttons.share;
  const offers = (one: Partial<typeof links>, url: string) => {
    const notification = { kind: "completed", payload: { url }, siteId, language: "en" } as unknown as Notification;
    const composed = composeMessage(notification, { links: { ...links, ...one }, facts: {}, dailyLimit: undefined });
    return composed?.kind === "message" && composed.keyboard.flat().some(({ text }) => text === share);
  };
  expect(offers({}, "https://preview.example.com/p/x/")).toBe(true);
  expect(offers({}, "http://localhost:8001/p/x/")).toBe(false);
  expect(offers({ ownVersion: () => undefined }, "https://preview.example.com/p/x/")).toBe(false);
});
