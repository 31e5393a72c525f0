/** Usual abbreviations: the full stop after one ends no sentence, nor does that of an initial. */
const abbreviated = "(?<!\\p{L})(?:St|Ste|Sta|Mt|Ft|Dr|Dra|Mr|Mrs|Ms|Prof|Sr|Sra|No|Nr|vs|\\p{Lu})\\.";

/** A space within a sentence, before a word with a capital letter. */
export const gap = `(?:(?<!\\.)|(?<=${abbreviated})) `;

/** A full stop that ends what is said, and belongs to no abbreviation. */
export const fullStop = `\\.(?<!${abbreviated}(?=\\s))`;

const end = new RegExp(`\\n|(?<=[!?…]|${fullStop})\\s`, "u");

/** The first sentence of a text. */
export function firstSentence(text: string): string {
  return text.split(end, 1)[0] ?? "";
}
