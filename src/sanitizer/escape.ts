const special = /[&<>"\u00a0]/;
const specials = /[&<>"\u00a0]/g;
const textSpecial = /[&<>\u00a0]/;
const textSpecials = /[&<>\u00a0]/g;

const references: Record<string, string> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "\u00a0": "&nbsp;",
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
