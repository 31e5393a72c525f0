import { sql } from "drizzle-orm";

/**
 * True of a queued row of `jobs` that has no other to wait for:
 *
 * - One site's jobs are done one at a time, in the order they came in, so that a later edit sees the earlier one. A job
 *   that waits for its retry keeps its place. A scalar subquery, which the planner runs for the few rows it looks at;
 *   `not exists` would become a join over all.
 * - A person on Telegram has one running job.
 */
export const mayRun = sql`(waiting
      and not (tenant like 'telegram:%' and exists (
        select from jobs own where own.tenant = jobs.tenant and own.status = 'running' and own.tenant like 'telegram:%'
      ))
      and coalesce((
        select false from jobs other
        where other.site_id = jobs.site_id and other.status in ('queued', 'running')
          and (other.status = 'running' or (other.created_at, other.id) < (jobs.created_at, jobs.id))
        limit 1
      ), true))`;
