import { checkUrl } from "./urls.ts";

const separators = /[\s,]*/y;
const token = /\S+/y;
const descriptor = /^(?:\d+w|(?:\d+(?:\.\d+)?|\.\d+)(?:e[+-]?\d+)?x)?$/i;
/** No picture needs more digits, and a longer descriptor would be looked at again and again. */
const maxDescriptorChars = 32;

/**
 * Keeps the candidates of a `srcset` (or `imagesrcset`) whose URLs are allowed, read as browsers do: a URL runs to the
 * next white space, a comma at its end separates.
 *
 * @param onForbidden Called with the rule for each candidate that goes.
 */
export function filterSrcset(value: string, onForbidden: (rule: string) => void): string {
  const kept: string[] = [];
  let index = 0;
  for (;;) {
    index = endOf(separators, value, index);
    if (index >= value.length) return kept.join(", ");
    const end = endOf(token, value, index);
    const urlEnd = withoutCommas(value, end);
    const url = value.slice(index, urlEnd);
    let size = "";
    index = end;
    if (urlEnd === end) {
      const comma = value.indexOf(",", end);
      index = comma < 0 ? value.length : comma + 1;
      size = value.slice(end, comma < 0 ? value.length : comma).trim();
    }
    const checked = checkUrl(url, "image");
    if ("rule" in checked) onForbidden(checked.rule);
    else if (size.length <= maxDescriptorChars && descriptor.test(size)) kept.push(`${checked.url} ${size}`.trim());
    else onForbidden("attribute:value");
  }
}

function endOf(pattern: RegExp, text: string, start: number): number {
  pattern.lastIndex = start;
  return pattern.test(text) ? pattern.lastIndex : start;
}

/** Where the commas begin that end here. */
function withoutCommas(text: string, end: number): number {
  let index = end;
  while (text.charCodeAt(index - 1) === 0x2c) index--;
  return index;
}
