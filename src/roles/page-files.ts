import { readRegularFile } from "../bundles/read-regular-file.ts";
import { thumbnailPath } from "../finish/head-pass.ts";
import type { PageFiles } from "../telegram/telegram-notifier.ts";
import { createExportSite } from "./export-site.ts";

/** What Telegram takes as a photo. */
const maxPictureBytes = 10_000_000;

/** What a process that has the published files can send besides words. */
export function createPageFiles(previewsPath: string): PageFiles {
  return {
    exportSite: createExportSite(previewsPath),
    // There is none where no browser took one, nor once the page is gone.
    findPicture: (siteId, revision) =>
      readRegularFile(previewsPath, `${siteId}/r${revision}/${thumbnailPath}`, maxPictureBytes).catch(() => undefined),
  };
}
