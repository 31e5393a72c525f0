import { type SQL, sql } from "drizzle-orm";

/**
 * Where a job is, as far as its person cares. `queued:3` has three before it, {@link manyAhead} and more look the same;
 * `waiting` waits for another job of the same person; `retrying` was tried before and failed; `resuming` was given back by
 * a worker that went away, or queued again by an operator.
 */
export type JobLook =
  | `queued:${number}`
  | "waiting"
  | "retrying"
  | "resuming"
  | "writing"
  | "checking"
  | "completed"
  | "failed"
  | "cancelled";

/** From here on nobody counts: a place in the line that changes with every job would be an edit each. */
export const manyAhead = 10;

export function isFinalLook(look: JobLook): boolean {
  return look === "completed" || look === "failed" || look === "cancelled";
}

/** Part of a statement: the first places of the line, `line (id, ahead)`. Materialized, or it would be counted again for each message. */
export const line: SQL = sql`line as materialized (
      select id, row_number() over (order by priority desc, turn, id) - 1 as ahead
      from (
        select id, priority, turn from jobs where waiting and available_at < now() + interval '5 seconds'
        order by priority desc, turn, id limit ${sql.raw(String(manyAhead))}
      ) as first
    )`;

/** The look of the job `j`, in a statement with {@link line}, which is read only for a job that stands in it. */
export const look: SQL = sql`case j.status
        when 'running' then case coalesce(j.stage, 'writing') when 'writing' then 'writing' else 'checking' end
        when 'queued' then case
          when j.tenant like 'telegram:%' and exists (
            select from jobs own where own.tenant = j.tenant and own.status = 'running' and own.tenant like 'telegram:%'
          ) then 'waiting'
          when j.claims > 0 then case when j.error_code is null then 'resuming' else 'retrying' end
          else 'queued:' || coalesce((select ahead from line where line.id = j.id), ${sql.raw(String(manyAhead))})
        end
        else j.status
      end`;
