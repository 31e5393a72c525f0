import { readdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { isSiteId, type SiteId } from "../ids.ts";
import { temporaryPrefix } from "./durable-write.ts";
import { listRevisionDirectories } from "./remove-site.ts";
import { readSiteIndex } from "./site-index.ts";
import { withSiteLock } from "./site-lock.ts";
import { ifExists, withStorage } from "./storage.ts";

/**
 * Removes what crashes left behind: half-written bundles, and complete ones that no index lists.
 *
 * @param olderThanMs Younger ones may still be being written.
 * @returns How many were removed.
 */
export async function sweepTemporary(root: string, olderThanMs: number, now = new Date()): Promise<number> {
  return withStorage(root, async () => {
    const isOld = async (path: string) => {
      const found = await ifExists(stat(path));
      return found !== undefined && now.getTime() - found.mtimeMs >= olderThanMs;
    };
    let removed = 0;
    for (const siteId of (await readdir(root)).filter(isSiteId)) {
      for (const path of await listLeftovers(root, siteId)) {
        if (!(await isOld(path))) continue;
        await rm(path, { recursive: true, force: true });
        removed++;
      }
    }
    return removed;
  });
}

async function listLeftovers(root: string, siteId: SiteId): Promise<string[]> {
  const directory = join(root, siteId);
  const names = (await readdir(directory)).filter((name) => name.startsWith(temporaryPrefix));
  const orphans = await withSiteLock(root, siteId, async () => {
    const index = await readSiteIndex(root, siteId);
    const listed = new Set(index?.state === "live" ? index.revisions.map((entry) => entry.revision) : []);
    return (await listRevisionDirectories(root, siteId)).filter((revision) => !listed.has(revision));
  });
  return [...names, ...orphans.map((revision) => `r${revision}`)].map((name) => join(directory, name));
}
