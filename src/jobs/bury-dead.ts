import { sql } from "drizzle-orm";
import type { Database } from "../db/database.ts";
import type { JobId } from "../ids.ts";
import type { Logger } from "../logger.ts";
import type { Queue } from "../queue/queue.ts";
import type { JobEvent } from "./job-event.ts";
import { mayRun } from "./may-run.ts";
import { notify } from "./signals.ts";

/**
 * Turns what the queue gave up on into failed jobs, until `signal` aborts: an operator looks for trouble among the
 * jobs, and not in the broker as well.
 */
export async function buryDead(
  {
    db,
    queue,
    logger,
    onJobEvent,
  }: { db: Database; queue: Queue; logger: Logger; onJobEvent?: ((event: JobEvent) => void) | undefined },
  signal: AbortSignal,
): Promise<void> {
  await queue.consumeDead(
    async ({ jobId }) => {
      const buried = await failDead(db, jobId);
      onJobEvent?.({ type: "dead_letter" });
      logger.error(
        { jobId, buried },
        buried ? "the queue gave up on a job" : "the queue gave up on a job that goes on",
      );
    },
    { signal },
  );
}

/** More than all returns of one message take when every worker refuses it: some seven minutes. */
const hopelessAfter = sql`interval '10 minutes'`;

/**
 * Fails a job whose message came back too often while nobody took it for {@link hopelessAfter}, though it was its turn. A
 * message names work and not the job: another job may be to blame, so one that waited for less is sent again. One that
 * runs has a lease, which says more than the message does; one that ended has its end.
 *
 * @returns Whether it failed.
 */
async function failDead(db: Database, id: JobId): Promise<boolean> {
  const buried = await db.query(sql`
    with dead as (
      select id, ${mayRun} and available_at < now() - ${hopelessAfter} as hopeless from jobs
      where id = ${id}::uuid and status = 'queued' for update
    ), again as (
      update jobs set dispatch_after = greatest(now(), available_at), dispatches = dispatches + 1
      where id in (select id from dead where not hopeless)
    ), buried as (
      update jobs set status = 'failed', finished_at = now(), error_code = 'poison',
        error_message = 'Every worker that was given this prompt gave it back.'
      where id in (select id from dead where hopeless)
      returning id, chat_id, thread_id, message_id, ${notify("changed", sql`id::text`)}
    ), said as (
      insert into notifications (chat_id, thread_id, reply_to_message_id, job_id, kind, payload)
      select chat_id, thread_id, message_id, id, 'failed', '{"code": "poison"}' from buried where chat_id is not null
      on conflict do nothing
      returning ${notify("notification", sql`chat_id::text`)}
    )
    select id from buried`);
  return buried.length > 0;
}
