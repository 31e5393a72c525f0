import { sql } from "drizzle-orm";
import type { Database } from "../db/database.ts";
import { leaseSeconds } from "./claim-job.ts";
import type { ClaimedJob } from "./claimed-job.ts";
import type { JobStage } from "./job.ts";
import { notify } from "./signals.ts";

/**
 * Thrown inside an attempt whose job went to somebody else: its lease ended and another worker claimed it, or it
 * is finished. The attempt stops and throws its result away.
 */
export class LeaseLostError extends Error {
  override readonly name = "LeaseLostError";
}

/** Thrown inside an attempt when the person no longer wants the page. */
export class JobCancelledError extends Error {
  override readonly name = "JobCancelledError";
}

/** A job, and the fencing token of whoever holds its lease. */
export type LeasedJob = Pick<ClaimedJob, "id" | "token">;

/** The jobs that run under a token. */
export async function findClaimed(db: Database, token: string): Promise<LeasedJob[]> {
  return db.query<LeasedJob>(sql`
    select id, lease_token as token from jobs where status = 'running' and lease_token = ${token}::uuid`);
}

/**
 * Extends the lease, and learns of a cancellation on the way.
 *
 * @throws {LeaseLostError}
 * @throws {JobCancelledError}
 */
export async function renewLease(db: Database, job: LeasedJob): Promise<void> {
  await holding(
    db.query<LeaseRow>(sql`
      update jobs set lease_expires_at = now() + make_interval(secs => ${leaseSeconds}::int)
      where id = ${job.id}::uuid and lease_token = ${job.token}::uuid
      returning cancel_requested_at is not null and stage is distinct from 'publishing' as cancelled`),
  );
}

/**
 * Tells where the job is.
 *
 * @throws {LeaseLostError}
 * @throws {JobCancelledError}
 */
export async function enterStage(db: Database, job: LeasedJob, stage: Exclude<JobStage, "publishing">): Promise<void> {
  await holding(
    db.query<LeaseRow>(sql`
      update jobs set stage = ${stage}::text
      where id = ${job.id}::uuid and lease_token = ${job.token}::uuid
      returning cancel_requested_at is not null as cancelled, ${notify("changed", sql`id::text`)}`),
  );
}

/**
 * The point of no return: from here on the job cannot be cancelled, only completed. Gives it the revision number
 * that it keeps over every later attempt.
 *
 * @throws {LeaseLostError}
 * @throws {JobCancelledError}
 */
export async function beginPublishing(db: Database, job: LeasedJob): Promise<number> {
  const { revision } = await holding(
    db.query<LeaseRow & { revision: number }>(sql`
      with mine as (
        select id, site_id, revision, cancel_requested_at from jobs
        where id = ${job.id}::uuid and lease_token = ${job.token}::uuid
        for update
      ), site as (
        update sites set last_revision = last_revision + 1 from mine
        where sites.id = mine.site_id and mine.revision is null and mine.cancel_requested_at is null
        returning last_revision
      ), publishing as (
        update jobs set stage = 'publishing', revision = coalesce(jobs.revision, (select last_revision from site)),
          lease_expires_at = now() + make_interval(secs => ${leaseSeconds}::int)
        from mine where jobs.id = mine.id and mine.cancel_requested_at is null
        returning jobs.revision, ${notify("changed", sql`jobs.id::text`)}
      )
      select cancel_requested_at is not null as cancelled, (select revision from publishing) as revision from mine`),
  );
  return revision;
}

interface LeaseRow {
  cancelled: boolean;
}

async function holding<Row extends LeaseRow>(rows: Promise<Row[]>): Promise<Row> {
  const [row] = await rows;
  if (row === undefined) throw new LeaseLostError("the lease is lost");
  if (row.cancelled) throw new JobCancelledError("the job is cancelled");
  return row;
}
