import { decodeReferences, encodeAttribute } from "./references.ts";

/** Attributes of one start tag in the order they are written, values decoded. */
export type Attributes = Map<string, string>;

export interface StartToken {
  kind: "start";
  name: string;
  attributes: Attributes;
  /** Inside `svg` or `math`. */
  foreign: boolean;
}

/** A piece of a sanitized page. */
export type Token =
  | StartToken
  | { kind: "end"; name: string; foreign: boolean }
  /** Text as it stands in the markup, escaped; one text may come in several pieces. */
  | { kind: "text"; html: string }
  /** A whole style sheet with its element. */
  | { kind: "style"; attributes: Attributes; css: string; foreign: boolean }
  /** Markup of our own making, written as it is. */
  | { kind: "markup"; html: string };

/** Takes tokens in and hands tokens on, most of them unchanged. Chunks of the page may end anywhere. */
export interface Pass {
  see(token: Token, next: (token: Token) => void): void;
  /** The page is over: what is still held goes out. */
  end?(next: (token: Token) => void): void;
}

const attributePattern = /([^\s="]+)="([^"]*)"/g;

/** Reads the canonical form: every value double-quoted, only the five references of the sanitizer in it. */
export function parseAttributes(source: string): Attributes {
  const attributes: Attributes = new Map();
  for (const [, name = "", value = ""] of source.matchAll(attributePattern)) {
    attributes.set(name, decodeReferences(value));
  }
  return attributes;
}

export function writeToken(token: Token): string {
  switch (token.kind) {
    case "start":
      return `<${token.name}${writeAttributes(token.attributes)}>`;
    case "end":
      return `</${token.name}>`;
    case "style":
      return `<style${writeAttributes(token.attributes)}>${token.css}</style>`;
    default:
      return token.html;
  }
}

function writeAttributes(attributes: Attributes): string {
  let written = "";
  for (const [name, value] of attributes) written += ` ${name}="${encodeAttribute(value)}"`;
  return written;
}
