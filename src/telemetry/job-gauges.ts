import { sql } from "drizzle-orm";
import type { Database } from "../db/database.ts";
import type { Queue } from "../queue/queue.ts";
import { within } from "../within.ts";
import type { Metrics } from "./metrics.ts";

/** Scrapes within this time share one look at the database. */
const freshMs = 5000;
const timeoutMs = 2000;
/** More rows of a kind are not counted: a backlog of that size needs no exact number. */
const most = 100_000;

interface Counts {
  due: number;
  waiting: number;
  running: number;
  completed: number;
  failed: number;
  cancelled: number;
  oldest_queued: number;
  dispatch_lag: number;
  unsent: number;
  oldest_unsent: number;
}

/**
 * What only the database knows, asked when somebody scrapes. Every process that serves metrics gives the same values,
 * so take the maximum of them. Without an answer in time the values are left out, and `database_up` is 0.
 */
export function gaugeJobs(metrics: Metrics, { db, queue }: { db: Database; queue: Pick<Queue, "status"> }): void {
  const { gauge } = metrics;
  const up = gauge("database_up", "1 when the database answered the last question in time.");
  const jobs = gauge("jobs", "Jobs by state; those that ended, of the last 24 hours.", ["status"]);
  const oldestQueued = gauge("oldest_queued_seconds", "How long the oldest job that is due has waited.");
  const dispatchLag = gauge(
    "dispatch_lag_seconds",
    "How long the oldest job whose message is due has not been published.",
  );
  const unsent = gauge("notifications_pending", "Messages to people that are not sent yet.");
  const oldestUnsent = gauge("oldest_notification_seconds", "How long the oldest message that is due has waited.");
  const blocked = gauge("amqp_blocked", "1 while RabbitMQ is short of memory or disk and takes no messages.");

  async function look(): Promise<void> {
    blocked.set(queue.status() === "blocked" ? 1 : 0);
    try {
      const counts = await within(timeoutMs, count(db), () => new Error("no answer"));
      up.set(1);
      jobs.set({ status: "queued" }, counts.due);
      jobs.set({ status: "waiting" }, counts.waiting);
      for (const status of ["running", "completed", "failed", "cancelled"] as const)
        jobs.set({ status }, counts[status]);
      oldestQueued.set(counts.oldest_queued);
      dispatchLag.set(counts.dispatch_lag);
      unsent.set(counts.unsent);
      oldestUnsent.set(counts.oldest_unsent);
    } catch {
      up.set(0);
      // A number that is no longer true is worse than none.
      jobs.reset();
      for (const one of [oldestQueued, dispatchLag, unsent, oldestUnsent]) one.remove();
    }
  }

  let last: Promise<void> | undefined;
  let lastMs = Number.NEGATIVE_INFINITY;
  metrics.beforeScrape(() => {
    if (performance.now() - lastMs > freshMs) {
      lastMs = performance.now();
      last = look();
    }
    return last;
  });
}

async function count(db: Database): Promise<Counts> {
  const [counts] = await db.query<Counts>(sql`
    with queued as (
      select available_at, dispatch_after from jobs where finished_at is null and status = 'queued' limit ${most}::int
    ), ended as (
      select status from jobs where finished_at > now() - interval '24 hours' limit ${most}::int
    ), pending as (
      select available_at from notifications where status = 'pending' limit ${most}::int
    )
    select
      (select count(*) from queued where available_at <= now())::int as due,
      (select count(*) from queued where available_at > now())::int as waiting,
      (select count(*) from jobs where status = 'running')::int as running,
      (select count(*) from ended where status = 'completed')::int as completed,
      (select count(*) from ended where status = 'failed')::int as failed,
      (select count(*) from ended where status = 'cancelled')::int as cancelled,
      (select coalesce(extract(epoch from max(now() - available_at)), 0) from queued where available_at <= now())::float8 as oldest_queued,
      (select coalesce(extract(epoch from max(now() - dispatch_after)), 0) from queued where dispatch_after <= now())::float8 as dispatch_lag,
      (select count(*) from pending)::int as unsent,
      (select coalesce(extract(epoch from max(now() - available_at)), 0) from pending where available_at <= now())::float8 as oldest_unsent`);
  if (counts === undefined) throw new Error("no row");
  return counts;
}
