/** What a revision is that brings back an earlier one, without a word of any language, like all summaries. */
export function restoredSummary(revision: number): string {
  return `↩ r${revision}`;
}

/** The revision that a summary says is back, for whoever has the words for it. */
export function readRestored(summary: string): number | undefined {
  const number = /^↩ r(\d{1,9})$/u.exec(summary)?.[1];
  return number === undefined ? undefined : Number(number);
}
