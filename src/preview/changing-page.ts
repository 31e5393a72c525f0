import { maxPieceBytes, type Show } from "./live-stream.ts";
import { type Reader, writeNotice } from "./notice.ts";
import type { SiteNews, SiteWatch } from "./site-watch.ts";
import type { NoticeName } from "./words/words.ts";

/** The last word on a change. */
const final: ReadonlySet<NoticeName> = new Set(["changed", "notChanged", "restarted", "gone", "lost"]);

/**
 * A published page while it is being changed: nothing of it grows, so it is shown as it is, with a line at its lower edge
 * that says what becomes of the change, and at the end leads to it.
 *
 * @param published The whole page.
 */
export function showChanging(watch: SiteWatch, published: Uint8Array, reader: Reader): Show {
  let sent = 0;
  let said: NoticeName | undefined;
  return (isLate) => {
    if (sent < published.length) {
      const piece = published.subarray(sent, sent + maxPieceBytes);
      sent += piece.length;
      return piece;
    }
    const isRewritten = watch.news.state === "writing" && (watch.page?.length ?? 0) > 0;
    const name = isLate ? "lost" : isRewritten ? "restarted" : describe(watch.news);
    if (final.has(name)) return writeNotice(name, reader);
    if (name === said) return undefined;
    said = name;
    return new TextEncoder().encode(writeNotice(name, reader));
  };
}

function describe(news: SiteNews): NoticeName {
  switch (news.state) {
    case "queued":
    case "retrying":
      return "changeWaits";
    case "writing":
      return "changing";
    case "published":
      return "changed";
    case "failed":
    case "cancelled":
      return "notChanged";
    case "gone":
    case "lost":
      return news.state;
  }
}
