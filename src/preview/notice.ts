import type { NoticeName, PreviewWords } from "./words/words.ts";

/** These are looked at again where they are; all others lead home. */
const stays: ReadonlySet<NoticeName> = new Set(["restarted", "lost"]);

/** What a notice needs to know of its reader. */
export interface Reader {
  /** Relative address of the site. */
  home: string;
  words: PreviewWords;
}

/**
 * A line at the lower edge of a page that is being watched, over the one before: there is no script to change either.
 * All elements of the page must be closed.
 */
export function writeNotice(name: NoticeName, { home, words: { language, notices } }: Reader): string {
  const [text, link] = notices[name];
  const reset = `all:initial!important;font:16px/1.5 system-ui,sans-serif!important;color:#fff!important`;
  const direction = language === "ar" ? "direction:rtl!important;" : "";
  const bar = `${reset};${direction}position:fixed!important;inset:auto 0 0!important;z-index:2147483647!important;padding:.75em 1em!important;background:#1c1c1e!important;text-align:center!important`;
  const href = stays.has(name) ? "" : home;
  const anchor = link && ` <a href="${href}" style="${reset};text-decoration:underline!important">${link}</a>`;
  return `<aside role="status" lang="${language}" style="${bar}">${text}${anchor}</aside>`;
}
