import { sql } from "drizzle-orm";
import type { Database } from "../db/database.ts";
import type { JobId } from "../ids.ts";
import type { Logger } from "../logger.ts";
import type { Queue } from "../queue/queue.ts";
import { currentTraceparent, traced } from "../tracing.ts";
import { confirmWithin } from "./confirm-within.ts";
import { mayRun } from "./may-run.ts";
import { pause } from "./pause.ts";
import { republishAfter } from "./republish-after.ts";
import { resendMissing } from "./resend-missing.ts";

const pollMs = 1000;
/** Between looks for jobs whose message is gone. */
const missingMs = 5000;
const batchSize = 100;
/** Written out: of a parameter the planner knows nothing. */
const limit = sql.raw(String(batchSize));

export interface Dispatcher extends AsyncDisposable {
  /**
   * Publishes a job just recorded. Never throws and need not be awaited: what does not get through now is published
   * by the poll, here or in another process.
   */
  publish(jobId: JobId): Promise<void>;
}

/**
 * Carries what the database says is due to the queue: jobs nobody published, retries whose time has come, and jobs
 * whose worker fell silent. One runs in every API and worker process.
 */
export function startDispatcher({ db, queue, logger }: { db: Database; queue: Queue; logger: Logger }): Dispatcher {
  const confirmed = new Map<JobId, Sent>();
  const stopping = new AbortController();
  let nextLookMs = performance.now() + missingMs;

  /** @param parent Trace of the job; at submission it is the one that runs. */
  async function publish(jobId: JobId, parent?: string | null): Promise<boolean> {
    const attributes = { "messaging.operation.name": "publish", "orchestrator.job.id": jobId };
    try {
      await traced("publish", { kind: "producer", parent, attributes }, () =>
        queue.publish(jobId, { traceparent: currentTraceparent() }),
      );
      return true;
    } catch (error) {
      logger.debug({ jobId, err: error }, "not published, will be tried again");
      return false;
    }
  }

  async function lookForMissing(): Promise<void> {
    if (performance.now() < nextLookMs) return;
    nextLookMs = performance.now() + missingMs;
    const jobs = await resendMissing(db, queue);
    if (jobs > 0) logger.warn({ jobs }, "jobs wait without a message in the queue, sending them again");
  }

  async function round(): Promise<void> {
    if (confirmed.size > 0) await recordConfirmed(db, confirmed);
    if (queue.status() !== "connected") return;
    await lookForMissing();
    for (;;) {
      const due = await takeDue(db);
      const published = await Promise.all(due.map(({ id, traceparent }) => publish(id, traceparent)));
      for (const [index, { id, claims, dispatches }] of due.entries())
        if (published[index]) confirmed.set(id, { claims, dispatches });
      const failed = due.filter((_, index) => !published[index]).map(({ id }) => id);
      if (failed.length > 0) await giveBack(db, failed);
      if (due.length < batchSize || failed.length > 0) return;
    }
  }

  async function poll(): Promise<void> {
    let healthy = true;
    while (!stopping.signal.aborted) {
      try {
        await round();
        if (!healthy) logger.info("dispatching again");
        healthy = true;
      } catch (error) {
        if (healthy) logger.warn({ err: error }, "cannot dispatch jobs, trying again every second");
        healthy = false;
      }
      await pause(pollMs, stopping.signal);
    }
  }
  const polling = poll();

  return {
    async publish(jobId) {
      if (await publish(jobId)) confirmed.set(jobId, { claims: 0, dispatches: 0 });
    },
    async [Symbol.asyncDispose]() {
      stopping.abort();
      await polling;
      if (confirmed.size > 0) await recordConfirmed(db, confirmed).catch(() => undefined);
    },
  };
}

/** How a job stood when its message was sent. */
interface Sent {
  claims: number;
  dispatches: number;
}

/** Jobs to publish now, taken so that no other process publishes them too. */
function takeDue(db: Database): Promise<(Sent & { id: JobId; traceparent: string | null })[]> {
  return db.query(sql`
    with waiting as (
      select id from jobs where dispatch_after <= now() and ${mayRun}
      order by dispatch_after limit ${limit} for update skip locked
    ), silent as (
      select id from jobs where status = 'running' and lease_expires_at < now() and dispatch_after <= now()
      order by lease_expires_at limit ${limit} for update skip locked
    )
    update jobs set dispatch_after = now() + ${confirmWithin}, dispatches = dispatches + 1
    where id in (select id from waiting union all select id from silent)
    returning id, claims, dispatches, traceparent`);
}

/**
 * Sent: the poll need not send them again. One statement for all since the last round. A job that was claimed since then
 * has left the queue, and may by now wait for its retry; one that was held, put off or called again waits for its turn.
 */
async function recordConfirmed(db: Database, confirmed: Map<JobId, Sent>): Promise<void> {
  const sent = [...confirmed].map(([id, counts]) => ({ id, ...counts }));
  await db.query(sql`
    update jobs set dispatch_after = now() + ${republishAfter}, dispatches = greatest(jobs.dispatches, 1)
    from jsonb_to_recordset(${JSON.stringify(sent)}::text::jsonb) as sent(id uuid, claims int, dispatches int)
    where jobs.id = sent.id and jobs.claims = sent.claims and jobs.dispatches = sent.dispatches and status in ('queued', 'running')`);
  for (const { id, claims, dispatches } of sent) {
    const latest = confirmed.get(id);
    if (latest?.claims === claims && latest.dispatches === dispatches) confirmed.delete(id);
  }
}

async function giveBack(db: Database, ids: JobId[]): Promise<void> {
  await db.query(sql`
    update jobs set dispatch_after = now() + interval '1 second'
    where id in (select value::uuid from jsonb_array_elements_text(${JSON.stringify(ids)}::text::jsonb))`);
}
