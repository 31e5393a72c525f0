import { type ContentEncoding, contentEncodings } from "../bundles/content-encoding.ts";

export type Coding = ContentEncoding | "identity";

const ours: readonly Coding[] = [...contentEncodings, "identity"];
const maxRemembered = 256;
const maxHeaderLength = 256;
const remembered = new Map<string, readonly Coding[]>();

/**
 * The codings a client takes, the one it likes best first; among equals, our smallest first. Ends
 * with `identity` unless the client forbids it.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9110#section-12.5.3
 */
export function parseAcceptEncoding(header: string | null): readonly Coding[] {
  if (header === null || header.length > maxHeaderLength) return ["identity"];
  const known = remembered.get(header);
  if (known) return known;
  const codings = parse(header);
  // Browsers send a handful of values; whoever sends more is not worth remembering.
  if (remembered.size < maxRemembered) remembered.set(header, codings);
  return codings;
}

function parse(header: string): readonly Coding[] {
  const weights = new Map<string, number>();
  for (const item of header.toLowerCase().split(",")) {
    const [name = "", ...parameters] = item.split(";").map((part) => part.trim());
    const q = parameters.find((parameter) => parameter.startsWith("q="));
    if (name !== "") weights.set(name === "x-gzip" ? "gzip" : name, q === undefined ? 1 : parseWeight(q.slice(2)));
  }
  const rest = weights.get("*");
  // Identity is acceptable unless named or starred away, and is the last choice unless named.
  const weigh = (coding: Coding) => weights.get(coding) ?? rest ?? (coding === "identity" ? 0.0001 : 0);
  return ours.filter((coding) => weigh(coding) > 0).sort((a, b) => weigh(b) - weigh(a));
}

function parseWeight(text: string): number {
  return /^(?:0(?:\.\d{0,3})?|1(?:\.0{0,3})?)$/.test(text) ? Number(text) : 0;
}
