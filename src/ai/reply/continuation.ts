/** Models repeat the last lines, hardly more; what is longer than this is not an overlap but a new start. */
const longestOverlap = 500;
/** Shorter matches happen by chance. */
const shortestOverlap = 8;
const restart = /^\s*(?:```\w*\s*)?<(?:!doctype\s|html[\s>])/i;
const reopenedFence = /^\s*```\w*[ \t]*\n/;

export interface ContinuationJoint {
  write(text: string): void;
  end(): void;
  /** The model started over instead of going on; nothing of it was written. */
  readonly restarted: boolean;
}

/**
 * Joins the rest of a reply to the part that was cut off: takes away a reopened code fence and what is said twice.
 * Waits for the first 500 characters, then passes everything on as it comes.
 *
 * @param partial What was received before.
 */
export function createContinuationJoint(partial: string, write: (text: string) => void): ContinuationJoint {
  let held: string | undefined = "";
  let restarted = false;

  const join = () => {
    if (held === undefined) return;
    const text = held.replace(reopenedFence, "");
    held = undefined;
    restarted = restart.test(text);
    if (!restarted) write(text.slice(overlap(partial, text)));
  };

  return {
    write(text) {
      if (restarted) return;
      if (held === undefined) return write(text);
      held += text;
      if (held.length >= longestOverlap + 50) join();
    },
    end: join,
    get restarted() {
      return restarted;
    },
  };
}

/** Length of the longest beginning of `next` that `previous` ends with. */
function overlap(previous: string, next: string): number {
  const most = Math.min(longestOverlap, previous.length, next.length);
  for (let length = most; length >= shortestOverlap; length--) {
    if (previous.endsWith(next.slice(0, length))) return length;
  }
  return 0;
}
