import { escapeText } from "../escape.ts";
import { flag } from "../vocabulary/flags.ts";
import type { Builder } from "./builder.ts";
import { fostered } from "./fostering.ts";
import { bodyText } from "./in-body.ts";

const maxBlankChars = 1024;
const nonBlank = /[^ \t\n\f]/;

/**
 * Text directly in a table. White space stays where it is; as soon as there is anything else in the run, the whole run
 * goes in front of the table. A run may arrive in pieces.
 */
export class TableText {
  readonly #builder: Builder;
  #blank = "";
  #fostering = false;

  constructor(builder: Builder) {
    this.#builder = builder;
  }

  /** @returns Whether the text was taken; if not, it belongs in the body. */
  take(text: string): boolean {
    const { tree } = this.#builder;
    if (tree.current?.name === "colgroup" && tree.current.namespace === "html") {
      const start = text.search(nonBlank);
      tree.text(start < 0 ? text : text.slice(0, start));
      if (start < 0) return true;
      tree.pop();
      return this.take(text.slice(start));
    }
    const { current } = tree;
    const isDirect = current?.namespace === "html" && current.is(flag.fosters);
    if (!isDirect) return false;
    if (this.#fostering || nonBlank.test(text)) {
      this.#foster(this.#blank + text);
      this.#blank = "";
    } else {
      this.#blank = (this.#blank + text).slice(0, maxBlankChars);
    }
    return true;
  }

  /** The run of text is over. */
  flush(): void {
    this.#fostering = false;
    if (this.#blank === "") return;
    const blank = this.#blank;
    this.#blank = "";
    this.#builder.tree.text(blank);
  }

  #foster(text: string): void {
    const outcome = fostered(this.#builder, () => bodyText(this.#builder, escapeText(text)));
    this.#fostering = outcome === "done";
    if (outcome === "body") bodyText(this.#builder, escapeText(text));
  }
}
