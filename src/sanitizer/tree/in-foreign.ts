import { flag } from "../vocabulary/flags.ts";
import type { Builder } from "./builder.ts";
import type { Element } from "./element.ts";
import type { StartTag } from "./start-tag.ts";

/** HTML start tags that end SVG and MathML. */
const breakouts = new Set(
  "b big blockquote body br center code dd div dl dt em embed h1 h2 h3 h4 h5 h6 head hr i img li listing menu meta nobr ol p pre ruby s small span strong strike sub sup table tt u ul var".split(
    " ",
  ),
);
const fontAttributes = new Set(["color", "face", "size"]);

/** Whether what comes next in this element is SVG or MathML rather than HTML. */
export function isForeign(element: Element): boolean {
  return element.namespace !== "html" && !element.is(flag.integrationPoint);
}

/**
 * A start tag in SVG or MathML.
 *
 * @returns Whether it is dealt with. If not, foreign content has ended and the tag is an HTML one.
 */
export function foreignStart(builder: Builder, tag: StartTag): boolean {
  const { tree } = builder;
  const { current } = tree;
  if (breakouts.has(tag.name) || (tag.name === "font" && tag.attributes.some(({ name }) => fontAttributes.has(name)))) {
    tree.popWhile(isForeign);
    return false;
  }
  if (current?.namespace === "html" || current === undefined) return false;
  builder.pushForeign(tag, current.namespace);
  return true;
}

/** An end tag with a foreign element on top. @returns Whether it is dealt with; if not, HTML's rules apply. */
export function foreignEnd({ tree }: Builder, name: string): boolean {
  if (name === "p" || name === "br") {
    tree.popWhile(isForeign);
    return false;
  }
  const { stack } = tree.open;
  for (let index = stack.length - 1; index >= 0; index--) {
    const element = stack[index];
    if (element === undefined || element.namespace === "html") return false;
    if (element.name.toLowerCase() === name) {
      tree.popThrough(element);
      return true;
    }
  }
  return false;
}
