import { escapeText } from "../escape.ts";
import { limits } from "../limits.ts";
import type { Tally } from "../report.ts";
import { flag } from "../vocabulary/flags.ts";
import { htmlFlags, isKnownHtml } from "../vocabulary/html-elements.ts";
import { mathFlags } from "../vocabulary/mathml-elements.ts";
import { svgElement } from "../vocabulary/svg-elements.ts";
import { beforeBodyEnd, beforeBodyStart, beforeBodyText, openBody } from "./before-body.ts";
import { Element, type Namespace } from "./element.ts";
import { bodyStart, bodyText } from "./in-body.ts";
import { bodyEnd } from "./in-body-end.ts";
import { foreignEnd, foreignStart, isForeign } from "./in-foreign.ts";
import { tableEnd, tableParts, tableStart } from "./in-table.ts";
import type { StartTag } from "./start-tag.ts";
import { TableText } from "./table-text.ts";
import { Tree } from "./tree.ts";
import type { Writer } from "./writer.ts";

/** What the builder asks of the policy: attributes in canonical form, style sheets made safe. */
export interface Policy {
  /** @returns `""` or ` name="value" …`. */
  attributes(tag: StartTag, namespace: Namespace): string;
  styleSheet(css: string): string;
  /** Whether this element goes with its content although its kind may stay, as `<style type="text/less">`. */
  refuses(tag: StartTag, namespace: Namespace): boolean;
}

const aliases = new Map([
  ["image", "img"],
  ["listing", "pre"],
  ["xmp", "pre"],
  ["plaintext", "pre"],
]);

/**
 * Builds the tree that a browser without script would build from the same tokens (HTML standard, "tree
 * construction"), of the elements that we keep.
 */
export class Builder {
  readonly tree: Tree;
  readonly tally: Tally;
  readonly policy: Policy;
  phase: "start" | "head" | "after head" | "body" = "start";
  /** The form that is open, by the standard's "form element pointer". */
  form: Element | undefined;
  /** The next character is dropped if it is a line feed: the one right after `<pre>`. */
  skipLineFeed = false;
  /** White space between `</head>` and `<body>`. */
  blankAfterHead = "";
  readonly #tableText: TableText;
  /** An element whose content is being left out, and how many of its name are open. */
  #skipping: { name: string; depth: number } | undefined;
  /** Start tags refused for depth and not ended yet. */
  #tooDeep = 0;

  constructor(writer: Writer, tally: Tally, policy: Policy) {
    this.tally = tally;
    this.policy = policy;
    this.tree = new Tree(writer, (css, { namespace }) => {
      const safe = policy.styleSheet(css);
      return namespace === "html" ? safe : escapeText(safe);
    });
    this.#tableText = new TableText(this);
  }

  /** Whether the tokenizer is in SVG or MathML, where `<title>` and `<style>` are tags like any other. */
  isInForeignContent(): boolean {
    const { current } = this.tree;
    return current !== undefined && isForeign(current);
  }

  start(token: StartTag): void {
    if (this.#skipping) {
      if (token.name === this.#skipping.name) this.#skipping.depth++;
      return;
    }
    this.#tableText.flush();
    this.skipLineFeed = false;
    const alias = aliases.get(token.name);
    const tag = alias && !this.isInForeignContent() ? { ...token, name: alias, flags: htmlFlags(alias) } : token;
    this.#dispatchStart(tag);
    this.#settle();
  }

  end(token: string): void {
    if (this.#skipping) {
      if (token === this.#skipping.name && --this.#skipping.depth === 0) this.#skipping = undefined;
      return;
    }
    this.#tableText.flush();
    this.skipLineFeed = false;
    const { current } = this.tree;
    if (current?.is(flag.rawText) && current.namespace === "html") this.tree.pop();
    else if (this.#tooDeep > 0) this.#tooDeep--;
    else this.#dispatchEnd(token);
    this.#settle();
  }

  text(data: string): void {
    if (this.#skipping) return;
    let text = data;
    if (this.skipLineFeed) {
      this.skipLineFeed = false;
      if (text.startsWith("\n")) text = text.slice(1);
    }
    if (text === "") return;
    this.#dispatchText(text);
    this.#settle();
  }

  /** Ends the document: closes whatever is open and hands the rest to the writer. */
  finish(): void {
    this.#skipping = undefined;
    this.#tableText.flush();
    if (this.tree.current?.is(flag.rawText)) this.tree.pop();
    openBody(this);
    while (this.tree.current) this.tree.pop();
    this.tree.release();
  }

  /** Opens an HTML element here. Its content is left out if the element is dropped. */
  push(tag: StartTag): Element | undefined {
    if (this.#isTooDeep(tag.name)) {
      this.#tooDeep++;
      return undefined;
    }
    const element = this.#create(tag);
    this.tree.push(element);
    return element;
  }

  /** Opens an element that the standard puts in by itself, such as a `tbody`. */
  pushImplied(name: string): void {
    this.tree.push(new Element(name, "html", htmlFlags(name), ""));
  }

  /** Opens an element whose content the tokenizer reads as text. */
  pushRawText(tag: StartTag): void {
    if (this.#isTooDeep(tag.name) || this.policy.refuses(tag, "html")) this.#skipping = { name: tag.name, depth: 1 };
    else this.tree.push(this.#create(tag));
  }

  insertVoid(tag: StartTag): void {
    if (this.policy.refuses(tag, "html")) return;
    this.tree.insertVoid(this.#create(tag));
  }

  pushForeign(tag: StartTag, namespace: "svg" | "math"): void {
    if (this.#isTooDeep(tag.name)) {
      if (!tag.selfClosing) this.#tooDeep++;
      return;
    }
    const { name, flags } = namespace === "svg" ? svgElement(tag.name) : { name: tag.name, flags: mathFlags(tag.name) };
    const refused = this.policy.refuses(tag, namespace);
    const kept = !refused && (flags & flag.kept) !== 0;
    if (!kept && !refused) this.tally.add(`element:${name || "other-foreign"}`);
    const attributes = kept ? this.policy.attributes(name === tag.name ? tag : { ...tag, name }, namespace) : "";
    const written = refused ? (flags & ~flag.kept) | flag.dropped : flags;
    this.tree.push(new Element(name || tag.name, namespace, written, attributes));
    if (tag.selfClosing) this.tree.pop();
  }

  /** Leaves a start tag out. */
  ignore(tag: StartTag): void {
    this.tally.add("structure:misplaced");
    if ((tag.flags & flag.rawText) !== 0) this.#skipping = { name: tag.name, depth: 1 };
  }

  #create(tag: StartTag): Element {
    const isKept = (tag.flags & flag.kept) !== 0;
    if (!isKept) this.#countRemoved(tag.name);
    return new Element(tag.name, "html", tag.flags, isKept ? this.policy.attributes(tag, "html") : "");
  }

  #countRemoved(name: string): void {
    this.tally.add(isKnownHtml(name) ? `element:${name}` : "element:other");
  }

  #isTooDeep(name: string): boolean {
    // The parts of a table find room wherever the table did, whether they are written or the standard puts them in.
    if (this.tree.open.depth < limits.depth || tableParts.has(name)) return false;
    this.tally.add("limit:depth");
    return true;
  }

  #dispatchStart(tag: StartTag): void {
    const { current } = this.tree;
    if (current && isForeign(current) && foreignStart(this, tag)) return;
    if ((tag.flags & flag.dropped) !== 0) {
      this.#countDropped(tag);
      this.#skipping = { name: tag.name, depth: 1 };
      return;
    }
    if (this.phase !== "body" && beforeBodyStart(this, tag)) return;
    if (this.tree.current?.context === "none" || !tableStart(this, tag)) bodyStart(this, tag);
  }

  #countDropped(tag: StartTag): void {
    const type = tag.name === "script" ? tag.attributes.find(({ name }) => name === "type")?.value : undefined;
    if (type?.trim().toLowerCase() === "application/ld+json") this.tally.add("element:script-json-ld");
    else this.#countRemoved(tag.name);
  }

  #dispatchEnd(token: string): void {
    const { current } = this.tree;
    if (current && current.namespace !== "html" && foreignEnd(this, token)) return;
    const name = aliases.get(token) ?? token;
    if (this.phase !== "body" && beforeBodyEnd(this, name)) return;
    if (this.tree.current?.context === "none" || !tableEnd(this, name)) bodyEnd(this, name);
  }

  #dispatchText(text: string): void {
    const { current } = this.tree;
    const isFlow = !(current?.is(flag.styleSheet | flag.rawText) || (current && isForeign(current)));
    const clean = text.includes("\0") ? text.replaceAll("\0", isFlow ? "" : "\ufffd") : text;
    if (isFlow) this.#dispatchFlowText(clean);
    else if (current?.is(flag.styleSheet)) this.#collectStyle(current, clean);
    else this.tree.text(escapeText(clean));
  }

  #dispatchFlowText(text: string): void {
    const rest = this.phase === "body" ? text : beforeBodyText(this, text);
    if (rest !== "" && !this.#tableText.take(rest)) bodyText(this, escapeText(rest));
  }

  #collectStyle(element: Element, text: string): void {
    const room = limits.styleChars - element.css.length;
    if (text.length > room && room > 0) this.tally.add("limit:style");
    if (room > 0) element.css += text.slice(0, room);
  }

  #settle(): void {
    while (this.tree.current?.ending) this.tree.pop();
    this.tree.settle();
  }
}
