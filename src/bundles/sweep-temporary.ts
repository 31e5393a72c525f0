import { readdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { StorageError } from "../errors.ts";
import { isSiteId, type SiteId } from "../ids.ts";
import { temporaryPrefix } from "./durable-write.ts";
import { listRevisionDirectories } from "./remove-site.ts";
import { readSiteIndex } from "./site-index.ts";
import { withSiteLock } from "./site-lock.ts";
import { livePrefix } from "./site-status.ts";
import { ifExists, withStorage } from "./storage.ts";

/** A site that never had a page is forgotten after this time, and with it why. */
const forgottenAfterMs = 7 * 86_400_000;

/**
 * Removes what crashes left behind: half-written bundles, complete ones that no index lists, pages nobody writes any more;
 * and after a week what is said of sites that never had a page.
 *
 * @param olderThanMs Younger ones may still be being written.
 * @returns How many were removed, or would have been.
 */
export async function sweepTemporary(
  root: string,
  olderThanMs: number,
  now = new Date(),
  { dryRun = false } = {},
): Promise<number> {
  return withStorage(root, async () => {
    let removed = 0;
    for (const siteId of (await readdir(root)).filter(isSiteId)) {
      for (const old of await listOld(root, siteId, olderThanMs, now)) removed += dryRun ? 1 : await old.remove();
    }
    return removed;
  });
}

/** What of a site's directory is to go, each with the way it goes. */
async function listOld(
  root: string,
  siteId: SiteId,
  olderThanMs: number,
  now: Date,
): Promise<{ remove: () => Promise<number> }[]> {
  if (await isForgotten(root, siteId, now)) return [{ remove: () => removeSiteDirectory(root, siteId) }];
  // What a damaged index lists nobody knows, so nothing of that site is touched.
  const leftovers = await listLeftovers(root, siteId).catch((error: unknown) => {
    if (error instanceof StorageError) return [];
    throw error;
  });
  const old = [];
  for (const name of leftovers) {
    const found = await ifExists(stat(join(root, siteId, name)));
    if (!found || now.getTime() - found.mtimeMs < olderThanMs) continue;
    old.push({ remove: () => removeLeftover(root, siteId, name) });
  }
  return old;
}

async function removeSiteDirectory(root: string, siteId: SiteId): Promise<number> {
  await rm(join(root, siteId), { recursive: true, force: true });
  return 1;
}

async function listLeftovers(root: string, siteId: SiteId): Promise<string[]> {
  const names = await readdir(join(root, siteId));
  const listed = await listVisible(root, siteId);
  const orphans = (await listRevisionDirectories(root, siteId)).filter((revision) => !listed.has(revision));
  return [...names.filter(isUnfinished), ...orphans.map((revision) => `r${revision}`)];
}

function isUnfinished(name: string): boolean {
  return name.startsWith(temporaryPrefix) || name.startsWith(livePrefix);
}

async function isForgotten(root: string, siteId: SiteId, now: Date): Promise<boolean> {
  const names = await readdir(join(root, siteId));
  if (names.length !== 1 || names[0] !== "status.json") return false;
  const status = await ifExists(stat(join(root, siteId, "status.json")));
  return status !== undefined && now.getTime() - status.mtimeMs > forgottenAfterMs;
}

async function listVisible(root: string, siteId: SiteId): Promise<Set<number>> {
  const index = await readSiteIndex(root, siteId);
  return new Set(index?.state === "live" ? index.revisions.map((entry) => entry.revision) : []);
}

/** Under the lock, because a revision found unlisted may have been listed since. */
function removeLeftover(root: string, siteId: SiteId, name: string): Promise<number> {
  return withSiteLock(root, siteId, async (stillHeld) => {
    if ((await listVisible(root, siteId)).has(Number(name.slice(1)))) return 0;
    await stillHeld();
    await rm(join(root, siteId, name), { recursive: true, force: true });
    return 1;
  });
}
