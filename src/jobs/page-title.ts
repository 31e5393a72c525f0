/** Longest title kept, in UTF-16 units. */
const maxLength = 200;

/** Controls, and the marks that turn the direction of what follows: a title is shown in terminals and chats. */
const unprintable = /[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu;

/** What the sanitizer escapes in text, and nothing else. */
const escapes: Record<string, string> = { "&lt;": "<", "&gt;": ">", "&quot;": '"', "&amp;": "&" };

/** Title of a sanitized page, as text. Our own output has one form of `<title>`, so looking for it is enough. */
export function pageTitle(html: string): string {
  const title = /<title>([^<]*)<\/title>/.exec(html)?.[1] ?? "";
  const text = title.replace(/&(?:lt|gt|quot|amp);/g, (escaped) => escapes[escaped] ?? escaped);
  return (
    text.replace(/\s+/g, " ").replace(unprintable, "").trim().slice(0, maxLength).toWellFormed() || "Untitled page"
  );
}
