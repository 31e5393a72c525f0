import { filterDeclarations } from "../css/filter.ts";
import { escapeAttribute } from "../escape.ts";
import type { Tally } from "../report.ts";
import type { StartTag } from "../tree/builder.ts";
import type { Namespace } from "../tree/element.ts";
import {
  type AllowedAttribute,
  type AttributeKind,
  htmlAttribute,
  isAnimatable,
  mathAttribute,
  svgAttribute,
} from "../vocabulary/attributes.ts";
import { finishTag } from "./finish-tag.ts";
import { isClobbering } from "./names.ts";
import { filterSrcset } from "./srcset.ts";
import { checkUrl, type UrlUse } from "./urls.ts";

/** Says nothing about the page, so its loss is no news: we write these ourselves or they have no effect in HTML. */
const silent = new Set(["xmlns", "xmlns:xlink", "version", "xml:lang", "charset", "method", "rel"]);
const commands = /^(?:show-modal|close|request-close|show-popover|hide-popover|toggle-popover)$/i;
const suspicious = /url|image|src|element|expression|[\\@<]/i;
const localUrl = /url\(\s*(["']?)#[^"'()\\\s<>]+\1\s*\)/gi;

/**
 * A tag's attributes in canonical form: allowed ones only, checked, escaped, double-quoted, in their order.
 *
 * @returns `""` or ` name="value" …`.
 */
export function writeAttributes(tag: StartTag, namespace: Namespace, tally: Tally): string {
  const values = new Map<string, string>();
  for (const { name, value } of tag.attributes) {
    const allowed = findAllowed(tag.name, name, namespace);
    if (allowed === undefined) {
      if (!silent.has(name)) tally.add(ruleForRemoved(name));
      continue;
    }
    if (values.has(allowed.name)) continue;
    const checked = check(value, allowed.kind, tally);
    if (checked !== undefined) values.set(allowed.name, checked);
  }
  finishTag(tag, namespace, values, tally);
  let written = "";
  for (const [name, value] of values) written += ` ${name}="${escapeAttribute(value)}"`;
  return written;
}

function findAllowed(element: string, name: string, namespace: Namespace): AllowedAttribute | undefined {
  if (namespace === "html") return htmlAttribute(element, name);
  return namespace === "svg" ? svgAttribute(element, name) : mathAttribute(name);
}

function ruleForRemoved(name: string): string {
  if (name.startsWith("on")) return "attribute:handler";
  if (name === "action" || name === "formaction") return "form:action";
  return "attribute:other";
}

function check(value: string, kind: AttributeKind, tally: Tally): string | undefined {
  switch (kind) {
    case "text":
      return value;
    case "flag":
      return "";
    case "id":
      return keepIf(!isClobbering(value), value, "attribute:clobbering", tally);
    case "style":
      return filterDeclarations(value, tally) || undefined;
    case "link":
    case "image":
    case "media":
    case "fragment":
      return checkedUrl(value, kind, tally);
    case "srcset":
      return filterSrcset(value, (rule) => tally.add(rule)) || undefined;
    case "paint":
      return keepIf(!suspicious.test(value.replace(localUrl, "")), value, "attribute:value", tally);
    case "command":
      return keepIf(commands.test(value), value, "attribute:value", tally);
    case "animated":
      return keepIf(isAnimatable(value), value, "attribute:animation", tally);
    case "schema":
      return keepIf(/^\s*https?:\/\//i.test(value), value, "attribute:value", tally);
    default:
      return keepIf(kind.includes(value.toLowerCase()), value.toLowerCase(), "attribute:value", tally);
  }
}

function checkedUrl(value: string, use: UrlUse, tally: Tally): string | undefined {
  const checked = checkUrl(value, use);
  if ("url" in checked) return checked.url;
  tally.add(checked.rule);
  return undefined;
}

function keepIf(isAllowed: boolean, value: string, rule: string, tally: Tally): string | undefined {
  if (isAllowed) return value;
  tally.add(rule);
  return undefined;
}
