// An escape (U+001B) begins nothing in HTML, but a reader who guesses a Japanese encoding takes it for a switch of
// characters and loses the quotes after it.
// biome-ignore lint/suspicious/noControlCharactersInRegex: see above
const special = /[&<>"\u00a0\x1b]/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: see above
const specials = /[&<>"\u00a0\x1b]/g;
// biome-ignore lint/suspicious/noControlCharactersInRegex: see above
const textSpecial = /[&<>\u00a0\x1b]/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: see above
const textSpecials = /[&<>\u00a0\x1b]/g;

const references: Record<string, string> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "\u00a0": "&nbsp;",
  "\x1b": "\ufffd",
};

const reference = (character: string): string => references[character] ?? character;

/** Text between tags, as every HTML parser reads it back. */
export function escapeText(text: string): string {
  return textSpecial.test(text) ? text.replace(textSpecials, reference) : text;
}

/** A double-quoted attribute value, without the quotes. */
export function escapeAttribute(value: string): string {
  return special.test(value) ? value.replace(specials, reference) : value;
}
