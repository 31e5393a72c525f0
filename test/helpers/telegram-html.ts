/** Error text of the Bot API, after "Bad Request: ". */
export class TelegramRefusal extends Error {
  override readonly name = "TelegramRefusal";
}

const tags = new Set([
  "b",
  "strong",
  "i",
  "em",
  "u",
  "ins",
  "s",
  "strike",
  "del",
  "a",
  "code",
  "pre",
  "blockquote",
  "span",
  "tg-spoiler",
  "tg-emoji",
]);
const entities: Record<string, string> = { lt: "<", gt: ">", amp: "&", quot: '"' };
const token = /<(\/?)([^\s<>]*)((?:\s[^<>]*)?)>|<|&(?:#x[0-9a-f]+|#[0-9]+|[a-z]+);|[^<&]+|&/giy;

/**
 * Text of a message in Telegram's HTML, by the rules of the Bot API: a fixed set of tags, properly nested.
 *
 * @throws {TelegramRefusal}
 */
export function parseTelegramHtml(html: string): string {
  const open: string[] = [];
  let text = "";
  for (const { 0: part, 1: slash, 2: name = "", 3: attributes = "", index } of html.matchAll(token)) {
    const where = `at byte offset ${Buffer.byteLength(html.slice(0, index))}`;
    if (part === "<") throw parseError(`Unclosed start tag ${where}`);
    if (!part.startsWith("<")) text += part.length > 1 && part.startsWith("&") ? decode(part) : part;
    else if (slash === "/") closeTag(open.pop(), name.toLowerCase(), where);
    else open.push(openTag(name.toLowerCase(), attributes, where));
  }
  const unclosed = open.pop();
  if (unclosed !== undefined) throw parseError(`Can't find end tag corresponding to start tag "${unclosed}"`);
  return text;
}

function openTag(name: string, attributes: string, where: string): string {
  if (!tags.has(name)) throw parseError(`Unsupported start tag "${name}" ${where}`);
  if (name === "span" && !/class="tg-spoiler"/.test(attributes)) {
    throw parseError(`Tag "span" must have class "tg-spoiler" ${where}`);
  }
  return name;
}

function closeTag(expected: string | undefined, name: string, where: string): void {
  if (expected === undefined) throw parseError(`Unexpected end tag ${where}`);
  if (name !== "" && name !== expected) {
    throw parseError(`Unmatched end tag ${where}, expected "</${expected}>", found "</${name}>"`);
  }
}

/** An entity that Telegram does not know stays as it is written. */
function decode(reference: string): string {
  const name = reference.slice(1, -1);
  if (name.startsWith("#x")) return String.fromCodePoint(Number.parseInt(name.slice(2), 16));
  if (name.startsWith("#")) return String.fromCodePoint(Number.parseInt(name.slice(1), 10));
  return entities[name] ?? reference;
}

function parseError(detail: string): TelegramRefusal {
  return new TelegramRefusal(`can't parse entities: ${detail}`);
}
