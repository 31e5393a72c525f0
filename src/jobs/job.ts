import type { JobId, SiteId } from "../ids.ts";

/**
 * `queued` → `running` → `completed` | `failed` | `cancelled`. A retry is `queued` again with a later `availableAt`.
 * The last three are final: no statement leaves them.
 */
export type JobStatus = "queued" | "running" | "completed" | "failed" | "cancelled";

/** Where a running job is. From `publishing` on it can no longer be cancelled. */
export type JobStage = "writing" | "checking" | "publishing";

/** A job as everyone but its worker sees it. */
export interface Job {
  id: JobId;
  siteId: SiteId;
  status: JobStatus;
  stage: JobStage | null;
  prompt: string;
  /** Attempts spent so far. */
  attempt: number;
  revision: number | null;
  title: string | null;
  provider: string | null;
  model: string | null;
  usage: { inputTokens: number; outputTokens: number };
  error: JobError | null;
  availableAt: Date;
  createdAt: Date;
  startedAt: Date | null;
  finishedAt: Date | null;
}

/** Why a job failed: a stable code, and a sentence a person understands. */
export interface JobError {
  code: string;
  message: string;
}

export function isFinished(status: JobStatus): boolean {
  return status === "completed" || status === "failed" || status === "cancelled";
}
