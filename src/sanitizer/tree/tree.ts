import { limits } from "../limits.ts";
import { flag } from "../vocabulary/flags.ts";
import type { Element } from "./element.ts";
import { FormattingList } from "./formatting-list.ts";
import { OpenElements } from "./open-elements.ts";
import type { Writer } from "./writer.ts";

/**
 * The tree under construction. What can no longer change goes to the writer at once; what later input may still move
 * (a block inside an open formatting element, a table that misplaced content may have to precede) is held back until
 * it is closed, or until it outgrows {@link limits}.heldChars and is written as it stands.
 */
export class Tree {
  readonly open = new OpenElements();
  readonly formatting = new FormattingList();
  readonly writer: Writer;
  /** Content that would stand directly in a table goes in front of it. */
  fostering = false;
  readonly #renderStyle: (css: string, element: Element) => string;
  #holding = false;
  #heldChars = 0;
  #reopenedChars = 0;

  /** @param renderStyle What a style sheet becomes, escaped as the content of its element. */
  constructor(writer: Writer, renderStyle: (css: string, element: Element) => string) {
    this.writer = writer;
    this.#renderStyle = renderStyle;
  }

  get current(): Element | undefined {
    return this.open.top;
  }

  /** Inserts a new element at the current place and opens it. */
  push(element: Element): void {
    const foster = this.#place(element);
    element.settleOn(this.current);
    this.open.push(element);
    if (element.held && !this.#holding) this.#holding = true;
    this.#append(element, foster);
  }

  /** Inserts an element that has no content. */
  insertVoid(element: Element): void {
    const foster = this.#place(element);
    this.#append(element, foster);
  }

  /** @param text Escaped. */
  text(text: string): void {
    const parent = this.current;
    if (parent === undefined) return;
    if (!this.#holding) {
      this.writer.text(text);
      return;
    }
    const table = this.#fosterTable(parent);
    (table?.parent ?? parent).insert(text, table);
    this.#grow(text.length);
  }

  pop(): void {
    const { current } = this;
    if (current?.is(flag.styleSheet)) this.text(this.#renderStyle(current.css, current));
    this.open.pop();
    if (!this.#holding) this.writer.end();
  }

  /** Closes everything down to and including this element. */
  popThrough(element: Element): void {
    while (element.open) this.pop();
  }

  popThroughNamed(name: string): void {
    const element = this.open.findLast(name);
    if (element) this.popThrough(element);
  }

  popWhile(test: (element: Element) => boolean): void {
    for (let top = this.current; top && test(top); top = this.current) this.pop();
  }

  generateImpliedEnds(except?: string): void {
    this.popWhile((element) => element.is(flag.impliedEnd) && element.namespace === "html" && element.name !== except);
  }

  /** Closes an open `p`, as blocks do. */
  closeParagraph(): void {
    if (!this.open.hasInButtonScope("p")) return;
    this.generateImpliedEnds("p");
    this.popThroughNamed("p");
  }

  /** Reopens the formatting elements that the end of a block has closed. */
  reopenFormatting(): void {
    if (!this.formatting.needsReopening()) return;
    for (const closed of this.formatting.closed()) {
      this.#reopenedChars += closed.attributes.length + closed.name.length;
      if (this.#reopenedChars > limits.reopenedChars) {
        this.formatting.remove(closed);
        continue;
      }
      const element = closed.clone();
      this.push(element);
      this.formatting.replace(closed, element);
    }
  }

  /** To be called after each token: writes what is held as soon as nothing can move it any more. */
  settle(): void {
    if (!this.#holding) return;
    if (this.current?.held !== true || this.#heldChars > limits.heldChars) this.release();
  }

  /** Writes everything held, as it stands now. */
  release(): void {
    this.#holding = false;
    this.#heldChars = 0;
    const { stack } = this.open;
    // An element in front of a table that is open as well: the table continues, so that element ends here.
    const broken = stack.findIndex((element, index) => index > 0 && element.parent !== stack[index - 1]);
    if (broken > 0) while (stack.length > broken) this.open.pop();
    while (this.writer.innermost?.open === false) this.#end(this.writer.innermost);
    for (const element of stack) {
      if (!element.written) this.writer.start(element);
      this.#writePending(element);
    }
    this.open.settle();
  }

  /** Moves an element that is not written yet to the end of another one, or in front of a table. */
  move(element: Element, target: Element): void {
    element.detach();
    const table = this.#fosterTable(target, true);
    (table?.parent ?? target).insert(element, table);
  }

  /** Whether content for this element would have to go in front of a table that is written already. */
  isTooLateToFoster(target: Element): boolean {
    return target.is(flag.fosters) && target.namespace === "html" && this.open.findLast("table")?.written === true;
  }

  #place(element: Element): Element | undefined {
    const parent = this.current;
    if (parent === undefined) return undefined;
    const table = this.#fosterTable(parent);
    element.parent = table?.parent ?? parent;
    return table;
  }

  #append(element: Element, fosterTable: Element | undefined): void {
    const { parent } = element;
    if (this.#holding && parent) {
      parent.insert(element, fosterTable);
      this.#grow(element.attributes.length + element.name.length);
      return;
    }
    this.writer.start(element);
  }

  /** The table that content for this parent has to precede, if any. */
  #fosterTable(parent: Element, always = false): Element | undefined {
    if (!(this.fostering || always) || !parent.is(flag.fosters) || parent.namespace !== "html") return undefined;
    const table = this.open.findLast("table");
    return table?.parent && !table.written ? table : undefined;
  }

  #grow(chars: number): void {
    // A node costs memory even when it is short.
    this.#heldChars += chars + 32;
  }

  #end(element: Element): void {
    this.#writePending(element);
    this.writer.end();
  }

  /** Writes the pending children of a started element, except those that are open: the caller continues with them. */
  #writePending(element: Element): void {
    const { children } = element;
    if (children === undefined) return;
    element.children = undefined;
    for (const child of children) {
      if (typeof child === "string") this.writer.text(child);
      else if (!child.open) this.#writeWhole(child);
    }
  }

  #writeWhole(element: Element): void {
    this.writer.start(element);
    if (element.is(flag.void)) return;
    this.#writePending(element);
    this.writer.end();
  }
}
