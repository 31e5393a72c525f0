import { sql } from "drizzle-orm";
import type { Database } from "../db/database.ts";
import type { Queue } from "../queue/queue.ts";
import { within } from "../within.ts";
import { confirmWithin } from "./confirm-within.ts";
import { mayRun } from "./may-run.ts";
import { republishAfter } from "./republish-after.ts";

/** By then a worker with a free place would have taken it. */
const patience = sql`interval '5 seconds'`;
/** Looked at and sent again at once; written out, because of a parameter the planner knows nothing. */
const most = sql.raw("100");
const answerMs = 2_000;

/** Jobs that may run and whose message is known to have been sent a while ago. */
const unanswered = sql`
  select id from (
    select * from jobs where waiting and dispatch_after > now() + ${confirmWithin} and dispatch_after < now() + ${republishAfter} - ${patience}
    order by dispatch_after limit ${most}
  ) as jobs
  where available_at <= now() and ${mayRun}`;

/**
 * Makes due what counts as sent and has no message any more: the queue was deleted, the broker lost its data, or a message
 * was used up for another job by who died with it. The messages in workers' hands are those of running jobs, so when none
 * waits in the queue, whoever may run has none. One too many costs a lookup.
 *
 * @returns Jobs that the dispatcher will send again.
 */
export async function resendMissing(db: Database, queue: Pick<Queue, "backlog">): Promise<number> {
  const [found] = await db.query<{ any: boolean }>(sql`select exists (${unanswered}) as any`);
  if (!found?.any) return 0;
  const backlog = await within(answerMs, queue.backlog(), () => new Error("no answer")).catch(() => undefined);
  if (backlog !== 0) return 0;
  const rows = await db.query(sql`
    update jobs set dispatch_after = now(), dispatches = dispatches + 1
    where id = any(array(${unanswered})) and waiting and dispatch_after > now() + ${confirmWithin}
    returning id`);
  return rows.length;
}
