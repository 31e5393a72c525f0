import { link, open, rename, rm, stat } from "node:fs/promises";
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
 * Runs `work` while no other process changes the same site's index. The lock is a file, because the
 * processes may sit on different machines that share nothing but the volume. A lock left by a
 * crash is taken over after half a minute.
 *
 * @throws {StorageError} If others keep the lock for a minute.
 */
export async function withSiteLock<T>(root: string, siteId: SiteId, work: () => Promise<T>): Promise<T> {
  const path = join(root, siteId, ".lock");
  const deadline = Date.now() + giveUpAfterMs;
  while (!(await tryLock(path))) {
    if (Date.now() > deadline) throw new StorageError("Another process keeps a site in the previews directory locked.");
    await Bun.sleep(retryEveryMs);
  }
  try {
    return await work();
  } finally {
    await rm(path, { force: true });
  }
}

async function tryLock(path: string): Promise<boolean> {
  try {
    const file = await open(path, "wx");
    await file.close();
    return true;
  } catch (error) {
    if (getErrorCode(error) !== "EEXIST") throw error;
  }
  if (await isStale(path)) await breakLock(path);
  return false;
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
