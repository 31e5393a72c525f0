import { readdir } from "node:fs/promises";
import { isSiteId, type SiteId } from "../ids.ts";
import { readSiteIndex } from "./site-index.ts";
import { withStorage } from "./storage.ts";

/** Sites whose time is over and whose files are still there. Their addresses answer 410 already. */
export async function findExpired(root: string, now = new Date()): Promise<SiteId[]> {
  return withStorage(root, async () => {
    const expired: SiteId[] = [];
    for (const siteId of (await readdir(root)).filter(isSiteId)) {
      // One damaged index must not keep all other sites for ever.
      const index = await readSiteIndex(root, siteId).catch(() => undefined);
      if (index?.state === "live" && index.expiresAt !== undefined && index.expiresAt <= now) expired.push(siteId);
    }
    return expired;
  });
}
