import type { Outcome } from "./end-attempt.ts";

/** What a metrics module wants to count. */
export type JobEvent =
  | { type: "enqueued"; source: JobSource }
  /** A worker took a job that had been due for `waitMs`. */
  | { type: "claimed"; waitMs: number }
  /** A worker took a job from another that died or fell silent. */
  | { type: "rescued"; cause: RescueCause }
  /** A message from the queue found nothing to do: another had done it. */
  | { type: "nothing_due" }
  | {
      type: "attempt_ended";
      outcome: Outcome["kind"] | "lost_lease";
      durationMs: number;
      provider?: string;
      costUsd?: number;
    }
  /** The queue gave up on a message. */
  | { type: "dead_letter" };

type JobSource = "telegram" | "api" | "terminal";

export type RescueCause =
  /** Its process is gone: its advisory lock was free. */
  | "worker_died"
  /** It hangs, or its machine is gone. */
  | "lease_expired";
