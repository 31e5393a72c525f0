import { type SQL, sql } from "drizzle-orm";
import type { Database } from "../db/database.ts";
import type { JobId } from "../ids.ts";
import { notify } from "./signals.ts";

export type CancelResult =
  /** It had not started, and never will. */
  | "cancelled"
  /** Its worker has been told; it stops within a second. */
  | "cancelling"
  /** Too late: it is finished, or its page is being published. */
  | "finished"
  | "not_found";

/** Cancels a job in one statement. Racing with completion, exactly one of the two happens. */
export async function cancelJob(db: Database, id: JobId): Promise<CancelResult> {
  const [row] = await db.query<{ result: CancelResult }>(sql`
    with ${stopJobs(sql`id = ${id}::uuid`)}
    select case when stopped.status = 'cancelled' then 'cancelled' when stopped.id is not null then 'cancelling' else 'finished' end as result
    from found left join stopped on true`);
  return row?.result ?? "not_found";
}

/**
 * Part of a statement that stops the jobs `which` describes: `found` has all of them, `stopped` those it was not too
 * late for. A queued one is cancelled and says so to its chat; the worker of a running one does when it lets go.
 */
export function stopJobs(which: SQL): SQL {
  return sql`found as (
      select id, status, stage from jobs where ${which} for update
    ), stopped as (
      update jobs set
        cancel_requested_at = coalesce(cancel_requested_at, now()),
        status = case when found.status = 'queued' then 'cancelled' else jobs.status end,
        finished_at = case when found.status = 'queued' then now() end
      from found
      where jobs.id = found.id and (found.status = 'queued' or (found.status = 'running' and found.stage is distinct from 'publishing'))
      returning jobs.id, jobs.status, chat_id, thread_id, message_id, ${notify("cancel", sql`jobs.id::text`)}, ${notify("changed", sql`jobs.id::text`)}
    ), stopped_said as (
      insert into notifications (chat_id, thread_id, reply_to_message_id, job_id, kind)
      select chat_id, thread_id, message_id, id, 'cancelled' from stopped where status = 'cancelled' and chat_id is not null
      on conflict do nothing
      returning ${notify("notification", sql`chat_id::text`)}
    )`;
}
