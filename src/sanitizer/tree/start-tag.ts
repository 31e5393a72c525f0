import { htmlFlags } from "../vocabulary/html-elements.ts";

export interface StartTag {
  /** Lower case. */
  name: string;
  /** What it is as an HTML element. */
  flags: number;
  /** Decoded; the first of several with one name. */
  attributes: readonly Attribute[];
  selfClosing: boolean;
}

export interface Attribute {
  /** Lower case. */
  name: string;
  value: string;
}

/** A tag that nobody wrote and the standard puts in, or takes for another one. */
export function impliedTag(name: string): StartTag {
  return { name, flags: htmlFlags(name), attributes: [], selfClosing: false };
}
