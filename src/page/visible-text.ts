const escapes: Record<string, string> = { "&lt;": "<", "&gt;": ">", "&quot;": '"', "&amp;": "&", "&nbsp;": " " };

/** What a piece of a published page says, on one line. */
export function visibleText(source: string): string {
  return source
    .replace(/<style[\s\S]*?<\/style>|<[^<>]*>/g, " ")
    .replace(/&(?:lt|gt|quot|amp|nbsp);/g, (escaped) => escapes[escaped] ?? escaped)
    .replace(/\s+/gu, " ")
    .trim();
}
