const voidElements = new Set(
  "area base basefont bgsound br col embed frame hr img input keygen link meta param source track wbr".split(" "),
);
const doctype = "<!DOCTYPE html>";
const startTag = /<([a-zA-Z][a-zA-Z0-9-]*)((?: [^\s"'<>/=&]+="(?:[^"<>&]|&(?:amp|lt|gt|quot|nbsp);)*")*)>/y;
const attribute = / ([^\s"'<>/=&]+)="([^"]*)"/g;
const endTag = /<\/([a-zA-Z][a-zA-Z0-9-]*)>/y;
const text = /(?:[^<>&]|&(?:amp|lt|gt|nbsp);)+/y;
const styleText = /[^<]*/y;

const characters: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"', nbsp: "\u00a0" };

/** What {@link describeTree} prints: an element, or text. */
export type TreeNode = string | TreeElement;

interface TreeElement {
  name: string;
  namespace: string;
  attributes: [string, string][];
  children: TreeNode[];
}

/**
 * Reads what the sanitizer wrote by the grammar it promises, with no repair of any kind: one doctype, every tag closed
 * in order, every value quoted, five references. This is the tree it believes it wrote.
 *
 * @throws {Error} Where the text leaves the grammar.
 */
export function readCanonicalTree(html: string): string {
  if (!html.startsWith(doctype)) throw new Error("no doctype");
  const reader = new Reader(html, doctype.length);
  while (!reader.isAtEnd) reader.readOne();
  return describeTree(reader.finish());
}

class Reader {
  readonly #html: string;
  #at: number;
  readonly #roots: TreeNode[] = [];
  readonly #open: TreeElement[] = [];

  constructor(html: string, start: number) {
    this.#html = html;
    this.#at = start;
  }

  get isAtEnd(): boolean {
    return this.#at >= this.#html.length;
  }

  readOne(): void {
    if (!this.#readStart() && !this.#readEnd() && !this.#readText()) {
      throw new Error(`not canonical at ${this.#at}: ${JSON.stringify(this.#html.slice(this.#at, this.#at + 60))}`);
    }
  }

  finish(): TreeNode[] {
    if (this.#open.length > 0) throw new Error(`<${this.#open.at(-1)?.name}> is left open`);
    return this.#roots;
  }

  #readStart(): boolean {
    const match = this.#take(startTag);
    if (!match) return false;
    const [, name = "", written = ""] = match;
    const parent = this.#open.at(-1);
    const namespace = namespaceOf(name, parent?.namespace ?? "html");
    const attributes = [...written.matchAll(attribute)].map(([, key = "", value = ""]): [string, string] => [
      key,
      decode(value),
    ]);
    const element: TreeElement = { name, namespace, attributes, children: [] };
    (parent?.children ?? this.#roots).push(element);
    if (!(namespace === "html" && voidElements.has(name))) this.#open.push(element);
    return true;
  }

  #readEnd(): boolean {
    const match = this.#take(endTag);
    if (match && this.#open.pop()?.name !== match[1]) {
      throw new Error(`</${match[1]}> at ${this.#at} does not end what is open`);
    }
    return match !== null;
  }

  #readText(): boolean {
    const parent = this.#open.at(-1);
    const isHtml = parent?.namespace === "html";
    const isStyle = isHtml && parent.name === "style";
    const run = this.#take(isStyle ? styleText : text)?.[0];
    if (!run || !parent) return false;
    const content = isStyle ? run : decode(run);
    const swallows = isHtml && ["pre", "textarea"].includes(parent.name) && parent.children.length === 0;
    const kept = swallows && content.startsWith("\n") ? content.slice(1) : content;
    if (kept !== "") parent.children.push(kept);
    return true;
  }

  #take(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.#at;
    const match = pattern.exec(this.#html);
    if (match) this.#at = pattern.lastIndex;
    return match;
  }
}

/** One line per node, indented: two equal texts are two equal trees. */
export function describeTree(nodes: readonly TreeNode[], indent = ""): string {
  let lines = "";
  for (const node of nodes) {
    if (typeof node === "string") {
      lines += `${indent}${JSON.stringify(node)}\n`;
      continue;
    }
    const attributes = node.attributes.map(([name, value]) => ` ${name}=${JSON.stringify(value)}`).join("");
    const space = node.namespace === "html" ? "" : `${node.namespace} `;
    lines += `${indent}<${space}${node.name}${attributes}>\n${describeTree(node.children, `${indent} `)}`;
  }
  return lines;
}

function namespaceOf(name: string, outer: string): string {
  if (outer !== "html") return outer;
  return name === "svg" || name === "math" ? name : "html";
}

function decode(written: string): string {
  return written.replace(/&(\w+);/g, (_, name: string) => characters[name] ?? "");
}
