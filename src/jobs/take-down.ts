import { sql } from "drizzle-orm";
import type { Database } from "../db/database.ts";
import type { SiteId } from "../ids.ts";
import { stopJobs } from "./cancel-job.ts";
import { notify } from "./signals.ts";

/**
 * Records that a site is taken down, whatever was to become of it: it takes no more edits, and what is waiting or
 * running for it is cancelled. Outranks an earlier removal.
 *
 * @param done Whether its files are gone already; otherwise a worker takes them away within seconds.
 * @returns Whether there is such a site.
 */
export async function takeDownSite(db: Database, siteId: SiteId, { done }: { done: boolean }): Promise<boolean> {
  const rows = await db.query(sql`
    with ${stopJobs(sql`site_id = ${siteId}::text and status in ('queued', 'running')`)}, removal as (
      update sites set removal = 'taken_down', removal_requested_at = now(),
        removed_at = case when ${done}::boolean then now() end
      where id = ${siteId}::text
      returning id, ${notify("removal", sql`id`)}
    )
    select id from removal`);
  return rows.length > 0;
}

/** Whether the files of a removed site are gone. */
export async function isRemoved(db: Database, siteId: SiteId): Promise<boolean> {
  const rows = await db.query(sql`select id from sites where id = ${siteId}::text and removed_at is not null`);
  return rows.length > 0;
}
