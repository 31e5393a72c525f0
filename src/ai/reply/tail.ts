import { isReasoningName } from "./preamble.ts";

/** What a reply holds from the end tag of its page on. */
export interface Tail {
  /** The part that belongs to the page: its end tags, and markup that stands before a later `</html>`. */
  page: string;
  /** Everything after it: the end of a fence, prose, tool tags, other files, the page once more. */
  rest: string;
}

const nextHtmlEnd = /<\/html\s*>/gi;
const nextPage = /<(?:!doctype\s|html[\s>])/i;

/**
 * Divides the text that begins with `</body>` or `</html>`. Models close a page and go on writing it, so it reaches to
 * the last `</html>`, as long as what lies between is markup: prose may mention `</html>` too.
 */
export function splitTail(text: string): Tail {
  const another = text.search(nextPage);
  const limit = another < 0 ? text.length : another;
  let end = /^<[^>]*>/.exec(text)?.[0].length ?? 0;
  for (const match of text.slice(0, limit).matchAll(nextHtmlEnd)) {
    if (match.index < end) continue;
    if (!isMarkup(text.slice(end, match.index))) break;
    end = match.index + match[0].length;
  }
  return { page: text.slice(0, end), rest: text.slice(end) };
}

function isMarkup(text: string): boolean {
  const first = text.trimStart();
  if (first === "" || first.startsWith("<!--")) return true;
  const name = /^<\/?\s*([a-z][\w:-]*)/i.exec(first)?.[1];
  return name !== undefined && !isReasoningName(name.toLowerCase());
}

/** What follows a stray end of reasoning, if a page begins there: the page before it was a draft. */
export function afterStrayReasoning(rest: string): string | undefined {
  for (const match of rest.matchAll(/<\/\s*([\w:-]+)\s*>/g)) {
    if (!isReasoningName((match[1] ?? "").toLowerCase())) continue;
    const after = rest.slice(match.index + match[0].length);
    return nextPage.test(after) ? after : undefined;
  }
  return undefined;
}

const cssFile = /```css\b[^\n]*\n|<[a-z][\w-]*\s[^<>]*\.css["'][^<>]*>/i;

/** The stylesheet that came as a file of its own after the page, in a fence or a file tag. */
export function stylesheetIn(rest: string): string | undefined {
  const start = cssFile.exec(rest);
  if (start === null) return undefined;
  const after = rest.slice(start.index + start[0].length);
  const end = after.search(/```|<\//);
  const css = (end < 0 ? after : after.slice(0, end)).trim();
  return css.includes("{") ? css : undefined;
}
