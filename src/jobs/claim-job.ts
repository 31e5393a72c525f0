import { sql } from "drizzle-orm";
import type { Database } from "../db/database.ts";
import type { JobId, SiteId } from "../ids.ts";
import { notify } from "./signals.ts";

/**
 * How long a worker may be silent before another takes its job, by the database's clock. Renewed every 15 s, so it
 * survives three lost renewals.
 */
export const leaseSeconds = 60;

/** Crashes of the worker process after which a job is taken for the cause. */
export const maxCrashes = 3;

export interface WorkerIdentity {
  /** Readable name, for the attempts table. */
  name: string;
  /** Advisory lock key the process holds while it lives. */
  lockKey: number;
}

export interface ClaimedJob {
  id: JobId;
  siteId: SiteId;
  prompt: string;
  model: string | undefined;
  /** Attempts spent including this one. */
  attempt: number;
  crashes: number;
  snoozes: number;
  /** Fencing token: every later write of this attempt carries it. */
  token: string;
  /** Set when an earlier attempt had begun to publish. */
  revision: number | undefined;
  cancelRequested: boolean;
  language: string | undefined;
}

interface ClaimRow {
  id: JobId;
  site_id: SiteId;
  prompt: string;
  model: string | null;
  attempt: number;
  crashes: number;
  snoozes: number;
  lease_token: string;
  revision: number | null;
  cancel_requested: boolean;
  language: string | null;
}

/**
 * Takes a job by compare-and-set: a queued one that is due, or a running one whose worker is gone.
 *
 * A worker is gone when its lease ended, or — for a redelivered message — when the advisory lock of its process can
 * be taken, which is the case at once after `kill -9`.
 *
 * @returns `undefined` when there is nothing to do: finished, cancelled, not due, or in a living worker's hands.
 */
export async function claimJob(
  db: Database,
  id: JobId,
  worker: WorkerIdentity,
  options: { redelivered: boolean },
): Promise<ClaimedJob | undefined> {
  const ownerGone = options.redelivered
    ? sql`(lease_expires_at < now() or pg_try_advisory_xact_lock(lease_owner))`
    : sql`lease_expires_at < now()`;
  const [row] = await db.query<ClaimRow>(sql`
    with before as (
      select id, status = 'running' as crashed, claims from jobs
      where id = ${id}::uuid
        and ((status = 'queued' and available_at <= now()) or (status = 'running' and ${ownerGone}))
      for update
    ), abandoned as (
      update job_attempts a set status = 'abandoned', finished_at = now(),
        duration_ms = extract(epoch from now() - a.started_at) * 1000
      from before where before.crashed and a.job_id = before.id and a.number = before.claims
    ), claimed as (
      update jobs set
        status = 'running', stage = 'writing',
        attempt = attempt + 1, claims = jobs.claims + 1, crashes = crashes + crashed::int,
        lease_owner = ${worker.lockKey}::bigint, lease_token = gen_random_uuid(),
        lease_expires_at = now() + make_interval(secs => ${leaseSeconds}::int),
        dispatch_after = now() + make_interval(secs => ${leaseSeconds}::int),
        started_at = coalesce(started_at, now())
      from before where jobs.id = before.id
      returning jobs.id, site_id, prompt, model, attempt, jobs.claims, crashes, snoozes, lease_token, revision,
                cancel_requested_at is not null as cancel_requested, language, ${notify("changed", sql`jobs.id::text`)}
    ), begun as (
      insert into job_attempts (job_id, number, worker) select id, claims, ${worker.name}::text from claimed
    )
    select id, site_id, prompt, model, attempt, crashes, snoozes, lease_token, revision, cancel_requested, language from claimed`);
  if (row === undefined) return undefined;
  return {
    id: row.id,
    siteId: row.site_id,
    prompt: row.prompt,
    model: row.model ?? undefined,
    attempt: row.attempt,
    crashes: row.crashes,
    snoozes: row.snoozes,
    token: row.lease_token,
    revision: row.revision ?? undefined,
    cancelRequested: row.cancel_requested,
    language: row.language ?? undefined,
  };
}
