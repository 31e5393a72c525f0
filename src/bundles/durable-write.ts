import { open, rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";

/** Creates a file that did not exist, and returns once its bytes are on the disk. */
export async function createFile(path: string, content: string | Uint8Array): Promise<void> {
  const file = await open(path, "wx", 0o644);
  try {
    await file.writeFile(content);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Makes names created, renamed or removed in the directory survive a power cut. */
export async function syncDirectory(path: string): Promise<void> {
  const directory = await open(path, "r");
  try {
    await directory.sync();
  } finally {
    await directory.close();
  }
}

/**
 * Puts new content under a name in one step: a reader sees the old content or the new.
 *
 * @param allowed Asked last: when it rejects, nothing is replaced.
 */
export async function replaceFile(path: string, content: string, allowed: () => Promise<void>): Promise<void> {
  const temporary = join(dirname(path), createTemporaryName());
  try {
    await createFile(temporary, content);
    await allowed();
    await rename(temporary, path);
  } catch (error) {
    // A full disk takes the name and not the content.
    await rm(temporary, { force: true });
    throw error;
  }
  await syncDirectory(dirname(path));
}

export const temporaryPrefix = ".tmp-";

export function createTemporaryName(): string {
  return `${temporaryPrefix}${crypto.randomUUID()}`;
}
