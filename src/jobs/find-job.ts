import { eq } from "drizzle-orm";
import type { Database } from "../db/database.ts";
import { jobs } from "../db/schema.ts";
import { NotFoundError } from "../errors.ts";
import type { JobId } from "../ids.ts";
import type { Job } from "./job.ts";

export async function findJob(db: Database, id: JobId): Promise<Job | undefined> {
  const [row] = await db.read((orm) => orm.select().from(jobs).where(eq(jobs.id, id)));
  return row && toJob(row);
}

/** @throws {NotFoundError} */
export async function getJob(db: Database, id: JobId): Promise<Job> {
  const job = await findJob(db, id);
  if (job === undefined) throw new NotFoundError(`There is no job ${id}.`);
  return job;
}

export function toJob(row: typeof jobs.$inferSelect): Job {
  return {
    id: row.id,
    siteId: row.siteId,
    kind: row.kind,
    status: row.status,
    stage: row.stage,
    prompt: row.prompt,
    attempt: row.attempt,
    revision: row.revision,
    baseRevision: row.baseRevision,
    title: row.title,
    summary: row.summary,
    provider: row.provider,
    model: row.model,
    usage: { inputTokens: row.inputTokens, outputTokens: row.outputTokens },
    costUsd: row.costUsd,
    error: row.errorCode === null ? null : { code: row.errorCode, message: row.errorMessage ?? "" },
    availableAt: row.availableAt,
    createdAt: row.createdAt,
    startedAt: row.startedAt,
    finishedAt: row.finishedAt,
  };
}
