import { mkdir, readdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { NotFoundError } from "../errors.ts";
import type { SiteId } from "../ids.ts";
import { blockHashes, isBlockable } from "./blocklist.ts";
import { readRegularFile } from "./read-regular-file.ts";
import { type GoneReason, readSiteIndex, writeSiteIndex } from "./site-index.ts";
import { withSiteLock } from "./site-lock.ts";
import { livePrefix, removeSiteStatus } from "./site-status.ts";
import { ifExists, withStorage } from "./storage.ts";
import { hashContent, maxFileBytes } from "./write-bundle.ts";

/**
 * Takes a site away for good: every address of it answers 410 as soon as this returns, its files are
 * deleted, and nothing can be published under its id again. A takedown also forbids the same pages
 * and pictures everywhere under this root. Safe to repeat, and to finish after a crash.
 *
 * @returns How many files are forbidden by it.
 */
export async function removeSite(root: string, siteId: SiteId, reason: GoneReason, at = new Date()): Promise<number> {
  return withStorage(root, async () => {
    await mkdir(join(root, siteId), { recursive: true });
    return withSiteLock(root, siteId, async (stillHeld) => {
      const revisions = await listRevisionDirectories(root, siteId);
      const forbidden = reason === "taken_down" ? await blockContent(root, siteId, revisions) : 0;
      const index = await readSiteIndex(root, siteId);
      // A takedown outranks an earlier goodbye; nothing else rewrites one.
      if (index?.state !== "gone" || reason === "taken_down") {
        await writeSiteIndex(root, siteId, { state: "gone", reason, at }, stillHeld);
      }
      for (const revision of revisions) {
        await rm(join(root, siteId, `r${revision}`), { recursive: true, force: true });
      }
      await removeSiteStatus(root, siteId);
      const live = (await readdir(join(root, siteId))).filter((name) => name.startsWith(livePrefix));
      for (const name of live) await rm(join(root, siteId, name), { recursive: true, force: true });
      return forbidden;
    });
  });
}

/** Whether anything of a site is under this root, gone ones included. */
export async function hasSite(root: string, siteId: SiteId): Promise<boolean> {
  return withStorage(root, async () => (await ifExists(stat(join(root, siteId)))) !== undefined);
}

/**
 * Moves the moment from which a site answers 410 by itself; undefined takes the limit away.
 *
 * @throws {NotFoundError} If the site is not published or already gone.
 */
export async function setExpiry(root: string, siteId: SiteId, expiresAt: Date | undefined): Promise<void> {
  await withStorage(root, async () => {
    if ((await readSiteIndex(root, siteId))?.state !== "live")
      throw new NotFoundError("No such site is published here.");
    await withSiteLock(root, siteId, async (stillHeld) => {
      const index = await readSiteIndex(root, siteId);
      if (index?.state !== "live") throw new NotFoundError("No such site is published here.");
      const { expiresAt: _, ...rest } = index;
      await writeSiteIndex(root, siteId, expiresAt ? { ...rest, expiresAt } : rest, stillHeld);
    });
  });
}

/** Revision numbers that have a directory, listed in the index or not. */
export async function listRevisionDirectories(root: string, siteId: SiteId): Promise<number[]> {
  const names = await readdir(join(root, siteId));
  return names.filter((name) => /^r[1-9][0-9]{0,8}$/.test(name)).map((name) => Number(name.slice(1)));
}

/** Hashes what is there rather than what a manifest says: a takedown must not depend on an intact one. */
async function blockContent(root: string, siteId: SiteId, revisions: readonly number[]): Promise<number> {
  const forbidden = new Set<string>();
  for (const revision of revisions) {
    const directory = `${siteId}/r${revision}`;
    for (const path of (await readdir(join(root, directory), { recursive: true })).filter(isBlockable)) {
      // What cannot be read cannot be forbidden, and must not keep the rest from going.
      const content = await readRegularFile(root, `${directory}/${path}`, maxFileBytes).catch(() => undefined);
      if (content) forbidden.add(hashContent(content));
    }
  }
  await blockHashes(root, forbidden, siteId);
  return forbidden.size;
}
