import { OutputError } from "../../errors.ts";
import { isElidingComment, isElidingText } from "./elision.ts";
import type { HtmlToken } from "./html-tokenizer.ts";
import { isRefusal } from "./refusal.ts";
import { unescapeHtml } from "./salvage.ts";

/** Watches a page go by and judges it at its end. */
export interface PageCheck {
  /** @throws {OutputError} `elided`, at the remark that says something was left out. */
  see(token: HtmlToken): void;
  /** Everything opened in the body so far is closed again: text that comes now is probably not of the page. */
  readonly complete: boolean;
  readonly styled: boolean;
  /** Contents of `<title>`, on one line. */
  readonly title: string | undefined;
  /** @throws {OutputError} When the page is not whole or shows nothing. */
  end(ending: PageEnding): void;
}

interface PageEnding {
  /** The page ended with `</body>` or `</html>`. */
  closed: boolean;
  /** What was begun and not finished. */
  unfinished: string;
}

const voidElements = new Set("area base br col embed hr img input link meta param source track wbr".split(" "));
/** Elements whose end tag may be left out, so that one still open at the end proves nothing. */
const optionalEnds = new Set(
  "html head body p li dt dd rt rp option optgroup tr td th thead tbody tfoot colgroup caption".split(" "),
);
const frame = new Set(["html", "head", "body"]);
const headElements = new Set(["title", "style", "script", "noscript"]);
/** Far above any page, and a bound on the search for the element that an end tag closes. */
const deepestSearch = 512;
/** The fewest letters and digits that a page shows. Low, because a page may be asked to say just "Hi". */
const fewestVisible = 2;
/** A page that says no more than this may be a refusal in page form. */
const shortPage = 250;
const longestKept = 4096;

export function createPageCheck(): PageCheck {
  const open: string[] = [];
  /** How many of these are content, not `frame`. */
  let inner = 0;
  let closedAny = false;
  let styled = false;
  let visible = 0;
  let shown = "";
  let text = "";
  let raw = "";
  let title: string | undefined;

  const endText = () => {
    if (isElidingText(text)) throw elided();
    if (shown.length < longestKept) shown += `${text} `;
    text = "";
  };

  const endRaw = (name: string) => {
    if (name === "title" && title === undefined && !open.slice(-deepestSearch).includes("svg"))
      title = unescapeHtml(raw).replace(/\s+/gu, " ").trim().slice(0, 200) || undefined;
    if (name === "style") {
      styled = true;
      for (const comment of cssComments(raw)) if (isElidingComment(comment)) throw elided();
    }
    raw = "";
  };

  const openElement = (name: string) => {
    open.push(name);
    if (!frame.has(name)) inner++;
  };

  const closeElement = (name: string) => {
    const lowest = Math.max(open.length - deepestSearch, 0);
    let at = open.length - 1;
    while (at >= lowest && open[at] !== name) at--;
    if (at < lowest) return;
    inner -= open.splice(at).filter((closed) => !frame.has(closed)).length;
    closedAny ||= !frame.has(name) && !headElements.has(name);
  };

  const seeMarkup = ({ kind, source, name, selfClosing }: HtmlToken) => {
    endText();
    if (kind === "comment" && isElidingComment(source)) throw elided();
    if (kind === "open" && !voidElements.has(name) && !selfClosing) openElement(name);
    if (kind !== "close") return;
    if (name === "style" || name === "title") endRaw(name);
    closeElement(name);
  };

  return {
    see(token) {
      if (token.kind === "raw") {
        if (token.name === "style" || token.name === "title") raw += token.source;
      } else if (token.kind === "text") {
        if (text.length < longestKept) text += token.source;
        if (visible <= shortPage) visible += token.source.match(/[\p{L}\p{N}]/gu)?.length ?? 0;
      } else seeMarkup(token);
    },
    get complete() {
      return closedAny && inner === 0;
    },
    get styled() {
      return styled;
    },
    get title() {
      return title;
    },
    end({ closed, unfinished }) {
      const lastText = text;
      endText();
      const opening = unescapeHtml(shown).trim();
      const whole = closed || (unfinished === "" && open.every((name) => optionalEnds.has(name)));
      if ((!whole && isRefusal(lastText.trim())) || (visible <= shortPage && isRefusal(opening)))
        throw new OutputError("The model refused to make this page. Word the request differently.", {
          reason: "refused",
        });
      if (!whole) throw new OutputError("The page breaks off before its end. Try again.", { reason: "truncated" });
      if (visible < fewestVisible) throw new OutputError("The page shows nothing. Try again.", { reason: "empty" });
      if (/^(?:```\w*\s*)?<(?:!doctype|html)\b/i.test(opening))
        throw new OutputError("The page shows its own source. Try again.", { reason: "no_document" });
    },
  };
}

function* cssComments(css: string): Generator<string> {
  for (let start = css.indexOf("/*"); start >= 0; ) {
    const end = css.indexOf("*/", start + 2);
    if (end < 0) return;
    yield css.slice(start, end + 2);
    start = css.indexOf("/*", end + 2);
  }
}

function elided(): OutputError {
  return new OutputError("The model left out part of the page. Try again.", { reason: "elided" });
}
