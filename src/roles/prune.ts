import { openDatabase } from "../app.ts";
import type { StoredSitesConfig } from "../config/config.ts";
import { type PruneOptions, type PruneReport, prune } from "../jobs/prune.ts";

/** Prunes now, whoever's turn it is. */
export async function pruneOnce({ database, preview }: StoredSitesConfig, options: PruneOptions): Promise<PruneReport> {
  await using db = await openDatabase(database);
  return prune({ db, previewsPath: preview.path }, options);
}
