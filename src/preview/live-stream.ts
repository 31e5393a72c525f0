import { sanitize } from "../sanitizer/sanitize.ts";
import type { SiteNews, SiteWatch } from "./site-watch.ts";
import type { Tail } from "./tail.ts";

/** A viewer takes at most this much at a time; only that much waits for one that is slow. */
const maxPieceBytes = 64 * 1024;
/** Pages larger than this are closed without looking at them. */
const maxClosedBytes = 1024 * 1024;
const maxWatchMs = 15 * 60_000;
/** Before the server cuts off who gets nothing for so long, it is said in words. */
const maxSilenceMs = 75_000;

/**
 * The body of an answer that grows with the page, and ends with it. A page that ends otherwise than it was published
 * gets a line at its lower edge that says so: there is no script to replace it.
 *
 * @param home Relative address of the site, for the link in that line.
 * @param visitor Aborts when the viewer is gone, which may be before the first byte is asked for.
 * @param onLeave Called once, when the viewer is done or gone.
 */
export function createLiveStream(
  watch: SiteWatch,
  home: string,
  visitor: AbortSignal,
  onLeave: () => void,
): ReadableStream<Uint8Array> {
  const startedAt = Date.now();
  let sentAt = startedAt;
  let page: Tail | undefined;
  let sent = 0;
  let left = false;
  const leave = () => {
    if (!left) onLeave();
    left = true;
  };
  visitor.addEventListener("abort", leave);

  /** What comes next, if it is there; a string is the last. */
  const take = (): Uint8Array | string | undefined => {
    const latest = watch.page;
    // A worker that takes over from one that died may write the very same page again.
    if (latest && latest !== page) {
      if (page && !agree(page, latest, sent)) return notice("restarted", page, sent, home);
      if (latest.length >= sent) page = latest;
    }
    if (page && page === latest && page.length > sent) {
      const piece = page.bytes.subarray(sent, Math.min(page.length, sent + maxPieceBytes));
      sent += piece.length;
      sentAt = Date.now();
      return piece;
    }
    const isTooLong = Date.now() - startedAt > maxWatchMs || Date.now() - sentAt > maxSilenceMs;
    const ending = findEnding(watch.news, page) ?? (isTooLong ? "lost" : undefined);
    return ending && (ending === "same" ? "" : notice(ending, page, sent, home));
  };

  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        let piece = take();
        while (piece === undefined && !left) {
          await watch.changed();
          piece = take();
        }
        if (left) return;
        if (piece instanceof Uint8Array) return controller.enqueue(piece);
        if (piece) controller.enqueue(new TextEncoder().encode(piece));
        controller.close();
        leave();
      },
      cancel: leave,
    },
    { highWaterMark: 0 },
  );
}

/** Whether both begin alike, as far as `sent` and as far as there is something to compare. */
function agree(old: Tail, latest: Tail, sent: number): boolean {
  const length = Math.min(sent, latest.length);
  return Buffer.compare(old.bytes.subarray(0, length), latest.bytes.subarray(0, length)) === 0;
}

type Ending = keyof typeof notices;

const notices = {
  finished: ["The page is finished, and looks a little different.", "Show it"],
  restarted: ["The page is being written anew.", "Watch"],
  failed: ["The page could not be finished.", "Look again"],
  gone: ["This page was removed.", ""],
  lost: ["The view of this page was interrupted.", "Look again"],
} as const;

/** `same`: what was seen is what was published. Undefined: there is more to come. */
function findEnding(news: SiteNews, page: Tail | undefined): Ending | "same" | undefined {
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

function notice(ending: Ending, page: Tail | undefined, sent: number, home: string): string {
  const [text, link] = notices[ending];
  const reset = "all:initial!important;font:16px/1.5 system-ui,sans-serif!important;color:#fff!important";
  const bar = `${reset};position:fixed!important;inset:auto 0 0!important;z-index:2147483647!important;padding:.75em 1em!important;background:#1c1c1e!important;text-align:center!important`;
  const anchor = link && ` <a href="${home}" style="${reset};text-decoration:underline!important">${link}</a>`;
  return `${closeOpenElements(page, sent)}<aside role="status" style="${bar}">${text}${anchor}</aside>`;
}

/** What ends every element that is still open, wherever the page was cut: the sanitizer knows. */
function closeOpenElements(page: Tail | undefined, sent: number): string {
  if (!page || sent > maxClosedBytes) return "</style></title></textarea></select></svg></math></table>";
  const partial = new TextDecoder().decode(page.bytes.subarray(0, sent));
  const { html } = sanitize(partial);
  return html.startsWith(partial) ? html.slice(partial.length) : "";
}
