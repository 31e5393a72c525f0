import type { JobId, SiteId } from "../ids.ts";

/**
 * `queued` → `running` → `completed` | `failed` | `cancelled`. A retry is `queued` again with a later `availableAt`.
 * The last three are final: no worker leaves them; an operator may give a failed or cancelled job another life.
 */
export type JobStatus = "queued" | "running" | "completed" | "failed" | "cancelled";

/** Where a running job is. From `publishing` on it can no longer be cancelled. */
export type JobStage = "writing" | "checking" | "publishing";

/** What makes the revision: a prompt, a change to what is there, or an earlier reply read again. */
export type JobKind = "new" | "edit" | "replay";

/** A job as everyone but its worker sees it. */
export interface Job {
  id: JobId;
  siteId: SiteId;
  kind: JobKind;
  status: JobStatus;
  stage: JobStage | null;
  prompt: string;
  /** Attempts spent so far. */
  attempt: number;
  revision: number | null;
  /** The revision it was made from, or took the place of; null for a site's first, and before the first attempt. */
  baseRevision: number | null;
  title: string | null;
  /** What an edit or replay changed, for the person who asked. */
  summary: string | null;
  provider: string | null;
  model: string | null;
  usage: { inputTokens: number; outputTokens: number };
  /** US dollars, of all attempts whose model has a price; null when none has. */
  costUsd: number | null;
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
