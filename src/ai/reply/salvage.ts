import { ProviderError } from "../../errors.ts";
import type { UnopenedReply } from "./preamble.ts";

export type SalvageRepair = "json_unwrapped" | "unescaped" | "reasoning_unclosed" | "fragment_accepted";

export interface Salvage {
  repair: SalvageRepair;
  /** From the start of the page on. */
  text: string;
}

/** A doctype or `<html>` with markup after it. */
const pageStart = /<(?:!doctype\s+html|html)(?:\s[^<>]*)?>\s*</gi;
const escapedStart = /&lt;(?:!doctype\s+html|html)\b/i;
const realTag = /<[a-z!/]/i;
const blockStart =
  /^[ \t]*<(?:head|body|main|header|nav|section|article|div|style|h1|h2|p|ul|ol|table|form|svg|footer)(?:\s[^<>]*)?>/im;
const mostJsonValues = 1000;

/**
 * The page in a reply in which none began as it should: inside JSON, escaped as a whole, after thinking that was never
 * closed, or without doctype and `<html>`. `undefined` when there is none.
 *
 * @throws {ProviderError} When the reply is the provider's own error, written into the stream as if it were text.
 */
export function salvage({ outside, unclosed }: UnopenedReply): Salvage | undefined {
  return fromJson(outside) ?? fromEscaped(outside) ?? fromUnclosedReasoning(unclosed) ?? fromFragment(outside);
}

function fromJson(text: string): Salvage | undefined {
  const start = text.search(/[{[]/);
  // Only a fence, or the fence's language, may stand before; what stands after is not looked at.
  if (start < 0 || !/^\s*(?:```)?\w*\s*$/.test(text.slice(0, Math.min(start, 40)))) return undefined;
  const bare = text.slice(start, Math.max(text.lastIndexOf("}"), text.lastIndexOf("]")) + 1);
  let value: unknown;
  try {
    value = JSON.parse(bare);
  } catch {
    return undefined;
  }
  const page = strings(value).find((found) => found.search(pageStart) >= 0);
  if (page !== undefined) return { repair: "json_unwrapped", text: page.slice(page.search(pageStart)) };
  if (isErrorObject(value))
    throw new ProviderError("The provider wrote an error into its reply. Try again later.", { reason: "unavailable" });
  return undefined;
}

/** Only when no real tag stands anywhere: in a page that shows code, unescaping would turn the code into markup. */
function fromEscaped(text: string): Salvage | undefined {
  const start = text.search(escapedStart);
  return start < 0 || realTag.test(text) ? undefined : { repair: "unescaped", text: unescapeHtml(text.slice(start)) };
}

/** The last start, because thinking mentions and drafts pages before it writes one. */
function fromUnclosedReasoning(text: string): Salvage | undefined {
  const starts = [...text.matchAll(pageStart)];
  const doctypes = starts.filter(([tag]) => tag.startsWith("<!"));
  const start = (doctypes.length > 0 ? doctypes : starts).at(-1)?.index;
  return start === undefined ? undefined : { repair: "reasoning_unclosed", text: text.slice(start) };
}

function fromFragment(text: string): Salvage | undefined {
  const start = text.search(blockStart);
  // An end tag of the head before the first block: the reply lost its beginning, and with it the styles.
  return start < 0 || /<\/(?:style|head)\s*>/i.test(text.slice(0, start))
    ? undefined
    : { repair: "fragment_accepted", text: text.slice(start).trimStart() };
}

function isErrorObject(value: unknown): boolean {
  return typeof value === "object" && value !== null && ("error" in value || ("ok" in value && value.ok === false));
}

function strings(root: unknown): string[] {
  const found: string[] = [];
  const queue: unknown[] = [root];
  for (let at = 0; at < queue.length && at < mostJsonValues; at++) {
    const value = queue[at];
    if (typeof value === "string") found.push(value);
    else if (typeof value === "object" && value !== null) queue.push(...Object.values(value).slice(0, mostJsonValues));
  }
  return found;
}

const entities: Record<string, string> = { lt: "<", gt: ">", quot: '"', apos: "'", "#39": "'", "#x27": "'", amp: "&" };

/** Undoes one round of escaping, in one pass, so that `&amp;lt;` becomes `&lt;` and stays text. */
export function unescapeHtml(text: string): string {
  return text.replace(
    /&(lt|gt|quot|apos|amp|#39|#x27);/gi,
    (whole, name: string) => entities[name.toLowerCase()] ?? whole,
  );
}
