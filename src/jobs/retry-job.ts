import { sql } from "drizzle-orm";
import type { Database } from "../db/database.ts";
import type { JobId } from "../ids.ts";
import { notify } from "./signals.ts";

export type RetryResult =
  | "queued"
  /** It is not over, or it ended well. */
  | "not_failed"
  | "not_found";

/**
 * Gives a failed or cancelled job another life, in one statement: all its attempts again, at the front of its own
 * tenant's jobs, published by the next dispatcher that looks. What its chat was told of the first end is forgotten, so
 * that it will be told of the second, and the message that followed the job follows it again.
 */
export async function retryJob(db: Database, id: JobId): Promise<RetryResult> {
  const [row] = await db.query<{ retried: boolean }>(sql`
    with found as (
      select id, status from jobs where id = ${id}::uuid for update
    ), retried as (
      update jobs set status = 'queued', stage = null, finished_at = null, error_code = null, error_message = null,
        attempt = 0, crashes = 0, snoozes = 0, cancel_requested_at = null, available_at = now(), dispatch_after = now()
      from found where jobs.id = found.id and found.status in ('failed', 'cancelled')
      returning jobs.id, found.status, ${notify("changed", sql`jobs.id::text`)}
    ), forgotten as (
      delete from notifications using retried where job_id = retried.id and kind in ('failed', 'cancelled')
    ), followed as (
      update notifications set shown = retried.status from retried
      where job_id = retried.id and kind = 'accepted' and message_id is not null and shown is null
    )
    select exists (select from retried) as retried from found`);
  if (row === undefined) return "not_found";
  return row.retried ? "queued" : "not_failed";
}
