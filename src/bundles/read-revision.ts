import { NoRevisionError, NotFoundError } from "../errors.ts";
import type { SiteId } from "../ids.ts";
import type { Manifest } from "./manifest.ts";
import { readManifest } from "./read-manifest.ts";
import { readRegularFile } from "./read-regular-file.ts";
import { readSiteIndex } from "./site-index.ts";
import { withStorage } from "./storage.ts";

export interface StoredRevision {
  manifest: Manifest;
  /** Pages and assets by path, without precompressed variants. */
  files: ReadonlyMap<string, Uint8Array>;
}

/**
 * A revision as it was published.
 *
 * @throws {NotFoundError} If the site is gone.
 * @throws {NoRevisionError} If it has no such revision.
 * @throws {StorageError} If it cannot be read.
 */
export async function readRevision(root: string, siteId: SiteId, revision: number): Promise<StoredRevision> {
  return withStorage(root, async () => {
    const index = await readSiteIndex(root, siteId);
    const expired = index?.state === "live" && index.expiresAt !== undefined && index.expiresAt <= new Date();
    if (index?.state === "gone" || expired) throw new NotFoundError("This site no longer exists.");
    const listed = index?.revisions.some((entry) => entry.revision === revision);
    const manifest = listed ? await readManifest(root, siteId, revision) : undefined;
    if (manifest === undefined) throw new NoRevisionError(`This site has no revision ${revision}.`);
    const files = new Map<string, Uint8Array>();
    for (const [path, { size, encoding }] of manifest.files) {
      if (encoding === undefined) files.set(path, await readRegularFile(root, `${siteId}/r${revision}/${path}`, size));
    }
    return { manifest, files };
  });
}
