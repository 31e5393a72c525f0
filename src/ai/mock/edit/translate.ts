import { detectLanguage, type Language } from "../../../design/brief/language.ts";
import type { Voice } from "../../../design/brief/voice.ts";
import { html } from "../../../design/markup.ts";
import { readPageParts } from "../../../page/page-parts.ts";
import type { Change } from "../../../page/splice.ts";
import { visibleText } from "../../../page/visible-text.ts";
import { getCopy } from "../copy/get-copy.ts";

const languages: Record<Language, string> = {
  en: "english|englisch\\p{L}*|inglés|inglês|anglais|английск\\p{L}*|англійськ\\p{L}*|ingilizce\\p{L}*",
  de: "german|deutsch\\p{L}*|alemán|alemão|allemand|немецк\\p{L}*|німецьк\\p{L}*|almanca\\p{L}*",
  es: "spanish|spanisch\\p{L}*|español|castellano|espanhol|espagnol|испанск\\p{L}*|іспанськ\\p{L}*|ispanyolca\\p{L}*",
  pt: "portuguese|portugiesisch\\p{L}*|portugués|português|portugais|португальск\\p{L}*|португальськ\\p{L}*|portekizce\\p{L}*",
  fr: "french|französisch\\p{L}*|francés|francês|français|французск\\p{L}*|французьк\\p{L}*|fransızca\\p{L}*",
  tr: "turkish|türkisch\\p{L}*|turco|turc|турецк\\p{L}*|турецьк\\p{L}*|türkçe\\p{L}*",
  ru: "russian|russisch\\p{L}*|ruso|russo|russe|русск\\p{L}*|російськ\\p{L}*|rusça\\p{L}*",
  uk: "ukrainian|ukrainisch\\p{L}*|ucraniano|ukrainien|украинск\\p{L}*|українськ\\p{L}*|ukraynaca\\p{L}*",
};
const voices: readonly Voice[] = [
  "coffee",
  "bakery",
  "restaurant",
  "wedding",
  "saas",
  "portfolio",
  "event",
  "shop",
  "blog",
  "clinic",
  "business",
  "plain",
  "photographer",
  "party",
  "topic",
];
const spoken = new Set(["content", "aria-label", "alt", "title", "placeholder"]);

/** The language that the request wants the page in. */
export function readTargetLanguage(request: string): Language | undefined {
  const found = Object.entries(languages).find(([, names]) =>
    new RegExp(`(?<!\\p{L})(?:${names})(?!\\p{L})`, "iu").test(request),
  );
  return found?.[0] as Language | undefined;
}

/** Every text of the page that the mock has in its tables, in the other language. What it does not know stays. */
export function translatePage(page: string, to: Language): Change[] {
  const declared = /<html[^>]*\slang="([^"]*)"/.exec(page);
  const from = Object.hasOwn(languages, declared?.[1] ?? "")
    ? (declared?.[1] as Language)
    : detectLanguage(visibleText(page));
  const dictionary = createDictionary(from, to);
  const changes: Change[] = [];
  if (declared) {
    const end = declared.index + declared[0].length - 1;
    changes.push({ start: end - (declared[1] ?? "").length, end, text: to });
  }
  for (const { kind, attribute, start, end } of readPageParts(page)) {
    if (kind !== "text" && !spoken.has(attribute)) continue;
    const source = page.slice(start, end);
    const translated = dictionary.get(visibleText(source));
    if (translated === undefined) continue;
    const [before = "", after = ""] = [/^\s*/.exec(source)?.[0], /\s*$/.exec(source)?.[0]];
    changes.push({ start, end, text: `${before}${html`${translated}`.text}${after}` });
  }
  return changes.filter(({ start, end, text }) => page.slice(start, end) !== text);
}

/** The tables of two languages say the same things in the same order. */
function createDictionary(from: Language, to: Language): Map<string, string> {
  const dictionary = new Map<string, string>();
  for (const voice of voices) {
    const [own, other] = [getCopy(from, voice), getCopy(to, voice)];
    const pairs = [...zip(own.copy, other.copy), ...zip(own.labels, other.labels)];
    for (const [text, translated] of pairs) if (!dictionary.has(text)) dictionary.set(text, translated);
  }
  return dictionary;
}

function* zip(one: unknown, other: unknown): Generator<[string, string]> {
  if (typeof one === "string" && typeof other === "string") yield [one, other];
  if (typeof one !== "object" || typeof other !== "object" || one === null || other === null) return;
  for (const [key, value] of Object.entries(one)) {
    if (key !== "names") yield* zip(value, (other as Record<string, unknown>)[key]);
  }
}
