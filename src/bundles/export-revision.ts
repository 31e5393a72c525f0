import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { NotFoundError, UsageError } from "../errors.ts";
import type { SiteId } from "../ids.ts";
import { inlineAssets } from "./inline-assets.ts";
import { readRevision } from "./read-revision.ts";
import { readSiteIndex } from "./site-index.ts";
import { withStorage } from "./storage.ts";
import { zipFiles } from "./zip-files.ts";

export interface ExportOptions {
  /** The current one when left out. */
  revision?: number | undefined;
  /** Each page carries its pictures, fonts and styles in itself, and there are no other files. */
  singleFile?: boolean | undefined;
}

/** Pages and assets as they are to be handed out: no manifest, no precompressed variants. */
export interface ExportedSite {
  revision: number;
  files: ReadonlyMap<string, Uint8Array>;
}

/**
 * A published revision as files that show the same without a server.
 *
 * @throws {NotFoundError} If the site is gone, or there is no such revision.
 * @throws {StorageError} If it cannot be read.
 */
export async function exportRevision(
  root: string,
  siteId: SiteId,
  { revision, singleFile = false }: ExportOptions = {},
): Promise<ExportedSite> {
  const wanted = revision ?? (await findCurrent(root, siteId));
  const { files } = await readRevision(root, siteId, wanted);
  if (!singleFile) return { revision: wanted, files };
  const pages = [...files].filter(([path]) => path.endsWith(".html"));
  const decoder = new TextDecoder();
  const encoder = new TextEncoder();
  const whole = pages.map(([path, bytes]): [string, Uint8Array] => [
    path,
    encoder.encode(inlineAssets(path, decoder.decode(bytes), files)),
  ]);
  return { revision: wanted, files: new Map(whole) };
}

/**
 * Writes exported files: a ZIP when `target` ends in `.zip`, a single page when it ends in `.html`, else a directory,
 * where files of the same name are replaced and others left alone.
 *
 * @throws {UsageError} If several files are to be one page.
 * @throws {StorageError} If they cannot be written.
 */
export async function writeExport(files: ExportedSite["files"], target: string): Promise<void> {
  await withStorage(target, async () => {
    const write = async (path: string, content: Uint8Array) => {
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, content);
    };
    if (/\.zip$/i.test(target)) return write(target, await zipFiles(files));
    if (/\.html?$/i.test(target)) {
      const [only] = files.values();
      if (only === undefined || files.size > 1)
        throw new UsageError(
          `${files.size} files cannot be one page: give a directory or a .zip, or say --single-file for a site of one page.`,
        );
      return write(target, only);
    }
    for (const [path, content] of files) await write(join(target, path), content);
  });
}

async function findCurrent(root: string, siteId: SiteId): Promise<number> {
  const index = await withStorage(root, () => readSiteIndex(root, siteId));
  if (index?.state === "gone") throw new NotFoundError("This site no longer exists.");
  if (index === undefined) throw new NotFoundError(`Site ${siteId} is not published here.`);
  return index.current;
}
