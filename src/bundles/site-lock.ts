import type { FileHandle } from "node:fs/promises";
import { link, open, readFile, rename, rm, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { StorageError } from "../errors.ts";
import type { SiteId } from "../ids.ts";
import { createTemporaryName } from "./durable-write.ts";
import { getErrorCode, ifExists } from "./storage.ts";

/** Held for a handful of system calls; whoever holds it this long has died. */
const staleAfterMs = 30_000;
const giveUpAfterMs = 60_000;
const retryEveryMs = 20;

/**
 * Whoever was held up for half a minute may have lost the lock to another, and must not write over what that wrote.
 *
 * @throws {StorageError} If the lock is lost.
 */
export type StillHeld = () => Promise<void>;

/**
 * Runs `work` while no other process changes the same site's index. The lock is a file, because the
 * processes may sit on different machines that share nothing but the volume. A lock left by a
 * crash is taken over after half a minute.
 *
 * @param work Asks before everything that cannot be undone whether it still has the lock.
 * @throws {StorageError} If others keep the lock for a minute.
 */
export async function withSiteLock<T>(
  root: string,
  siteId: SiteId,
  work: (stillHeld: StillHeld) => Promise<T>,
): Promise<T> {
  const path = join(root, siteId, ".lock");
  const token = crypto.randomUUID();
  const isHeld = async () => (await ifExists(readFile(path, "utf8"))) === token;
  const deadline = Date.now() + giveUpAfterMs;
  while (!(await tryLock(path, token))) {
    if (Date.now() > deadline) throw new StorageError("Another process keeps a site in the previews directory locked.");
    await Bun.sleep(retryEveryMs);
  }
  try {
    return await work(async () => {
      if (!(await isHeld())) throw new StorageError("Another process took a site over in the previews directory.");
    });
  } finally {
    if (await isHeld()) await rm(path, { force: true });
  }
}

async function tryLock(path: string, token: string): Promise<boolean> {
  const file = await open(path, "wx").catch((error: unknown) => {
    if (getErrorCode(error) !== "EEXIST") throw error;
  });
  if (file) {
    await writeToken(file, path, token);
    return true;
  }
  if (await isStale(path)) await breakLock(path);
  return false;
}

async function writeToken(file: FileHandle, path: string, token: string): Promise<void> {
  try {
    await file.writeFile(token);
  } catch (error) {
    // A full disk takes the name and not the content.
    await rm(path, { force: true });
    throw error;
  } finally {
    await file.close();
  }
}

async function isStale(path: string): Promise<boolean> {
  const found = await ifExists(stat(path));
  return found !== undefined && Date.now() - found.mtimeMs > staleAfterMs;
}

/** Moves the lock aside before looking again: another may have broken it and taken it in between. */
async function breakLock(path: string): Promise<void> {
  const aside = join(dirname(path), createTemporaryName());
  await ifExists(rename(path, aside));
  // Whatever keeps a live lock from going back, a new one is in its place or its holder is done.
  if (!(await isStale(aside))) await link(aside, path).catch(() => undefined);
  await rm(aside, { force: true });
}
