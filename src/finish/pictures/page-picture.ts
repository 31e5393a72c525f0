/** A picture that the person sent, ready for a page: upright, re-encoded, without metadata. */
export interface PagePicture {
  /** What it shows, in the language of the page; `""` if nobody knows. */
  alt: string;
  /** The same picture in several sizes, largest first. */
  variants: readonly { width: number; height: number /** WebP. */; bytes: Uint8Array }[];
}

/** Where the picture's file of one width is in the bundle. `number` counts from 1. */
export function picturePath(number: number, width: number): string {
  return `assets/picture-${number}-${width}.webp`;
}

/** Its number is the first group. */
export const picturePattern = /^assets\/picture-(\d{1,6})-\d+\.webp$/;

/** The highest number of a picture among the files of a bundle; 0 if there is none. */
export function lastPictureNumber(paths: Iterable<string>): number {
  let last = 0;
  for (const path of paths) last = Math.max(last, Number(picturePattern.exec(path)?.[1] ?? 0));
  return last;
}
