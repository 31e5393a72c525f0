import { limits } from "../limits.ts";
import type { Element } from "./element.ts";

/** Separates what was open outside a table cell or caption from what opens inside. */
const marker = Symbol("marker");

/** The list of active formatting elements: those that reopen in the next block when they were left unclosed. */
export class FormattingList {
  readonly #entries: (Element | typeof marker)[] = [];

  /** Adds an element; a fourth one just like it pushes out the first ("Noah's Ark"). */
  push(element: Element): void {
    const same: Element[] = [];
    let sinceMarker = 0;
    for (let index = this.#entries.length - 1; index >= 0; index--) {
      const entry = this.#entries[index];
      if (entry === undefined || entry === marker) break;
      sinceMarker++;
      if (entry.name === element.name && entry.attributes === element.attributes) same.push(entry);
    }
    const earliest = same[2];
    if (earliest) this.remove(earliest);
    else if (sinceMarker >= limits.formatting) this.#entries.splice(this.#entries.length - sinceMarker, 1);
    this.#entries.push(element);
  }

  pushMarker(): void {
    this.#entries.push(marker);
  }

  clearToMarker(): void {
    let entry: Element | typeof marker | undefined;
    do entry = this.#entries.pop();
    while (entry !== undefined && entry !== marker);
  }

  /** Last element of this name since the last marker. */
  find(name: string): Element | undefined {
    for (let index = this.#entries.length - 1; index >= 0; index--) {
      const entry = this.#entries[index];
      if (entry === undefined || entry === marker) return undefined;
      if (entry.name === name) return entry;
    }
    return undefined;
  }

  has(element: Element): boolean {
    return this.#entries.includes(element);
  }

  remove(element: Element): void {
    const index = this.#entries.lastIndexOf(element);
    if (index >= 0) this.#entries.splice(index, 1);
  }

  replace(old: Element, element: Element): void {
    this.#entries[this.#entries.lastIndexOf(old)] = element;
  }

  indexOf(element: Element): number {
    return this.#entries.indexOf(element);
  }

  insertAt(index: number, element: Element): void {
    this.#entries.splice(index, 0, element);
  }

  /** Whether the last element of the list is not open. */
  needsReopening(): boolean {
    const last = this.#entries[this.#entries.length - 1];
    return last !== undefined && last !== marker && !last.open;
  }

  /** Elements that have to reopen, outermost first: the last run of entries that are not open. */
  closed(): Element[] {
    const closed: Element[] = [];
    for (let index = this.#entries.length - 1; index >= 0; index--) {
      const entry = this.#entries[index];
      if (entry === undefined || entry === marker || entry.open) break;
      closed.push(entry);
    }
    return closed.reverse();
  }
}
