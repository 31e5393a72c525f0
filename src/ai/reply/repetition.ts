const windowLength = 16 * 1024;
const stepLength = 4 * 1024;
const fewestRepeats = 4;

export interface RepetitionDetector {
  /** The same text in pieces; after each, `looped` may have changed. Where they end does not depend on the chunks. */
  pieces(text: string): Iterable<string>;
  readonly looped: boolean;
}

/**
 * Notices that a model repeats itself until its limit, while there is still money to save: the last 16 KB are one
 * passage of at most 4 KB, over and over, to the letter. Real pages do not do that, long tables and drawings included.
 */
export function createRepetitionDetector(): RepetitionDetector {
  let window = "";
  let step = "";
  let looped = false;
  return {
    *pieces(text) {
      for (let at = 0; at < text.length; ) {
        const piece = text.slice(at, at + stepLength - step.length);
        at += piece.length;
        step += piece;
        if (step.length === stepLength) {
          window = (window + step).slice(-windowLength);
          step = "";
          looped ||= window.length === windowLength && shortestPeriod(window) <= windowLength / fewestRepeats;
        }
        yield piece;
      }
    },
    get looped() {
      return looped;
    },
  };
}

/** The least `p` with `text[i] === text[i + p]` throughout, by the border table of Knuth, Morris and Pratt. */
function shortestPeriod(text: string): number {
  const border = new Int32Array(text.length);
  let length = 0;
  for (let at = 1; at < text.length; at++) {
    while (length > 0 && text.charCodeAt(at) !== text.charCodeAt(length)) length = border[length - 1] ?? 0;
    if (text.charCodeAt(at) === text.charCodeAt(length)) length++;
    border[at] = length;
  }
  return text.length - length;
}
