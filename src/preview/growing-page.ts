import { sanitize } from "../sanitizer/sanitize.ts";
import { maxPieceBytes, type Show } from "./live-stream.ts";
import { type Reader, writeNotice } from "./notice.ts";
import type { SiteNews, SiteWatch } from "./site-watch.ts";
import type { Tail } from "./tail.ts";
import type { NoticeName } from "./words/words.ts";

/** Pages larger than this are closed without looking at them. */
const maxClosedBytes = 1024 * 1024;

/** A page as it is written. One that ends otherwise than it was published gets a line at its lower edge that says so. */
export function showGrowing(watch: SiteWatch, reader: Reader): Show {
  let page: Tail | undefined;
  let sent = 0;
  const end = (name: NoticeName) => closeOpenElements(page, sent) + writeNotice(name, reader);
  return (isLate) => {
    const latest = watch.page;
    // A worker that takes over from one that died may write the very same page again.
    if (latest && latest !== page) {
      if (page && !agree(page, latest, sent)) return end("restarted");
      if (latest.length >= sent) page = latest;
    }
    if (page && page === latest && page.length > sent) {
      const piece = page.bytes.subarray(sent, Math.min(page.length, sent + maxPieceBytes));
      sent += piece.length;
      return piece;
    }
    const ending = findEnding(watch.news, page) ?? (isLate ? "lost" : undefined);
    return ending && (ending === "same" ? "" : end(ending));
  };
}

/** Whether both begin alike, as far as `sent` and as far as there is something to compare. */
function agree(old: Tail, latest: Tail, sent: number): boolean {
  const length = Math.min(sent, latest.length);
  return Buffer.compare(old.bytes.subarray(0, length), latest.bytes.subarray(0, length)) === 0;
}

/** `same`: what was seen is what was published. Undefined: there is more to come. */
function findEnding(news: SiteNews, page: Tail | undefined): NoticeName | "same" | undefined {
  switch (news.state) {
    case "published":
      return page && hash(page) === news.sha256 ? "same" : "finished";
    case "queued":
    case "retrying":
      return "restarted";
    case "failed":
    case "cancelled":
      return "failed";
    case "gone":
    case "lost":
      return news.state;
    case "writing":
      return undefined;
  }
}

function hash({ bytes, length }: Tail): string {
  return new Bun.CryptoHasher("sha256").update(bytes.subarray(0, length)).digest("hex");
}

/** What ends every element that is still open, wherever the page was cut: the sanitizer knows. */
function closeOpenElements(page: Tail | undefined, sent: number): string {
  if (!page || sent > maxClosedBytes) return "</style></title></textarea></select></svg></math></table>";
  const partial = new TextDecoder().decode(page.bytes.subarray(0, sent));
  const { html } = sanitize(partial);
  return html.startsWith(partial) ? html.slice(partial.length) : "";
}
