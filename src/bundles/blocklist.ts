import { access, mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { SiteId } from "../ids.ts";
import { createFile, syncDirectory } from "./durable-write.ts";
import type { Manifest } from "./manifest.ts";
import { getErrorCode, ifExists } from "./storage.ts";

const folder = ".blocked";

/** What makes a page itself: its text and its pictures. Styles, fonts and icons are shared by innocent pages. */
const blockable = /\.(?:html|png|jpg|webp|avif|gif|mp4|webm|mp3)$/;

/** Whether a takedown forbids the content of a file of that name everywhere. */
export function isBlockable(path: string): boolean {
  return blockable.test(path);
}

/**
 * Forbids content on every site under this root, for good.
 *
 * @param from The site it was taken down from, for the record.
 */
export async function blockHashes(root: string, hashes: Iterable<string>, from: SiteId): Promise<void> {
  const directory = join(root, folder);
  await mkdir(directory).catch((error: unknown) => {
    if (getErrorCode(error) !== "EEXIST") throw error;
  });
  const record = `${JSON.stringify({ at: new Date(), from })}\n`;
  for (const hash of hashes) {
    await createFile(join(directory, hash), record).catch((error: unknown) => {
      if (getErrorCode(error) !== "EEXIST") throw error;
    });
  }
  await syncDirectory(directory);
}

/** Whether any of the files was taken down before, under whatever name. */
export async function isAnyBlocked(root: string, files: Manifest["files"]): Promise<boolean> {
  for (const [path, { sha256: hash }] of files) {
    if (isBlockable(path) && (await ifExists(access(join(root, folder, hash)).then(() => true))) === true) return true;
  }
  return false;
}
