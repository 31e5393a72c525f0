/**
 * Bounds of the sanitizer. They count characters (UTF-16 units, unless they say bytes) or things of the input or the tree, never
 * chunks, so that any chunking of the same input meets them at the same place.
 */
export const limits = {
  /** Open elements, besides the parts of the innermost table. Chromium flattens a document at 512; staying well below keeps its tree the same as ours. */
  depth: 200,
  /** Attributes of one tag. */
  attributes: 200,
  /** A tag's or attribute's name. */
  nameChars: 128,
  /** One attribute's value; room for a picture as a `data:` URL. */
  valueChars: 1 << 20,
  /** All attribute values of one tag. */
  tagChars: 2 << 20,
  /** All attributes of `html`, in bytes as written. The declaration of the encoding comes after them. */
  rootBytes: 800,
  /** One style sheet. */
  styleChars: 1 << 20,
  /** Brackets inside brackets in a style sheet. */
  styleDepth: 64,
  /** Tree held back while later input may still move it; past this it is written as it stands. */
  heldChars: 1 << 16,
  /** Formatting elements that reopen by themselves in the next block, at once. */
  formatting: 24,
  /** Characters of start tags that such reopening may add to one document. */
  reopenedChars: 1 << 18,
  /** A character reference; the longest name is 31. */
  referenceChars: 64,
  /** A CDATA section in SVG or MathML. */
  cdataChars: 1 << 16,
} as const;
