import { access, mkdir } from "node:fs/promises";
import { join } from "node:path";
import { createFile, syncDirectory } from "./durable-write.ts";
import type { Manifest } from "./manifest.ts";
import { getErrorCode, ifExists } from "./storage.ts";

const folder = ".blocked";

/** What makes a page itself: its text and its pictures. Styles, fonts and icons are shared by innocent pages. */
const blockable = /\.(?:html|png|jpg|webp|avif|gif|mp4|webm|mp3)$/;

/** Hashes of the content that a takedown forbids to publish again. */
export function listBlockableHashes(files: Manifest["files"]): Set<string> {
  return new Set([...files].filter(([path]) => blockable.test(path)).map(([, file]) => file.sha256));
}

/** Blocks for every site under this root, for good. */
export async function blockHashes(root: string, hashes: Iterable<string>): Promise<void> {
  const directory = join(root, folder);
  await mkdir(directory).catch((error: unknown) => {
    if (getErrorCode(error) !== "EEXIST") throw error;
  });
  const record = `${JSON.stringify({ at: new Date() })}\n`;
  for (const hash of hashes) {
    await createFile(join(directory, hash), record).catch((error: unknown) => {
      if (getErrorCode(error) !== "EEXIST") throw error;
    });
  }
  await syncDirectory(directory);
}

export async function isAnyBlocked(root: string, hashes: Iterable<string>): Promise<boolean> {
  for (const hash of hashes) {
    if ((await ifExists(access(join(root, folder, hash)).then(() => true))) === true) return true;
  }
  return false;
}
