import {
  DatabaseError,
  NoRevisionError,
  NotFoundError,
  OutputError,
  type OutputErrorReason,
  ProviderError,
  StorageError,
} from "../errors.ts";
import type { ClaimedJob } from "./claimed-job.ts";
import type { Outcome } from "./end-attempt.ts";
import type { JobError } from "./job.ts";
import { JobCancelledError } from "./lease.ts";
import { type RetryDelays, retryDelayMs } from "./retry-delay.ts";

/** Thrown inside an attempt when its worker is told to stop and the grace period is over. */
export class DrainError extends Error {
  override readonly name = "DrainError";
}

export interface RetryPolicy {
  /** After the first attempt. */
  maxRetries: number;
  retryDelays: RetryDelays;
}

/** A provider that keeps asking us to wait is given up on after this many times. */
const maxSnoozes = 50;
/** Wait when the provider says "too many requests" without saying how long. */
const defaultSnoozeMs = 10_000;
/** Longest wait a provider can impose. */
const maxSnoozeMs = 3_600_000;

/** What becomes of a job whose attempt threw `error`. */
export function outcomeOf(
  error: unknown,
  job: ClaimedJob,
  policy: RetryPolicy,
  random: () => number = Math.random,
): Outcome {
  if (error instanceof JobCancelledError) return { kind: "cancelled" };
  if (error instanceof DrainError) return { kind: "released" };

  const reason = describeFailure(error);
  if (error instanceof ProviderError && error.reason === "rate_limited" && job.snoozes < maxSnoozes) {
    const asked = Math.min(error.retryAfterMs ?? defaultSnoozeMs, maxSnoozeMs);
    // Up to a tenth later, so that not all who wait come back in the same moment.
    return { kind: "snoozed", error: reason, delayMs: Math.round(asked * (1 + random() / 10)) };
  }
  const failures = job.attempt - job.crashes;
  if (!isRetryable(error) || failures > policy.maxRetries) return { kind: "failed", error: reason };
  return { kind: "retried", error: reason, delayMs: retryDelayMs(Math.max(failures, 1), policy.retryDelays, random) };
}

function isRetryable(error: unknown): boolean {
  if (error instanceof ProviderError || error instanceof OutputError) return error.retryable;
  // What is gone does not come back.
  return !(error instanceof NotFoundError);
}

/** The code is stable; the message is for a person and carries nothing internal. */
function describeFailure(error: unknown): JobError {
  if (error instanceof ProviderError) return { code: `provider_${error.reason}`, message: error.message };
  if (error instanceof OutputError)
    return { code: `output_${error.reason satisfies OutputErrorReason}`, message: error.message };
  if (error instanceof NotFoundError)
    return { code: error instanceof NoRevisionError ? "no_revision" : "site_gone", message: error.message };
  if (error instanceof StorageError || error instanceof DatabaseError)
    return { code: error.code, message: error.message };
  return { code: "internal", message: "Something went wrong on our side." };
}
