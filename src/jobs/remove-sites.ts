import { sql } from "drizzle-orm";
import { removeSite } from "../bundles/remove-site.ts";
import type { Database } from "../db/database.ts";
import type { SiteId } from "../ids.ts";
import type { Logger } from "../logger.ts";
import { runDeliveryLoop } from "./delivery-loop.ts";
import { notify, type Signals } from "./signals.ts";

/** At once; each is a few files. */
const limit = 4;
/** A disk that cannot be written to is tried again after this time. */
const retryAfter = sql`interval '10 seconds'`;

interface Removal {
  id: SiteId;
  reason: "deleted" | "taken_down";
}

/**
 * Takes away the sites whose removal was asked for, until `signal` aborts, and says so where it was asked for. Runs in
 * every worker, which has the files. Doing it twice changes nothing.
 */
export async function removeSites(
  { db, signals, logger, previewsPath }: { db: Database; signals: Signals; logger: Logger; previewsPath: string },
  signal: AbortSignal,
): Promise<void> {
  await runDeliveryLoop<Removal>(
    {
      signals,
      wakeOn: "removal",
      limit,
      logger,
      take: (free) => takeRemovals(db, free),
      async deliver({ id, reason }) {
        await removeSite(previewsPath, id, reason);
        await recordRemoved(db, id);
        logger.info({ siteId: id, reason }, "site removed");
      },
    },
    signal,
  );
}

/** The time of the request moves ahead while somebody works on it: that is the lease. */
async function takeRemovals(db: Database, free: number): Promise<Removal[]> {
  return db.query<Removal>(sql`
    update sites set removal_requested_at = now() + ${retryAfter}
    where id in (
      select id from sites where removal is not null and removed_at is null and removal_requested_at <= now()
      order by removal_requested_at limit ${free}::int for update skip locked
    )
    returning id, removal as reason`);
}

async function recordRemoved(db: Database, id: SiteId): Promise<void> {
  await db.query(sql`
    with removed as (
      update sites set removed_at = now() where id = ${id}::text and removed_at is null
      returning id, removal_chat_id, removal_thread_id
    )
    insert into notifications (chat_id, thread_id, site_id, kind)
    select removal_chat_id, removal_thread_id, id, 'deleted' from removed where removal_chat_id is not null
    returning ${notify("notification", sql`chat_id::text`)}`);
}
