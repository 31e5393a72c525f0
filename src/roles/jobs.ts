import { openDatabase } from "../app.ts";
import type { JobsConfig } from "../config/config.ts";
import { NotFoundError } from "../errors.ts";
import { isJobId, type JobId } from "../ids.ts";
import { type CancelResult, cancelJob } from "../jobs/cancel-job.ts";
import { type AttemptEntry, getJobHistory, type JobFilter, type JobRecord, listJobs } from "../jobs/list-jobs.ts";
import { type RetryResult, retryJob } from "../jobs/retry-job.ts";

/** The operator's view of jobs. Needs the database and nothing else. */
export interface JobDesk extends AsyncDisposable {
  list(filter: JobFilter): Promise<JobRecord[]>;
  /** @throws {NotFoundError} */
  show(id: string): Promise<{ job: JobRecord; attempts: AttemptEntry[] }>;
  /** @throws {NotFoundError} */
  retry(id: string): Promise<Exclude<RetryResult, "not_found">>;
  /** @throws {NotFoundError} */
  cancel(id: string): Promise<Exclude<CancelResult, "not_found">>;
}

export async function openJobs({ database }: JobsConfig): Promise<JobDesk> {
  const db = await openDatabase(database);
  return {
    list: (filter) => listJobs(db, filter),
    show: async (id) => getJobHistory(db, toId(id)),
    retry: async (id) => found(id, await retryJob(db, toId(id))),
    cancel: async (id) => found(id, await cancelJob(db, toId(id))),
    [Symbol.asyncDispose]: () => db[Symbol.asyncDispose](),
  };
}

function toId(id: string): JobId {
  const lower = id.toLowerCase();
  return isJobId(lower) ? lower : missing(id);
}

function found<Result extends string>(id: string, result: Result): Exclude<Result, "not_found"> {
  return result === "not_found" ? missing(id) : (result as Exclude<Result, "not_found">);
}

function missing(id: string): never {
  throw new NotFoundError(`There is no job ${id}.`);
}
