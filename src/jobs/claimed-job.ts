import type { JobId, SiteId } from "../ids.ts";
import type { JobKind } from "./job.ts";
import type { RescueCause } from "./job-event.ts";

/** A job in the hands of a worker, for one attempt. */
export interface ClaimedJob {
  id: JobId;
  siteId: SiteId;
  kind: JobKind;
  /** The job whose reply a replay reads again. */
  replayOf: JobId | undefined;
  /** The site's current revision when the job was claimed: what an edit changes. */
  baseRevision: number | undefined;
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
  /** Time since it became due. */
  waitMs: number;
  /** Set when the job was taken from another worker. */
  rescued: RescueCause | undefined;
  /** Trace the job belongs to. */
  traceparent: string | undefined;
}

/** The same, as the statement that claims returns it. */
export interface ClaimRow {
  /** All columns but this one are null when nothing was claimed. */
  busy: boolean;
  id: JobId;
  site_id: SiteId;
  kind: JobKind;
  replay_of: JobId | null;
  base_revision: number | null;
  prompt: string;
  model: string | null;
  attempt: number;
  crashes: number;
  snoozes: number;
  lease_token: string;
  revision: number | null;
  cancel_requested: boolean;
  language: string | null;
  wait_ms: number;
  rescued: RescueCause | null;
  traceparent: string | null;
}

export function toClaimedJob(row: ClaimRow, id: JobId): ClaimedJob {
  return {
    id,
    siteId: row.site_id,
    kind: row.kind,
    replayOf: row.replay_of ?? undefined,
    baseRevision: row.base_revision ?? undefined,
    prompt: row.prompt,
    model: row.model ?? undefined,
    attempt: row.attempt,
    crashes: row.crashes,
    snoozes: row.snoozes,
    token: row.lease_token,
    revision: row.revision ?? undefined,
    cancelRequested: row.cancel_requested,
    language: row.language ?? undefined,
    waitMs: row.wait_ms,
    rescued: row.rescued ?? undefined,
    traceparent: row.traceparent ?? undefined,
  };
}
