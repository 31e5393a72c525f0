import { openDatabase } from "../app.ts";
import type { StoredSitesConfig } from "../config/config.ts";
import { type PruneOptions, type PruneReport, prune } from "../jobs/prune.ts";

/** Prunes now, whoever's turn it is. */
export async function pruneOnce({ database, preview }: StoredSitesConfig, options: PruneOptions): Promise<PruneReport> {
  await using db = await openDatabase(database);
  // Awaited here: the database is closed when this returns.
  return await prune({ db, previewsPath: preview.path }, options);
}
