import { access } from "node:fs/promises";
import { sql } from "drizzle-orm";
import { findExpired } from "../bundles/find-expired.ts";
import { removeSite } from "../bundles/remove-site.ts";
import { sweepTemporary } from "../bundles/sweep-temporary.ts";
import type { Database } from "../db/database.ts";
import type { SiteId } from "../ids.ts";
import { countOldRows, oldRows, pruneRows, type RowKind } from "./prune-rows.ts";

/** No attempt takes that long: whatever is older and unfinished was left behind by a crash. */
const leftoverMs = 3_600_000;

/** How many of each were removed, or would be. */
export type PruneReport = Record<RowKind | "sites" | "leftovers", number>;

export interface PruneOptions {
  /** Only counts. */
  dryRun: boolean;
  signal: AbortSignal;
}

/**
 * Removes what is of no use any more: expired sites, half-written and orphaned bundles, old rows. Safe beside everything
 * else and beside itself; what an abort leaves over, the next run finds.
 *
 * @throws {StorageError}
 * @throws {DatabaseError}
 */
export async function prune(
  { db, previewsPath }: { db: Database; previewsPath: string },
  { dryRun, signal }: PruneOptions,
): Promise<PruneReport> {
  const report: PruneReport = { sites: 0, leftovers: 0, updates: 0, notifications: 0, replies: 0, pictures: 0 };
  if (await exists(previewsPath)) {
    for (const siteId of await findExpired(previewsPath)) {
      if (signal.aborted) return report;
      if (!dryRun) await expireSite(db, previewsPath, siteId);
      report.sites++;
    }
    report.leftovers = await sweepTemporary(previewsPath, leftoverMs, new Date(), { dryRun });
  }
  for (const kind of Object.keys(oldRows) as RowKind[]) {
    if (signal.aborted) return report;
    report[kind] = dryRun ? await countOldRows(db, kind) : await pruneRows(db, kind, signal);
  }
  return report;
}

/** Files first: a row that still knows the site is harmless, and found again with the next expired one. */
async function expireSite(db: Database, previewsPath: string, siteId: SiteId): Promise<void> {
  await removeSite(previewsPath, siteId, "expired");
  await db.query(sql`
    update sites set removal = 'deleted', removal_requested_at = now(), removed_at = now()
    where id = ${siteId}::text and removal is null`);
}

function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
