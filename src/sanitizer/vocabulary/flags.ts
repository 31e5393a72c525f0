/**
 * What the tree builder and the writer need to know about an element, as bits of one number.
 * The categories are those of the HTML standard, "Parsing HTML documents".
 */
export const flag = {
  /** Written to the output. Without it the tag goes and its content stays. */
  kept: 1 << 0,
  /** Goes with everything in it. */
  dropped: 1 << 1,
  void: 1 << 2,
  special: 1 << 3,
  formatting: 1 << 4,
  /** Its start tag ends an open `p`. */
  closesParagraph: 1 << 5,
  /** Ends the search "has an element in scope". */
  scope: 1 << 6,
  /** One of "generate implied end tags". */
  impliedEnd: 1 << 7,
  heading: 1 << 8,
  /** Its end tag closes everything up to it. */
  blockEnd: 1 << 9,
  /** The tokenizer reads its content as text. */
  rawText: 1 << 10,
  /** Content placed directly in it belongs in front of the table. */
  fosters: 1 << 11,
  /** Its content is a style sheet. */
  styleSheet: 1 << 12,
  /** Foreign element whose content is HTML. */
  integrationPoint: 1 << 13,
  /** May hold text only. */
  textOnly: 1 << 14,
} as const;
