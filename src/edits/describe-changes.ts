import type { Change } from "../page/splice.ts";
import { visibleText } from "../page/visible-text.ts";
import type { Pages } from "./apply-blocks.ts";

const longestSummary = 400;
const longestQuote = 60;
const mostQuoted = 3;
/** Controls, and the marks that turn the direction of what follows: a summary is shown in terminals and chats. */
const unprintable = /[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu;

/** The model's own sentence about its change, as one line. `undefined` when it said nothing. */
export function tidySummary(prose: string): string | undefined {
  const line = prose
    .replace(/^#{1,6}\s+|[*`]{1,3}/gmu, "")
    .replace(/\s+/gu, " ")
    .replace(unprintable, "")
    .trim();
  if (line === "") return undefined;
  return line.length <= longestSummary ? line : `${line.slice(0, longestSummary - 1).toWellFormed()}…`;
}

/** What changed, without a word of any language: `“Espresso” → “Ristretto”`. */
export function describeChanges(pages: Pages, changes: ReadonlyMap<string, readonly Change[]>): string | undefined {
  const told = new Set<string>();
  for (const [path, list] of changes) {
    const pairs = list.map(({ start, end, text }) => [pages.get(path)?.slice(start, end) ?? "", text].map(visibleText));
    for (const [before = "", after = ""] of pairs) {
      const moved = [before, after].find(
        (text) => text !== "" && pairs.some(([old]) => old === text) && pairs.some(([, now]) => now === text),
      );
      told.add(moved ? `↕ ${quote(moved)}` : describe(before, after));
    }
  }
  // What a link leads to is said by what it shows.
  for (const one of told) if (one === "" || /^“(?:tel|mailto):/.test(one)) told.delete(one);
  if (told.size === 0) return undefined;
  const more = told.size > mostQuoted ? ` (+${told.size - mostQuoted})` : "";
  return tidySummary([...told].slice(0, mostQuoted).join(", ") + more);
}

/** Only what differs, to whole words. */
function describe(before: string, after: string): string {
  const [old, now] = [before.split(" "), after.split(" ")];
  let start = 0;
  while (start < Math.min(old.length, now.length) && old[start] === now[start]) start++;
  let end = 0;
  while (end < Math.min(old.length, now.length) - start && old.at(-1 - end) === now.at(-1 - end)) end++;
  const [from, to] = [old, now].map((words) => quote(words.slice(start, words.length - end).join(" ")));
  if (!from && !to) return "";
  if (!from) return `+ ${to}`;
  return to ? `${from} → ${to}` : `− ${from}`;
}

function quote(text: string): string {
  if (text === "") return "";
  return `“${text.length <= longestQuote ? text : `${text.slice(0, longestQuote - 1).toWellFormed()}…`}”`;
}
