/** A picture ready for a page: upright, without metadata, in several sizes. */
export interface Picture {
  /** Largest first. The largest is at most 1600 pixels wide or high. */
  variants: readonly PictureVariant[];
}

export interface PictureVariant {
  width: number;
  height: number;
  /** WebP. */
  bytes: Uint8Array;
}

/** Why there is no picture: it is more than we read, is none that we can read, or could not be had. */
export type PictureProblem = "too_large" | "unreadable" | "unavailable";

export class PictureError extends Error {
  override readonly name = "PictureError";
  readonly problem: PictureProblem;

  constructor(problem: PictureProblem, options?: ErrorOptions) {
    super(`picture is ${problem.replace("_", " ")}`, options);
    this.problem = problem;
  }
}

/** Largest file that is read; the Bot API hands out no larger one. */
export const maxPictureBytes = 20 * 1024 * 1024;

/** Pixels of the largest picture that is decoded: a phone's 48 megapixels, and a little. */
export const maxPixels = 50_000_000;
