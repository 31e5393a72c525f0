import { sql } from "drizzle-orm";
import type { Database } from "../db/database.ts";
import type { SiteId } from "../ids.ts";
import { stopJobs } from "./cancel-job.ts";
import { notify } from "./signals.ts";

/**
 * Asks for a site to be taken down, and stops what is on its way for it. A worker, which has the files, does it within a
 * second or so; from then on its address answers 410.
 *
 * @param chatId Where to say that it is done.
 * @returns Whether there is such a site that was not removed before.
 */
export async function takeDownSite(db: Database, id: SiteId, { chatId }: { chatId: number }): Promise<boolean> {
  const rows = await db.query(sql`
    with ${stopJobs(sql`site_id = ${id}::text and status in ('queued', 'running')`)}
    update sites set removal = 'taken_down', removal_requested_at = now(), removal_chat_id = ${chatId}::bigint
    where id = ${id}::text and removal is null
    returning id, ${notify("removal", sql`id`)}`);
  return rows.length > 0;
}
