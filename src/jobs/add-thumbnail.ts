import type { BundleFiles } from "../bundles/write-bundle.ts";
import { thumbnailPath } from "../finish/head-pass.ts";
import type { SiteId } from "../ids.ts";
import type { Thumbnailer } from "../thumbnail/create-thumbnailer.ts";
import { drawPlainPicture } from "../thumbnail/plain-picture.ts";

/** What takes pictures of pages, if anything does, and where the pages are found. */
export interface ThumbnailSource {
  takeThumbnail?: Thumbnailer | undefined;
  previewUrl(siteId: SiteId): string;
}

/** The address that a page's head gives for the picture of itself. */
export function pictureUrlOf({ takeThumbnail, previewUrl }: ThumbnailSource, siteId: SiteId): string | undefined {
  return takeThumbnail && previewUrl(siteId) + thumbnailPath;
}

/**
 * The files of a revision with a picture of its first page. The page's head has named that picture before it could be
 * taken, so there is always one: where the browser fails, one in the page's own colour.
 *
 * @param take Nothing where there is no browser; then there is no picture, and no page names one.
 */
export async function addThumbnail(files: BundleFiles, take: Thumbnailer | undefined): Promise<BundleFiles> {
  const html = files.get("index.html");
  if (take === undefined || typeof html !== "string") return files;
  const assets = new Map<string, Uint8Array>();
  for (const [path, content] of files) if (typeof content !== "string") assets.set(path, content);
  const picture = (await take({ html, files: assets })) ?? drawPlainPicture(colorOf(html));
  return new Map([...files, [thumbnailPath, picture]]);
}

/** The page's theme colour, where it says one we can read. */
function colorOf(html: string): string {
  return /<meta name="theme-color" content="(#[\da-f]{6})"/i.exec(html)?.[1] ?? "#e8e4dc";
}
