import { exportRevision } from "../bundles/export-revision.ts";
import { zipFiles } from "../bundles/zip-files.ts";
import { NotFoundError } from "../errors.ts";
import type { SiteId } from "../ids.ts";
import type { ExportSite } from "../telegram/telegram-notifier.ts";

/** Packs published revisions for sending: as one page that needs nothing else, where that is asked for, or as a ZIP. */
export function createExportSite(previewsPath: string): ExportSite {
  return async (siteId, revision, format) => {
    try {
      const { files } = await exportRevision(previewsPath, siteId, { revision, singleFile: format === "file" });
      const [only] = files;
      if (format === "file" && only !== undefined && files.size === 1) return { name: only[0], bytes: only[1] };
      return { name: nameOf(siteId, revision), bytes: await zipFiles(files) };
    } catch (error) {
      if (error instanceof NotFoundError) return undefined;
      throw error;
    }
  };
}

/** Without the whole id: a file is passed on more lightly than a link. */
function nameOf(siteId: SiteId, revision: number): string {
  return `page-${siteId.slice(0, 6)}-r${revision}.zip`;
}
