import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { zipSync } from "fflate";
import { exportRevision } from "../bundles/export-revision.ts";
import { NotFoundError } from "../errors.ts";
import type { SiteId } from "../ids.ts";
import type { ExportSite } from "../telegram/telegram-notifier.ts";

/** Packs published revisions for sending: a page that consists of one file as that file, where it is asked for. */
export function createExportSite(previewsPath: string): ExportSite {
  return async (siteId, revision, format) => {
    const directory = await mkdtemp(join(tmpdir(), "orchestrator-export-"));
    try {
      const paths = await exportRevision(previewsPath, siteId, revision, directory);
      const [only] = paths;
      if (format === "file" && only !== undefined && paths.length === 1) {
        return { name: only, bytes: await readFile(join(directory, only)) };
      }
      const files: Record<string, Uint8Array> = {};
      for (const path of paths) files[path] = await readFile(join(directory, path));
      return { name: nameOf(siteId, revision), bytes: zipSync(files) };
    } catch (error) {
      if (error instanceof NotFoundError) return undefined;
      throw error;
    } finally {
      await rm(directory, { recursive: true, force: true });
    }
  };
}

/** Without the whole id: a file is passed on more lightly than a link. */
function nameOf(siteId: SiteId, revision: number): string {
  return `page-${siteId.slice(0, 6)}-r${revision}.zip`;
}
