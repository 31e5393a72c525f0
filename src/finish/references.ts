const decoded: Record<string, string> = {
  "&amp;": "&",
  "&lt;": "<",
  "&gt;": ">",
  "&quot;": '"',
  "&nbsp;": "\u00a0",
};
const encoded = new Map(Object.entries(decoded).map(([reference, character]) => [character, reference]));

/** Text of canonical markup; the sanitizer writes these five references and no others. */
export function decodeReferences(html: string): string {
  return html.includes("&") ? html.replace(/&(?:amp|lt|gt|quot|nbsp);/g, (found) => decoded[found] ?? found) : html;
}

/** Text as an attribute's value, without the quotes. */
export function encodeAttribute(text: string): string {
  return text.replace(/[&<>"\u00a0]/g, (character) => encoded.get(character) ?? character);
}

/** Text as content between tags. */
export function encodeText(text: string): string {
  return text.replace(/[&<>\u00a0]/g, (character) => encoded.get(character) ?? character);
}
