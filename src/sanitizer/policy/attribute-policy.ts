import { filterDeclarations } from "../css/filter.ts";
import { escapeAttribute } from "../escape.ts";
import type { Tally } from "../report.ts";
import type { Namespace } from "../tree/element.ts";
import type { StartTag } from "../tree/start-tag.ts";
import { type AttributeKind, attributesOf, findAttribute, isAnimatable } from "../vocabulary/attributes.ts";
import { AttributeValues } from "./attribute-values.ts";
import { finishTag, needsFinishing } from "./finish-tag.ts";
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
  const values = needsFinishing(tag.name, namespace) ? new AttributeValues() : undefined;
  const table = attributesOf(namespace, tag.name);
  let written = "";
  for (const { name, value } of tag.attributes) {
    // The two spellings of SVG's address: the newer one counts, and it is the one we write.
    const isOldHref = namespace === "svg" && name === "xlink:href";
    if (isOldHref && tag.attributes.some((other) => other.name === "href")) continue;
    const allowed = findAttribute(table, isOldHref ? "href" : name);
    if (allowed === undefined) {
      if (!silent.has(name)) tally.add(ruleForRemoved(name));
      continue;
    }
    const checked = check(value, allowed.kind, tally);
    if (checked === undefined) continue;
    if (values) values.set(allowed.name, checked);
    else written += `${allowed.opening}${escapeAttribute(checked)}"`;
  }
  if (values === undefined) return written;
  finishTag(tag, values, tally);
  return values.write();
}

function ruleForRemoved(name: string): string {
  if (name.startsWith("on")) return "attribute:handler";
  if (name === "action" || name === "formaction") return "form:action";
  return "attribute:other";
}

function check(value: string, kind: AttributeKind, tally: Tally): string | undefined {
  switch (kind) {
    case "text":
    case "identity":
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
