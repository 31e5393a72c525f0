import type { Tally } from "../report.ts";
import { flag } from "../vocabulary/flags.ts";
import type { Element } from "./element.ts";
import { judge, type OutputPath, takesText, type Verdict, watched } from "./nesting.ts";

const blank = /^[ \t\n\f]*$/;

/** An element between its start and its end, and what became of it. */
interface Started {
  element: Element;
  verdict: Verdict;
}

/**
 * Writes the tree in canonical form: every element closed, in order, and only where {@link judge} says that a parser
 * will find it again. What it refuses is left out, so whatever the tree builder does, the output reads one way.
 */
export class Writer implements OutputPath {
  /** What is really open in the output. */
  readonly elements: Element[] = [];
  readonly #started: Started[] = [];
  readonly #counts = new Map<string, number>();
  readonly #tally: Tally;
  #out = "";
  /** Inside so many dropped elements. */
  #dropping = 0;
  /** A parser swallows a line feed that comes first in `pre` and `textarea`. */
  #swallowsLineFeed = false;

  constructor(tally: Tally) {
    this.#tally = tally;
  }

  count(name: string): number {
    return this.#counts.get(name) ?? 0;
  }

  /** Innermost element started and not ended, written or not. */
  get innermost(): Element | undefined {
    return this.#started.at(-1)?.element;
  }

  start(element: Element): void {
    element.written = true;
    const verdict = this.#dropping > 0 ? "drop" : judge(element, this);
    if (!element.is(flag.void)) this.#started.push({ element, verdict });
    if (verdict === "drop") {
      if (!element.is(flag.void)) this.#dropping++;
      return;
    }
    if (verdict === "unwrap") {
      if (element.is(flag.kept)) this.#tally.add("structure:misplaced");
      return;
    }
    this.#out += `<${element.name}${element.attributes}>`;
    this.#swallowsLineFeed = false;
    if (element.is(flag.void)) return;
    this.elements.push(element);
    if (watched.has(element.name)) this.#counts.set(element.name, this.count(element.name) + 1);
    this.#swallowsLineFeed = element.namespace === "html" && (element.name === "pre" || element.name === "textarea");
  }

  /** Ends the innermost element. */
  end(): void {
    const started = this.#started.pop();
    if (started?.verdict === "drop") this.#dropping--;
    if (started?.verdict !== "keep") return;
    const { name } = started.element;
    this.#out += `</${name}>`;
    this.#swallowsLineFeed = false;
    this.elements.pop();
    if (watched.has(name)) this.#counts.set(name, this.count(name) - 1);
  }

  /** @param text Escaped as its place demands. */
  text(text: string): void {
    if (text === "" || this.#dropping > 0) return;
    const parent = this.elements[this.elements.length - 1];
    if (parent && !takesText(parent) && !blank.test(text)) return;
    if (this.#swallowsLineFeed && text.startsWith("\n")) this.#out += "\n";
    this.#swallowsLineFeed = false;
    this.#out += text;
  }

  raw(markup: string): void {
    this.#out += markup;
  }

  /** Hands over what was written since the last call. */
  take(): string {
    const out = this.#out;
    this.#out = "";
    return out;
  }
}
