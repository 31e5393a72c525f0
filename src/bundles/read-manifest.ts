import { StorageError } from "../errors.ts";
import type { SiteId } from "../ids.ts";
import { type Manifest, maxManifestBytes, parseManifest } from "./manifest.ts";
import { IrregularFileError, readRegularFile } from "./read-regular-file.ts";
import { ifExists } from "./storage.ts";

/**
 * The manifest of a revision directory, listed or not.
 *
 * @returns Undefined if there is no such directory or no manifest in it.
 * @throws {StorageError} If it is damaged, is not a plain file, or speaks of another revision.
 */
export async function readManifest(root: string, siteId: SiteId, revision: number): Promise<Manifest | undefined> {
  try {
    const bytes = await ifExists(readRegularFile(root, `${siteId}/r${revision}/manifest.json`, maxManifestBytes));
    if (!bytes) return undefined;
    const manifest = parseManifest(new TextDecoder().decode(bytes));
    if (manifest.siteId === siteId && manifest.revision === revision) return manifest;
  } catch (error) {
    if (!(error instanceof SyntaxError || error instanceof IrregularFileError)) throw error;
  }
  throw new StorageError("A manifest in the previews directory is damaged: restore the revision from a backup.");
}
