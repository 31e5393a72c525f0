import { isElidingComment } from "../ai/reply/elision.ts";
import { type Change, inOrder, splice, untouched } from "../page/splice.ts";
import { sanitize } from "../sanitizer/sanitize.ts";
import type { EditBlock, EditReading } from "./edit-blocks.ts";
import { createTextFinder, type Found } from "./find-text.ts";

/** File name → source of a page as it was published. */
export type Pages = ReadonlyMap<string, string>;

export type AppliedBlocks =
  | { pages: Pages; changes: ReadonlyMap<string, readonly Change[]> }
  /** What to tell the model, a line for each block that cannot be applied. Nothing was changed. */
  | { problems: string[] };

const mostBlocks = 200;
const comments = /<!--[\s\S]*?-->|\/\*[\s\S]*?\*\//g;

/**
 * Applies all blocks or none. Each must stand exactly once in a page: in one, or in the same place of several, as the
 * parts do that pages share. What lies outside the blocks is byte for byte the same afterwards, and that is checked: an
 * end tag too many in a replacement could move the rest of the page.
 */
export function applyBlocks(pages: Pages, blocks: readonly EditBlock[]): AppliedBlocks {
  if (blocks.length > mostBlocks) return { problems: [`There are more than ${mostBlocks} blocks.`] };
  const finders = new Map([...pages].map(([path, html]) => [path, createTextFinder(html)]));
  const changes = new Map<string, Change[]>();
  const problems: string[] = [];
  for (const [index, block] of blocks.entries()) {
    const place = placeBlock(block, pages, finders);
    if (typeof place === "string") problems.push(`Block ${index + 1}: ${place}`);
    else for (const [path, change] of place) changes.set(path, withChange(changes.get(path) ?? [], change));
  }
  if (problems.length > 0) return { problems };

  const edited = new Map(pages);
  for (const [path, list] of changes) {
    const page = pages.get(path) ?? "";
    const problem = overlap(list) ?? misplaced(page, list);
    if (problem) problems.push(problem);
    else edited.set(path, splice(page, list));
  }
  if (problems.length > 0) return { problems };
  if ([...edited].every(([path, html]) => html === pages.get(path)))
    return { problems: ["The blocks change nothing."] };
  return { pages: edited, changes };
}

type Finder = ReturnType<typeof createTextFinder>;

/** Where the block goes in which pages, or what is wrong with it. */
function placeBlock(
  { page, readings }: EditBlock,
  pages: Pages,
  finders: ReadonlyMap<string, Finder>,
): [string, Change][] | string {
  if (readings.length === 0) return "it has no line ======= between what to look for and what takes its place.";
  const wanted = page !== undefined && finders.has(page) ? [page] : [...finders.keys()];
  let often = 0;
  for (const reading of readings) {
    if (reading.search.trim() === "") continue;
    const found = wanted.map((path) => [path, finders.get(path)?.find(reading.search) ?? []] as const);
    often = Math.max(often, ...found.map(([, all]) => all.length));
    if (found.some(([, all]) => all.length > 1) || found.every(([, all]) => all.length === 0)) continue;
    const left = leftOut(reading);
    if (left) return left;
    return found.flatMap(([path, [one]]) => (one ? [[path, toChange(one, reading)] as [string, Change]] : []));
  }
  const search = readings[0]?.search ?? "";
  if (search.trim() === "") return "there is nothing to look for in it.";
  if (often > 1)
    return `what it looks for stands ${often} times in the page. Add lines before or after until it is unique.`;
  return `what it looks for does not stand in the page.${closest(search, [...pages.values()])}`;
}

function toChange({ start, end, loose }: Found, { replace }: EditReading): Change {
  return { start, end, text: loose ? replace.trim() : replace };
}

/** A replacement that says "the rest as before" would take the rest away. */
function leftOut({ replace }: EditReading): string | undefined {
  return (replace.match(comments) ?? []).some(isElidingComment)
    ? "its replacement leaves something out with a remark. Write everything that is to stand there."
    : undefined;
}

function closest(search: string, pages: readonly string[]): string {
  const lines = search
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line.length > 7)
    .sort((a, b) => b.length - a.length);
  for (const line of lines) {
    for (const page of pages) {
      const at = page.indexOf(line);
      if (at >= 0) return ` Something like it does:\n${page.slice(Math.max(0, at - 200), at + line.length + 200)}`;
    }
  }
  return "";
}

function withChange(changes: readonly Change[], change: Change): Change[] {
  const same = changes.some((one) => one.start === change.start && one.end === change.end && one.text === change.text);
  return same ? [...changes] : [...changes, change];
}

function overlap(changes: readonly Change[]): string | undefined {
  const ordered = inOrder(changes);
  return ordered.some((change, index) => change.start < (ordered[index - 1]?.end ?? 0))
    ? "Two blocks change the same lines. Put them into one."
    : undefined;
}

function misplaced(page: string, changes: readonly Change[]): string | undefined {
  return keepsTheRest(page, changes)
    ? undefined
    : "The replacements open or close elements that they should not: the rest of the page would move. Keep each replacement balanced.";
}

/** Whether everything outside the changes reads the same once the edited page has been through the sanitizer. */
export function keepsTheRest(page: string, changes: readonly Change[]): boolean {
  const clean = sanitize(splice(page, changes)).html;
  const stays = untouched(page, changes);
  const [first = "", last = ""] = [stays[0], stays.at(-1)];
  if (!clean.startsWith(first) || !clean.endsWith(last)) return false;
  let at = first.length;
  for (const piece of stays.slice(1, -1)) {
    const next = clean.indexOf(piece, at);
    if (next < 0) return false;
    at = next + piece.length;
  }
  return at <= clean.length - last.length;
}
