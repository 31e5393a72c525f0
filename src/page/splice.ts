/** Replaces `[start, end)` of a page by `text`. */
export interface Change {
  start: number;
  end: number;
  text: string;
}

/**
 * The page with every change made, and nothing else: what lies outside is copied as it is, and the new text is put in
 * as it is, `$` and backslashes included.
 *
 * @param changes In any order, not overlapping.
 */
export function splice(page: string, changes: readonly Change[]): string {
  const pieces: string[] = [];
  let at = 0;
  for (const { start, end, text } of inOrder(changes)) {
    pieces.push(page.slice(at, start), text);
    at = end;
  }
  pieces.push(page.slice(at));
  return pieces.join("");
}

/** What stays of the page: the stretches between the changes, in order. */
export function untouched(page: string, changes: readonly Change[]): string[] {
  const pieces: string[] = [];
  let at = 0;
  for (const { start, end } of inOrder(changes)) {
    pieces.push(page.slice(at, start));
    at = end;
  }
  return [...pieces, page.slice(at)];
}

export function inOrder(changes: readonly Change[]): Change[] {
  return changes.toSorted((a, b) => a.start - b.start || a.end - b.end);
}
