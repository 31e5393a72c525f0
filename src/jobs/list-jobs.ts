import { and, desc, eq, gte, inArray, type SQL } from "drizzle-orm";
import type { Database } from "../db/database.ts";
import { jobAttempts, jobs } from "../db/schema.ts";
import { NotFoundError } from "../errors.ts";
import type { JobId, SiteId } from "../ids.ts";
import { toJob } from "./find-job.ts";
import type { Job, JobStatus } from "./job.ts";

export interface JobFilter {
  /** Empty: all. */
  statuses: readonly JobStatus[];
  tenant: string | undefined;
  siteId: SiteId | undefined;
  /** Recorded no earlier. */
  since: Date | undefined;
  limit: number;
}

/** A job as its operator sees it. */
export interface JobRecord extends Job {
  tenant: string;
  /** Times that its worker died, that the provider asked to wait, and that its message was published. */
  crashes: number;
  snoozes: number;
  dispatches: number;
  leaseExpiresAt: Date | null;
  cancelRequestedAt: Date | null;
}

export type AttemptEntry = Omit<typeof jobAttempts.$inferSelect, "jobId">;

/** The latest first. */
export async function listJobs(db: Database, filter: JobFilter): Promise<JobRecord[]> {
  const conditions: (SQL | undefined)[] = [
    filter.statuses.length > 0 ? inArray(jobs.status, [...filter.statuses]) : undefined,
    filter.tenant === undefined ? undefined : eq(jobs.tenant, filter.tenant),
    filter.siteId === undefined ? undefined : eq(jobs.siteId, filter.siteId),
    filter.since === undefined ? undefined : gte(jobs.createdAt, filter.since),
  ];
  const rows = await db.read((orm) =>
    orm
      .select()
      .from(jobs)
      .where(and(...conditions))
      .orderBy(desc(jobs.createdAt), desc(jobs.id))
      .limit(filter.limit),
  );
  return rows.map(toRecord);
}

/**
 * A job with each of its attempts, the first one first.
 *
 * @throws {NotFoundError}
 */
export async function getJobHistory(db: Database, id: JobId): Promise<{ job: JobRecord; attempts: AttemptEntry[] }> {
  const [row] = await db.read((orm) => orm.select().from(jobs).where(eq(jobs.id, id)));
  if (row === undefined) throw new NotFoundError(`There is no job ${id}.`);
  const attempts = await db.read((orm) =>
    orm.select().from(jobAttempts).where(eq(jobAttempts.jobId, id)).orderBy(jobAttempts.number),
  );
  return { job: toRecord(row), attempts: attempts.map(({ jobId: _, ...attempt }) => attempt) };
}

function toRecord(row: typeof jobs.$inferSelect): JobRecord {
  const { tenant, crashes, snoozes, dispatches, leaseExpiresAt, cancelRequestedAt } = row;
  return { ...toJob(row), tenant, crashes, snoozes, dispatches, leaseExpiresAt, cancelRequestedAt };
}
