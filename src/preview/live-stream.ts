import type { SiteWatch } from "./site-watch.ts";

/** A viewer takes at most this much at a time; only that much waits for one that is slow. */
export const maxPieceBytes = 64 * 1024;
const maxWatchMs = 15 * 60_000;
/** Before the server cuts off who gets nothing for so long, it is said in words. */
const maxSilenceMs = 75_000;

/**
 * What an answer that grows says next: a piece, a string as the last one, nothing while there is nothing to say.
 *
 * @param isLate Whether it has to come to an end now.
 */
export type Show = (isLate: boolean) => Uint8Array | string | undefined;

/**
 * The body of an answer that grows, and ends when `show` does.
 *
 * @param visitor Aborts when the viewer is gone, which may be before the first byte is asked for.
 * @param onLeave Called once, when the viewer is done or gone.
 */
export function createLiveStream(
  watch: SiteWatch,
  show: Show,
  visitor: AbortSignal,
  onLeave: () => void,
): ReadableStream<Uint8Array> {
  const startedAt = Date.now();
  let sentAt = startedAt;
  let left = false;
  const leave = () => {
    if (!left) onLeave();
    left = true;
  };
  visitor.addEventListener("abort", leave);
  const take = () => show(Date.now() - startedAt > maxWatchMs || Date.now() - sentAt > maxSilenceMs);

  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        let piece = take();
        while (piece === undefined && !left) {
          await watch.changed();
          piece = take();
        }
        if (left) return;
        sentAt = Date.now();
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
