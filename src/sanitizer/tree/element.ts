import { flag } from "../vocabulary/flags.ts";

export type Namespace = "html" | "svg" | "math";

/** Part of a table an element is in: what the standard calls the insertion mode. */
export type TableContext = "none" | "table" | "caption" | "columns" | "body" | "row" | "cell";

const contexts = new Map<string, TableContext>([
  ["table", "table"],
  ["caption", "caption"],
  ["colgroup", "columns"],
  ["tbody", "body"],
  ["thead", "body"],
  ["tfoot", "body"],
  ["tr", "row"],
  ["td", "cell"],
  ["th", "cell"],
]);

/** An element of the tree, alive until it is written. Text among the children is already escaped. */
export class Element {
  parent: Element | undefined = undefined;
  /** Children not written yet. */
  children: (Element | string)[] | undefined = undefined;
  /** Table context of what is inserted into this element; depends on where it is opened. */
  context: TableContext = "none";
  /** Formatting elements among this one and its open ancestors. */
  formattingDepth = 0;
  /** Later input may still move this element or something in front of it, so it is not written yet. */
  held = false;
  /** Its start tag is written. */
  written = false;
  /** On the stack of open elements. */
  open = false;
  /** Its end tag came while its content was still open: it closes as soon as that has closed. */
  ending = false;
  /** Style sheet collected so far, when this is a style element. */
  css = "";

  readonly name: string;
  readonly namespace: Namespace;
  readonly flags: number;
  readonly attributes: string;

  /** @param attributes In canonical form, ready to be written: `""` or ` name="value" …`. */
  constructor(name: string, namespace: Namespace, flags: number, attributes: string) {
    this.name = name;
    this.namespace = namespace;
    this.flags = flags;
    this.attributes = attributes;
  }

  is(bits: number): boolean {
    return (this.flags & bits) !== 0;
  }

  /** Puts a child at the end, or in front of another one. */
  insert(child: Element | string, before: Element | undefined): void {
    if (typeof child !== "string") child.parent = this;
    this.children ??= [];
    const index = before ? this.children.indexOf(before) : -1;
    if (index < 0) this.children.push(child);
    else this.children.splice(index, 0, child);
  }

  /** Takes this element out of its parent's children. */
  detach(): void {
    const siblings = this.parent?.children;
    const index = siblings?.indexOf(this) ?? -1;
    if (siblings && index >= 0) siblings.splice(index, 1);
  }

  /** The same tag once more, for a formatting element that reopens. */
  clone(): Element {
    return new Element(this.name, this.namespace, this.flags, this.attributes);
  }

  /** Derives what depends on the place in the stack from the element below. */
  settleOn(below: Element | undefined): void {
    const own = this.namespace === "html" ? contexts.get(this.name) : undefined;
    this.context = own ?? below?.context ?? "none";
    const formattingBelow = below?.formattingDepth ?? 0;
    this.formattingDepth = formattingBelow + (this.is(flag.formatting) ? 1 : 0);
    const movable = own === "table" || (formattingBelow > 0 && this.is(flag.special));
    this.held = !this.written && (movable || below?.held === true);
  }
}
