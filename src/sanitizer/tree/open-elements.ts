import { flag } from "../vocabulary/flags.ts";
import type { Element } from "./element.ts";

const buttonScope = new Set(["button"]);
const listItemScope = new Set(["ol", "ul"]);
const none: ReadonlySet<string> = new Set();

/** The stack of open elements and the standard's questions about it. `html` is at the bottom, `body` above it. */
export class OpenElements {
  readonly stack: Element[] = [];
  /** Open `p` elements: the question asked most often is whether there is one at all. */
  #paragraphs = 0;

  get top(): Element | undefined {
    return this.stack[this.stack.length - 1];
  }

  get depth(): number {
    return this.stack.length;
  }

  push(element: Element): void {
    this.stack.push(element);
    this.#enter(element);
  }

  pop(): Element | undefined {
    const element = this.stack.pop();
    if (element) this.#leave(element);
    return element;
  }

  insertAbove(below: Element, element: Element): void {
    this.stack.splice(this.stack.indexOf(below) + 1, 0, element);
    this.#enter(element);
  }

  replace(old: Element, element: Element): void {
    this.stack[this.stack.indexOf(old)] = element;
    this.#leave(old);
    this.#enter(element);
  }

  remove(element: Element): void {
    if (!element.open) return;
    this.stack.splice(this.stack.lastIndexOf(element), 1);
    this.#leave(element);
  }

  hasInScope(name: string): boolean {
    return this.#inScope((element) => element.name === name, none);
  }

  hasInButtonScope(name: string): boolean {
    return (name !== "p" || this.#paragraphs > 0) && this.#inScope((element) => element.name === name, buttonScope);
  }

  hasInListItemScope(name: string): boolean {
    return this.#inScope((element) => element.name === name, listItemScope);
  }

  hasHeadingInScope(): boolean {
    return this.#inScope((element) => element.is(flag.heading), none);
  }

  /** Whether this very element is in scope. */
  isInScope(target: Element): boolean {
    return target.open && this.#inScope((element) => element === target, none);
  }

  hasInTableScope(...names: string[]): boolean {
    for (let index = this.stack.length - 1; index >= 0; index--) {
      const element = this.stack[index];
      if (element?.namespace !== "html") continue;
      if (names.includes(element.name)) return true;
      if (element.name === "table" || element.name === "html") return false;
    }
    return false;
  }

  /** Innermost open element of this name. */
  findLast(name: string): Element | undefined {
    return this.stack.findLast((element) => element.name === name && element.namespace === "html");
  }

  below(element: Element): Element | undefined {
    return this.stack[this.stack.lastIndexOf(element) - 1];
  }

  /** Works out again what depends on the order of the stack, after it changed in the middle. */
  settle(): void {
    let below: Element | undefined;
    for (const element of this.stack) {
      element.settleOn(below);
      below = element;
    }
  }

  #inScope(matches: (element: Element) => boolean, moreEnds: ReadonlySet<string>): boolean {
    for (let index = this.stack.length - 1; index >= 0; index--) {
      const element = this.stack[index];
      if (element === undefined) return false;
      if (element.namespace !== "html") {
        if (element.is(flag.integrationPoint)) return false;
        continue;
      }
      if (matches(element)) return true;
      if (element.is(flag.scope) || moreEnds.has(element.name)) return false;
    }
    return false;
  }

  #enter(element: Element): void {
    element.open = true;
    if (element.name === "p") this.#paragraphs++;
  }

  #leave(element: Element): void {
    element.open = false;
    if (element.name === "p") this.#paragraphs--;
  }
}
