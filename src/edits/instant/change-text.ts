import { type PagePart, readPageParts } from "../../page/page-parts.ts";
import type { Change } from "../../page/splice.ts";
import { escapeAttribute, escapeText } from "../../sanitizer/escape.ts";

/** Attributes whose value a person reads or hears. */
const spoken = new Set(["alt", "aria-label", "aria-description", "title", "placeholder", "content"]);
const wordSign = /[\p{L}\p{N}]/u;

/**
 * Every place where people read `from`, as a change to `to`: text and spoken attributes, never markup or styles. To the
 * letter first, then in any case. Whole words only: "art" is not in "start".
 */
export function changeText(html: string, from: string, to: string): Change[] {
  const parts = readPageParts(html).filter(
    ({ kind, attribute }) => kind === "text" || (kind === "attribute" && spoken.has(attribute)),
  );
  const exact = parts.flatMap((part) => findIn(html, part, from, to, false));
  return exact.length > 0 ? exact : parts.flatMap((part) => findIn(html, part, from, to, true));
}

function findIn(html: string, part: PagePart, from: string, to: string, anyCase: boolean): Change[] {
  const written = part.kind === "text" ? escapeText : escapeAttribute;
  const source = html.slice(part.start, part.end);
  const sought = written(from);
  const [text, needle] = anyCase ? [source.toLowerCase(), sought.toLowerCase()] : [source, sought];
  // Lower case can be longer than upper: then positions no longer agree.
  if (text.length !== source.length || needle === "") return [];
  const found: Change[] = [];
  for (let at = text.indexOf(needle); at >= 0; at = text.indexOf(needle, at + needle.length)) {
    const end = at + needle.length;
    if (isPartOfWord(source, at, end, from)) continue;
    found.push({ start: part.start + at, end: part.start + end, text: written(to) });
  }
  return found;
}

function isPartOfWord(source: string, start: number, end: number, from: string): boolean {
  const [first = "", last = ""] = [from[0], from.at(-1)];
  const scriptWithoutSpaces = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/u.test(from);
  if (scriptWithoutSpaces) return false;
  const before = source[start - 1] ?? "";
  const after = source[end] ?? "";
  // `&amp` before a letter is the end of an entity, not of a word.
  return (wordSign.test(first) && wordSign.test(before)) || (wordSign.test(last) && wordSign.test(after));
}
