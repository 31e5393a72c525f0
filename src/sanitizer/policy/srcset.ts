import { checkUrl } from "./urls.ts";

const descriptor = /^\s*(?:\d+w|\d*\.?\d+(?:e[+-]?\d+)?x)?\s*$/i;

/**
 * Keeps the candidates of a `srcset` (or `imagesrcset`) whose URLs are allowed, read as browsers do: a URL runs to the
 * next white space, a comma at its end separates.
 *
 * @param onForbidden Called with the rule for each candidate that goes.
 */
export function filterSrcset(value: string, onForbidden: (rule: string) => void): string {
  const kept: string[] = [];
  let rest = value;
  for (;;) {
    rest = rest.replace(/^[\s,]+/, "");
    if (rest === "") return kept.join(", ");
    const token = /^\S+/.exec(rest)?.[0] ?? "";
    rest = rest.slice(token.length);
    let size = "";
    const raw = token.replace(/,+$/, "");
    if (raw === token) {
      const end = rest.indexOf(",");
      size = end < 0 ? rest : rest.slice(0, end);
      rest = end < 0 ? "" : rest.slice(end + 1);
    }
    const checked = checkUrl(raw, "image");
    if ("rule" in checked) onForbidden(checked.rule);
    else if (descriptor.test(size)) kept.push(`${checked.url} ${size.trim()}`.trim());
    else onForbidden("attribute:value");
  }
}
