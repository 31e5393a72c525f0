import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { NotFoundError } from "../errors.ts";
import type { SiteId } from "../ids.ts";
import { readManifest } from "./read-manifest.ts";
import { readRegularFile } from "./read-regular-file.ts";
import { withStorage } from "./storage.ts";

/**
 * Copies the pages and assets of a revision into `directory`, without manifest and precompressed variants. Files of
 * the same name there are replaced, others left alone.
 *
 * @returns The paths written, relative to `directory`.
 * @throws {NotFoundError} If there is no such revision.
 * @throws {StorageError} If it cannot be read or written.
 */
export async function exportRevision(
  root: string,
  siteId: SiteId,
  revision: number,
  directory: string,
): Promise<string[]> {
  return withStorage(directory, async () => {
    const manifest = await readManifest(root, siteId, revision);
    if (manifest === undefined) throw new NotFoundError(`Site ${siteId} has no revision ${revision} here.`);
    const files = [...manifest.files].filter(([, file]) => file.encoding === undefined);
    for (const [path, { size }] of files) {
      const target = join(directory, path);
      await mkdir(dirname(target), { recursive: true });
      await writeFile(target, await readRegularFile(root, `${siteId}/r${revision}/${path}`, size));
    }
    return files.map(([path]) => path);
  });
}
