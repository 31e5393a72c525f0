import type { Tally } from "../report.ts";
import type { Namespace } from "../tree/element.ts";
import type { StartTag } from "../tree/start-tag.ts";
import { checkUrl } from "./urls.ts";

const icons = new Set(["icon", "shortcut icon", "apple-touch-icon", "apple-touch-icon-precomposed", "mask-icon"]);
const googleFonts = /^(?:https?:)?\/\/fonts\.(?:googleapis|gstatic)\.com(?:[/:?#]|$)/i;
/** `meta` names that describe the page. Others may change how it behaves (`referrer`) or are for a script. */
const metaNames =
  /^(?:viewport|description|keywords|author|creator|publisher|generator|application-name|theme-color|color-scheme|supported-color-schemes|robots|googlebot|rating|format-detection|mobile-web-app-capable|apple-mobile-web-app-[a-z-]+|msapplication-(?:tilecolor|navbutton-color)|language|revised|date|copyright|subject|title|abstract|topic|summary|category|coverage|distribution|geo\.[a-z]+|icbm|dc\.[a-z.]+|dcterms\.[a-z.]+|(?:og|twitter|article|book|profile|music|video|product|business|place|fb|al):[a-z0-9_:.-]+)$/i;

/**
 * Whether an element goes although its kind may stay, counting why: a `link` that loads something, a `meta` that
 * commands the browser, a `style` that is not CSS.
 */
export function refuses(tag: StartTag, namespace: Namespace, tally: Tally): boolean {
  const rule = refusal(tag, namespace);
  if (rule === undefined) return false;
  if (rule !== "") tally.add(rule);
  return true;
}

/** @returns The rule, `""` for a loss that is no news, or nothing if the element stays. */
function refusal(tag: StartTag, namespace: Namespace): string | undefined {
  if (tag.name === "style") return isCss(value(tag, "type")) ? undefined : "element:style-type";
  if (namespace !== "html") return undefined;
  if (tag.name === "link") return refusedLink(tag);
  if (tag.name === "meta") return refusedMeta(tag);
  return undefined;
}

function refusedLink(tag: StartTag): string | undefined {
  const relation = value(tag, "rel").trim().replace(/\s+/g, " ").toLowerCase();
  const href = value(tag, "href");
  if (googleFonts.test(href.trim())) return "fonts:google";
  if (relation.includes("stylesheet")) return "link:stylesheet";
  if (!icons.has(relation)) return "element:link";
  const checked = checkUrl(href, "image");
  return "rule" in checked ? checked.rule : undefined;
}

function refusedMeta(tag: StartTag): string | undefined {
  const directive = value(tag, "http-equiv").trim().toLowerCase();
  if (directive === "content-type") return "";
  if (directive !== "") return directive === "refresh" ? "meta:refresh" : "meta:http-equiv";
  if (has(tag, "charset")) return "";
  const name = (value(tag, "name") || value(tag, "property")).trim();
  if (name === "") return has(tag, "itemprop") ? undefined : "meta:other";
  return metaNames.test(name) && isDescription(tag) ? undefined : "meta:other";
}

/** Both `name` and `property` may stand on one element; then both have to be harmless. */
function isDescription(tag: StartTag): boolean {
  return ["name", "property"].every(
    (attribute) => !has(tag, attribute) || metaNames.test(value(tag, attribute).trim()),
  );
}

function isCss(type: string): boolean {
  return type.trim() === "" || type.trim().toLowerCase() === "text/css";
}

function has(tag: StartTag, name: string): boolean {
  return tag.attributes.some((attribute) => attribute.name === name);
}

function value(tag: StartTag, name: string): string {
  return tag.attributes.find((attribute) => attribute.name === name)?.value ?? "";
}
