/**
 * Whether `If-None-Match` names this entity tag: a list, weak tags or `*`.
 *
 * @param etag A strong tag, quoted.
 * @see https://www.rfc-editor.org/rfc/rfc9110#section-13.1.2
 */
export function matchesEtag(header: string, etag: string): boolean {
  if (header === etag || header.trim() === "*") return true;
  // Our tags hold neither comma nor space, so a quoted tag that does can be split without harm.
  return header.split(",").some((tag) => tag.trim().replace(/^W\//, "") === etag);
}

export interface ByteRange {
  start: number;
  /** Exclusive. */
  end: number;
}

/**
 * One range of bytes, as in `bytes=0-499`, `bytes=500-` or `bytes=-500`.
 *
 * @returns `"whole"` where the header is to be ignored: another unit, a malformed value, several ranges.
 *   `"unsatisfiable"` where nothing of the file lies within the range.
 * @see https://www.rfc-editor.org/rfc/rfc9110#section-14.1.2
 */
export function parseRange(header: string, size: number): ByteRange | "whole" | "unsatisfiable" {
  const match = /^bytes=(?:(\d{1,15})-(\d{0,15})|-(\d{1,15}))$/i.exec(header.trim());
  if (!match) return "whole";
  const [, first, last, suffix] = match;
  if (suffix !== undefined) {
    const length = Math.min(Number(suffix), size);
    return length === 0 ? "unsatisfiable" : { start: size - length, end: size };
  }
  const start = Number(first);
  const end = last === "" || last === undefined ? size : Math.min(Number(last) + 1, size);
  if (last && Number(last) < start) return "whole";
  return start >= size ? "unsatisfiable" : { start, end };
}
