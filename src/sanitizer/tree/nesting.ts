import { flag } from "../vocabulary/flags.ts";
import type { Element } from "./element.ts";

/** What to do with an element at a place in the output: write it, write its content only, or leave both out. */
export type Verdict = "keep" | "unwrap" | "drop";

/** Elements whose only place is directly inside one of these. */
const parents = table({
  caption: ["table"],
  colgroup: ["table"],
  col: ["colgroup"],
  thead: ["table"],
  tbody: ["table"],
  tfoot: ["table"],
  tr: ["thead", "tbody", "tfoot"],
  td: ["tr"],
  th: ["tr"],
  option: ["select", "optgroup", "datalist"],
  optgroup: ["select"],
});

/** Elements that take only these directly inside them. Parsers move or drop anything else. */
const children = table({
  head: ["title", "meta", "link", "style"],
  table: ["caption", "colgroup", "thead", "tbody", "tfoot", "style"],
  colgroup: ["col"],
  thead: ["tr", "style"],
  tbody: ["tr", "style"],
  tfoot: ["tr", "style"],
  tr: ["td", "th", "style"],
  select: ["option", "optgroup", "hr"],
  optgroup: ["option"],
});

function table(names: Record<string, string[]>): ReadonlyMap<string, readonly string[]> {
  return new Map(Object.entries(names));
}

const scopeEnds = new Set(["caption", "html", "table", "td", "th", "select"]);
const buttonScopeEnds = new Set([...scopeEnds, "button"]);
const markers = new Set(["caption", "td", "th"]);
/** Special elements that do not end the search of `li`, `dd` and `dt` for a sibling, or not in every parser. */
const transparentToLists = new Set(["address", "div", "p", "search"]);

/** Names whose nesting is checked; the writer counts how many of each are open so that the checks are rare. */
export const watched = new Set(["p", "a", "nobr", "button", "form", "li", "dd", "dt", "ruby", "svg", "math"]);

/** Open elements of the output, outermost first, and how many of the {@link watched} ones there are. */
export interface OutputPath {
  readonly elements: readonly Element[];
  count(name: string): number;
}

/**
 * Whether an element can be written here so that a standards parser puts it exactly here: no start tag that would
 * close something open, be moved elsewhere, or be ignored. The tree builder almost always asks for such places;
 * the known exceptions (what foster parenting and the adoption agency leave behind) are what mutation attacks use.
 */
export function judge(element: Element, path: OutputPath): Verdict {
  if (element.is(flag.dropped)) return "drop";
  if (!element.is(flag.kept)) return "unwrap";
  const parent = path.elements[path.elements.length - 1];
  if (parent === undefined) return "keep";
  if (element.namespace !== "html") return judgeForeign(element, parent);
  const isPossible =
    parent.namespace === "html" &&
    !parent.is(flag.textOnly) &&
    fits(element.name, parent.name) &&
    !closesSomething(element, parent, path);
  // A style sheet that is not one would show as text.
  return isPossible ? "keep" : element.is(flag.rawText) ? "drop" : "unwrap";
}

function judgeForeign(element: Element, parent: Element): Verdict {
  if (parent.namespace === "html") {
    return element.name === element.namespace && !parent.is(flag.textOnly) && !children.has(parent.name)
      ? "keep"
      : "drop";
  }
  return parent.namespace === element.namespace && !parent.is(flag.textOnly) ? "keep" : "drop";
}

function fits(name: string, parent: string): boolean {
  const onlyIn = parents.get(name);
  if (onlyIn !== undefined && !onlyIn.includes(parent)) return false;
  const only = children.get(parent);
  return only === undefined || only.includes(name);
}

function closesSomething(element: Element, parent: Element, path: OutputPath): boolean {
  const { name } = element;
  if (element.is(flag.closesParagraph) && path.count("p") > 0 && inScope(path, "p", buttonScopeEnds)) return true;
  if (element.is(flag.heading) && parent.is(flag.heading)) return true;
  switch (name) {
    case "a":
      return path.count("a") > 0 && inScope(path, "a", markers);
    case "nobr":
      return path.count("nobr") > 0 && inScope(path, "nobr", scopeEnds);
    case "button":
      return path.count("button") > 0 && inScope(path, "button", scopeEnds);
    case "form":
      return path.count("form") > 0;
    case "li":
      return path.count("li") > 0 && endsSibling(path, ["li"]);
    case "dd":
    case "dt":
      return path.count("dd") + path.count("dt") > 0 && endsSibling(path, ["dd", "dt"]);
    case "rb":
    case "rp":
    case "rt":
    case "rtc":
      return path.count("ruby") > 0 && parent.is(flag.impliedEnd) && !(parent.name === "rtc" && name !== "rtc");
    default:
      return false;
  }
}

function inScope({ elements }: OutputPath, name: string, ends: ReadonlySet<string>): boolean {
  for (let index = elements.length - 1; index >= 0; index--) {
    const element = elements[index];
    if (element?.namespace !== "html") continue;
    if (element.name === name) return true;
    if (ends.has(element.name)) return false;
  }
  return false;
}

/** Whether a list item that begins here would close another one. */
function endsSibling({ elements }: OutputPath, names: readonly string[]): boolean {
  for (let index = elements.length - 1; index >= 0; index--) {
    const element = elements[index];
    if (element === undefined || element.namespace !== "html") continue;
    if (names.includes(element.name)) return true;
    if (element.is(flag.special) && !transparentToLists.has(element.name)) return false;
  }
  return false;
}

const textless = new Set(["html", "head", "table", "colgroup", "thead", "tbody", "tfoot", "tr"]);

/** Whether text other than white space stays directly in this element. */
export function takesText(parent: Element): boolean {
  return parent.namespace !== "html" || !textless.has(parent.name);
}
