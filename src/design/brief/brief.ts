import { type Facts, findFacts } from "./facts.ts";
import { detectKind, type Kind } from "./kind.ts";
import { detectLanguage, type Language } from "./language.ts";
import { findName, findSubject } from "./name.ts";
import { readWish, type Wish } from "./wish.ts";

/** What the prompt says about the page to write. */
export interface Brief {
  kind: Kind;
  language: Language;
  /** Given name, or for a trade of no known kind its subject; absent when one has to be invented. */
  name: string | undefined;
  /** The prompt as one line of ordinary text, for pages that show it. */
  sentence: string;
  facts: Facts;
  wish: Wish;
}

/** Code points looked at: a brief is at the beginning, and the patterns stay cheap. */
const maxRead = 1200;

/** One line, NFC, without control, invisible and direction characters (they could reorder the page around the name). */
export function normalizePrompt(prompt: string): string {
  return [...prompt.normalize("NFC").slice(0, 8192)]
    .slice(0, maxRead)
    .join("")
    .replace(/\p{Cc}|\p{Cs}|\p{Zl}|\p{Zp}/gu, " ")
    .replace(/[\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\u00ad]/gu, "")
    .replace(/\s+/gu, " ")
    .trim();
}

/** Reads a normalised prompt. */
export function readBrief(text: string): Brief {
  const kind = detectKind(text);
  const language = detectLanguage(text);
  const couple = kind === "wedding";
  const named = findName(text, { german: language === "de", couple });
  const invitation = couple && named ? text.match(/(?:свадьба|свадьбы|весілля)\s+(?=\p{Lu})/iu) : null;
  return {
    kind,
    language,
    name:
      (invitation && named ? `${language === "uk" ? "Весілля" : "Свадьба"} ${named}` : named) ??
      (kind === "business" ? findSubject(text) : undefined),
    sentence: text,
    facts: findFacts(text),
    wish: readWish(named ? text.replace(named, " ") : text),
  };
}
