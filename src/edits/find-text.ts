/** Where a text stands in a page. */
export interface Found {
  start: number;
  end: number;
  /** Not to the letter: white space at the edges of what takes its place is the page's own. */
  loose: boolean;
}

interface Folded {
  text: string;
  /** For each unit of `text`, where it begins and ends in the page. */
  starts: number[];
  ends: number[];
}

/**
 * A page to look things up in: to the letter first, then with any white space for any other, then with the quotes,
 * dashes, entities and line breaks between tags that models write differently. Nothing fuzzier: a near miss in another
 * place would change what nobody asked to change.
 */
export function createTextFinder(page: string) {
  const folded = new Map<FoldLevel, Folded>();
  const foldedPage = (level: FoldLevel): Folded => {
    const known = folded.get(level) ?? fold(page, level);
    folded.set(level, known);
    return known;
  };

  return {
    /** Every place, in the strictest way in which there is one; two are enough to know that it is not unique. */
    find(needle: string): Found[] {
      const exact = places(page, needle);
      if (exact.length > 0) return exact.map((start) => ({ start, end: start + needle.length, loose: false }));
      for (const level of ["space", "typing"] as const) {
        const sought = fold(needle, level).text.trim();
        if (sought === "") return [];
        const { text, starts, ends } = foldedPage(level);
        const found = places(text, sought).map((at) => ({
          start: starts[at] ?? 0,
          end: ends[at + sought.length - 1] ?? page.length,
          loose: true,
        }));
        if (found.length > 0) return found;
      }
      return [];
    },
  };
}

/** `space`: a run of white space is one space. `typing`: also entities, typographic signs, space beside tags. */
type FoldLevel = "space" | "typing";

const typed: Record<string, string> = {
  "‘": "'",
  "’": "'",
  "‚": "'",
  "“": '"',
  "”": '"',
  "„": '"',
  "–": "-",
  "—": "-",
  "−": "-",
  "‑": "-",
  "…": "...",
  "\u00a0": " ",
};
const entity = /&(?:(amp|lt|gt|quot|apos|nbsp)|#(\d{1,7})|#x([\da-f]{1,6}));/iy;
const named: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'", nbsp: " " };
const space = /[\s\u00a0]+/y;

function fold(source: string, level: FoldLevel): Folded {
  const folded: Folded = { text: "", starts: [], ends: [] };
  const pieces: string[] = [];
  let last = "";
  const add = (piece: string, start: number, end: number) => {
    for (let unit = 0; unit < piece.length; unit++) {
      folded.starts.push(start);
      folded.ends.push(end);
    }
    pieces.push(piece);
    if (piece !== "") last = piece;
  };
  for (let at = 0; at < source.length; ) {
    const start = at;
    const run = matchAt(space, source, at)?.[0];
    if (run !== undefined) {
      at += run.length;
      const besideTag = level === "typing" && (last === ">" || source[at] === "<");
      if (!besideTag && last !== " ") add(" ", start, at);
      continue;
    }
    const reference = level === "typing" ? matchAt(entity, source, at) : null;
    const letter = reference?.[0] ?? source[at] ?? "";
    at += letter.length;
    const meant = reference ? decode(reference) : letter;
    add(level === "typing" ? (typed[meant] ?? meant) : meant, start, at);
  }
  folded.text = pieces.join("");
  return folded;
}

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}

function decode([whole, name, decimal, hexadecimal]: RegExpExecArray): string {
  if (name !== undefined) return named[name.toLowerCase()] ?? whole;
  const point = decimal === undefined ? Number.parseInt(hexadecimal ?? "", 16) : Number(decimal);
  return point > 0 && point <= 0x10ffff ? String.fromCodePoint(point) : whole;
}

/** At most this many: what stands there often is reported as such, not listed. */
const mostPlaces = 20;

function places(text: string, needle: string): number[] {
  const found: number[] = [];
  if (needle === "") return found;
  for (let at = text.indexOf(needle); at >= 0 && found.length < mostPlaces; at = text.indexOf(needle, at + 1))
    found.push(at);
  return found;
}
