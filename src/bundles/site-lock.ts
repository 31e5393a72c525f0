import { rename, rm, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { StorageError } from "../errors.ts";
import type { SiteId } from "../ids.ts";
import { createFile, createTemporaryName } from "./durable-write.ts";
import { getErrorCode, ifExists } from "./storage.ts";

/** Held for a handful of system calls; whoever holds it this long has died. */
const staleAfterMs = 10_000;
const giveUpAfterMs = 30_000;
const retryEveryMs = 20;

/**
 * Runs `work` while no other process changes the same site's index. The lock is a file, because the
 * processes may sit on different machines that share nothing but the volume. A lock left by a
 * crash is taken over after ten seconds.
 *
 * @throws {StorageError} If others hold the lock for half a minute.
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
    await createFile(path, "");
    return true;
  } catch (error) {
    if (getErrorCode(error) !== "EEXIST") throw error;
  }
  const found = await ifExists(stat(path));
  if (found && Date.now() - found.mtimeMs > staleAfterMs) {
    // Of several that saw the same stale lock, one rename succeeds; the others find nothing to move.
    const aside = join(dirname(path), createTemporaryName());
    await ifExists(rename(path, aside));
    await rm(aside, { force: true });
  }
  return false;
}
