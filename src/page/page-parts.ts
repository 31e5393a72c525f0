/** A stretch of a page's source: text between tags, the value of an attribute, the contents of a style sheet. */
export interface PagePart {
  kind: "text" | "attribute" | "style";
  /** Name of the element that the text is in or the attribute is of. */
  element: string;
  /** Name of the attribute, else empty. */
  attribute: string;
  start: number;
  end: number;
}

/** A tag of a published page; in those, attribute values are quoted and hold no bare quote. */
const tag = /<(\/?)([a-z][^\s/>]*)((?:\s+[^\s=>"]+(?:="[^"]*")?)*)\s*\/?>|<!doctype[^>]*>/gi;
const attribute = /\s+([^\s=>"]+)="([^"]*)"/g;

/** Takes a published page apart. Only the sanitizer's own output is read right: it has one way to write each thing. */
export function readPageParts(html: string): PagePart[] {
  const parts: PagePart[] = [];
  let element = "";
  let at = 0;
  for (const match of html.matchAll(tag)) {
    if (match.index < at) continue;
    const [source, slash, name = "", attributes = ""] = match;
    if (match.index > at) parts.push({ kind: "text", element, attribute: "", start: at, end: match.index });
    at = match.index + source.length;
    element = slash === "" ? name.toLowerCase() : "";
    const offset = match.index + 1 + (slash?.length ?? 0) + name.length;
    for (const one of attributes.matchAll(attribute)) {
      const end = offset + one.index + one[0].length - 1;
      parts.push({ kind: "attribute", element, attribute: one[1] ?? "", start: end - (one[2] ?? "").length, end });
    }
    if (element !== "style") continue;
    const close = html.indexOf("</style>", at);
    const end = close < 0 ? html.length : close;
    parts.push({ kind: "style", element, attribute: "", start: at, end });
    at = end;
  }
  return parts;
}
