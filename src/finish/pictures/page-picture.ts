/** A picture that the person sent, ready for a page: upright, re-encoded, without metadata. */
export interface PagePicture {
  /** What it shows, in the language of the page; `""` if nobody knows. */
  alt: string;
  /** The same picture in several sizes, largest first. */
  variants: readonly { width: number; height: number /** WebP. */; bytes: Uint8Array }[];
}

/** Where the picture's file of one width is in the bundle. `index` counts from 1. */
export function picturePath(index: number, width: number): string {
  return `assets/picture-${index}-${width}.webp`;
}
