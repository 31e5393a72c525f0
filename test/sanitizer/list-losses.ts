import { tokenize, tokenNames } from "css-tree";
import { type DefaultTreeAdapterTypes, parse } from "parse5";

/**
 * Everything that a page has before and not after: elements (`p`), attributes with their values (`a[href=x]`),
 * declarations and preludes of style sheets and `style` attributes, white space and comments apart.
 */
export function listLosses(before: string, after: string): string[] {
  const left = count(after);
  const lost: string[] = [];
  for (const [part, times] of count(before)) {
    for (let missing = times - (left.get(part) ?? 0); missing > 0; missing--) lost.push(part);
  }
  return lost.sort();
}

function count(html: string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const part of parts(parse(html, { scriptingEnabled: false }).childNodes)) {
    counts.set(part, (counts.get(part) ?? 0) + 1);
  }
  return counts;
}

function* parts(nodes: DefaultTreeAdapterTypes.ChildNode[]): Generator<string> {
  for (const node of nodes) {
    if (!("tagName" in node)) continue;
    const { tagName: name } = node;
    yield name;
    for (const { name: key, prefix, value } of node.attrs) {
      if (key === "style") yield* statements(value);
      else yield `${name}[${prefix ? `${prefix}:` : ""}${key}=${value}]`;
    }
    if (name === "style") for (const child of node.childNodes) if ("value" in child) yield* statements(child.value);
    if ("content" in node) yield* parts(node.content.childNodes);
    yield* parts(node.childNodes);
  }
}

/** A style sheet cut at braces and semicolons, each piece without white space and with one kind of quotes. */
function statements(css: string): string[] {
  let text = "";
  tokenize(css, (type, start, end) => {
    const kind = tokenNames[type];
    if (kind === "comment-token" || kind === "CDO-token" || kind === "CDC-token") return;
    text += kind === "whitespace-token" ? " " : css.slice(start, end);
  });
  const pieces = text
    .replaceAll("'", '"')
    .replaceAll(/url\(([^"')]*)\)/g, 'url("$1")')
    .replaceAll(/\s+/g, "");
  return pieces.split(/[{};]/).filter((piece) => piece !== "");
}
