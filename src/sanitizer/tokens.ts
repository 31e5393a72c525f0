import { Tokenizer, type TokenizerCallbacks } from "htmlparser2";
import { readName } from "./known-names.ts";
import { limits } from "./limits.ts";
import { attributeReferences, decodeReferences, textReferences } from "./references.ts";
import type { Tally } from "./report.ts";
import type { Attribute, StartTag } from "./tree/start-tag.ts";
import { htmlFlags } from "./vocabulary/html-elements.ts";

/** Receives the tokens of a document. */
export interface TokenSink {
  start(tag: StartTag): void;
  end(name: string): void;
  /** Decoded text; one run may come in several pieces. */
  text(data: string): void;
  /** Whether the current place is in SVG or MathML, where no element's content is raw text. */
  isInForeignContent(): boolean;
}

/** Elements whose content is text without references. */
const rawText = new Set(["script", "style", "xmp", "iframe", "noembed", "noframes", "plaintext"]);
const needsDecoding = /[&\0]/;
const unfinished = /&[#A-Za-z0-9]*$/;

/**
 * Reads HTML piece by piece with htmlparser2's tokenizer and hands on whole tags and decoded text. Holds no more of
 * the input than the token it is in, up to {@link limits}; a name, value or section past them is left out.
 */
export class Tokens implements TokenizerCallbacks {
  readonly #sink: TokenSink;
  readonly #tally: Tally;
  readonly #tokenizer: Tokenizer;
  /** Input from `#bufferStart` on: the current piece, and before it what an unfinished token still needs. */
  #buffer = "";
  #bufferStart = 0;
  /** Everything before this position is dealt with. */
  #done = 0;
  #textTail = "";
  #isRaw = false;

  #tagName = "";
  #attributes: Attribute[] = [];
  #attributeName = "";
  #attributeValue = "";
  #tagChars = 0;

  constructor(sink: TokenSink, tally: Tally) {
    this.#sink = sink;
    this.#tally = tally;
    this.#tokenizer = new Tokenizer({ decodeEntities: false }, this);
  }

  /** @param piece Line ends normalised, no lone surrogates. */
  write(piece: string): void {
    this.#buffer = this.#buffer === "" ? piece : this.#buffer + piece;
    this.#tokenizer.write(piece);
    const end = this.#bufferStart + this.#buffer.length;
    const keepFrom =
      this.#buffer.length > 2 * limits.cdataChars ? Math.max(this.#done, end - limits.cdataChars) : this.#done;
    if (keepFrom > this.#bufferStart) {
      this.#buffer = keepFrom >= end ? "" : this.#buffer.slice(keepFrom - this.#bufferStart);
      this.#bufferStart = Math.min(keepFrom, end);
    }
  }

  end(): void {
    this.#tokenizer.end();
    this.#flushText();
  }

  isInForeignContext(): boolean {
    return this.#sink.isInForeignContent();
  }

  ontext(start: number, end: number): void {
    this.#text(this.#slice(start, end));
  }

  /** CDATA means text in SVG and MathML, and is a comment anywhere else. */
  oncdata(start: number, end: number, endOffset: number): void {
    const length = end - endOffset - start;
    if (!this.#sink.isInForeignContent()) {
      this.#done = end + 1;
      return;
    }
    if (length > limits.cdataChars) this.#tally.add("limit:cdata");
    const data = length > limits.cdataChars ? "" : this.#slice(start, end - endOffset);
    this.#flushText();
    if (data !== "") this.#sink.text(data);
    this.#done = end + 1;
  }

  onopentagname(start: number, end: number): void {
    this.#flushText();
    this.#tagName = this.#name(start, end);
    this.#attributes = [];
    this.#tagChars = 0;
  }

  onattribname(start: number, end: number): void {
    this.#attributeName = this.#name(start, end);
    this.#attributeValue = "";
  }

  onattribdata(start: number, end: number): void {
    if (this.#attributeName === "") return;
    const piece = this.#slice(start, end);
    this.#attributeValue = this.#attributeValue === "" ? piece : this.#attributeValue + piece;
    if (this.#attributeValue.length <= limits.valueChars) return;
    this.#attributeName = "";
    this.#attributeValue = "";
    this.#tally.add("limit:attribute");
  }

  onattribend(): void {
    const name = this.#attributeName;
    if (name === "" || this.#hasAttribute(name)) return;
    this.#tagChars += this.#attributeValue.length;
    if (this.#attributes.length >= limits.attributes || this.#tagChars > limits.tagChars) {
      this.#tally.add("limit:attribute");
      return;
    }
    this.#attributes.push({ name, value: decodeValue(this.#attributeValue) });
  }

  onopentagend(end: number): void {
    this.#startTag(end, false);
  }

  onselfclosingtag(end: number): void {
    this.#startTag(end, true);
  }

  onclosetag(start: number, end: number): void {
    this.#flushText();
    this.#isRaw = false;
    this.#sink.end(this.#name(start, end));
  }

  oncomment(_start: number, end: number): void {
    this.#flushText();
    this.#done = end + 1;
  }

  ondeclaration(_start: number, end: number): void {
    this.#flushText();
    this.#done = end + 1;
  }

  onattribentity(): void {}
  ontextentity(): void {}
  onprocessinginstruction(): void {}
  onend(): void {}

  #hasAttribute(name: string): boolean {
    for (const attribute of this.#attributes) if (attribute.name === name) return true;
    return false;
  }

  #startTag(end: number, selfClosing: boolean): void {
    this.#done = end + 1;
    this.#isRaw = rawText.has(this.#tagName) && !this.#sink.isInForeignContent();
    this.#sink.start({
      name: this.#tagName,
      flags: htmlFlags(this.#tagName),
      attributes: this.#attributes,
      selfClosing,
    });
  }

  #text(piece: string): void {
    if (this.#isRaw) {
      this.#sink.text(piece);
      return;
    }
    const text = this.#textTail === "" ? piece : this.#textTail + piece;
    this.#textTail = "";
    const last = text.lastIndexOf("&");
    if (last < 0) {
      this.#sink.text(text);
      return;
    }
    // A reference that may go on in the next piece waits for it.
    const tail = last >= text.length - limits.referenceChars ? unfinished.exec(text) : null;
    if (tail) this.#textTail = tail[0];
    const whole = tail ? text.slice(0, tail.index) : text;
    if (whole !== "") this.#sink.text(decodeReferences(whole, textReferences));
  }

  #flushText(): void {
    if (this.#textTail === "") return;
    const tail = this.#textTail;
    this.#textTail = "";
    this.#sink.text(decodeReferences(tail, textReferences));
  }

  /** A tag's or attribute's name in lower case; `""` if it is longer than any we know. */
  #name(start: number, end: number): string {
    this.#done = end;
    if (end - start > limits.nameChars) return "";
    return readName(this.#buffer, Math.max(0, start - this.#bufferStart), end - this.#bufferStart);
  }

  #slice(start: number, end: number): string {
    this.#done = end;
    return this.#buffer.slice(Math.max(0, start - this.#bufferStart), end - this.#bufferStart);
  }
}

function decodeValue(value: string): string {
  if (!needsDecoding.test(value)) return value;
  const decoded = value.includes("&") ? decodeReferences(value, attributeReferences) : value;
  return decoded.includes("\0") ? decoded.replaceAll("\0", "\ufffd") : decoded;
}
