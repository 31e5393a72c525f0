/**
 * What can go wrong, by who failed. Anything else that escapes to `cmd/` is a bug and exits with 1.
 *
 * `code` is stable and machine-readable; `message` says what happened and what to do, and never
 * carries a secret or a prompt.
 */
export abstract class OrchestratorError extends Error {
  abstract readonly code: string;
  /** Exit status of the process when this error ends a command. */
  abstract readonly exitStatus: number;
}

/** The command line cannot be acted on: an unknown flag, an empty prompt. */
export class UsageError extends OrchestratorError {
  override readonly name = "UsageError";
  readonly code = "usage";
  readonly exitStatus = 2;
}

/** Settings are missing, malformed or contradict each other. Carries every problem, not the first. */
export class ConfigError extends OrchestratorError {
  override readonly name = "ConfigError";
  readonly code = "config";
  readonly exitStatus = 10;
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(
      problems.length === 1
        ? problems[0]
        : `${problems.length} problems:\n${problems.map((p) => `  - ${p}`).join("\n")}`,
    );
    this.problems = problems;
  }
}

export class DatabaseError extends OrchestratorError {
  override readonly name = "DatabaseError";
  readonly code = "database";
  readonly exitStatus = 11;
}

export type QueueErrorReason =
  /** No connection now, or it was lost before the confirm: the message may have arrived. */
  | "closed"
  /** No confirm in time: the message may have arrived. */
  | "timeout"
  /** The broker is short of memory or disk and takes nothing: the message may arrive later. */
  | "blocked"
  /** The broker said no: the queue is full or has no majority. */
  | "nack"
  /** No queue is bound where the message went. */
  | "returned"
  /** An exchange or queue exists with other arguments than ours, or may not be declared. Needs an operator. */
  | "topology"
  /** Wrong credentials, unknown virtual host or no permission for it. Needs an operator. */
  | "refused";

/** The broker did not take a message, or cannot be used at all. */
export class QueueError extends OrchestratorError {
  override readonly name = "QueueError";
  readonly code = "queue";
  readonly exitStatus = 12;
  readonly reason: QueueErrorReason;

  constructor(message: string, options: { reason: QueueErrorReason; cause?: unknown }) {
    super(message, { cause: options.cause });
    this.reason = options.reason;
  }
}

/** The previews directory cannot be written or read: full, read-only, missing, no permission. Passes when the disk is mended. */
export class StorageError extends OrchestratorError {
  override readonly name = "StorageError";
  readonly code = "storage";
  readonly exitStatus = 10;
}

export type ProviderErrorReason =
  /** Network failure, 5xx, timeout, stalled stream. */
  | "unavailable"
  /** 429: try again after `retryAfterMs`, without spending an attempt. */
  | "rate_limited"
  /** 401, 403: the key is wrong. */
  | "unauthorized"
  /** Any other 4xx: the request itself is wrong (unknown model, context too long). */
  | "rejected";

/** The AI provider could not be asked, or did not answer. */
export class ProviderError extends OrchestratorError {
  override readonly name = "ProviderError";
  readonly code = "provider";
  readonly exitStatus = 13;
  readonly reason: ProviderErrorReason;
  /** What the provider asked us to wait, if it said so. */
  readonly retryAfterMs: number | undefined;

  constructor(message: string, options: { reason: ProviderErrorReason; retryAfterMs?: number; cause?: unknown }) {
    super(message, { cause: options.cause });
    this.reason = options.reason;
    this.retryAfterMs = options.retryAfterMs;
  }

  get retryable(): boolean {
    return this.reason === "unavailable" || this.reason === "rate_limited";
  }
}

export type OutputErrorReason =
  | "truncated"
  | "refused"
  | "blocked"
  | "empty"
  | "no_document"
  | "elided"
  | "repetitive"
  | "too_large"
  | "unfinished";

/** The provider answered, and what it answered is not a page that may be published. */
export class OutputError extends OrchestratorError {
  override readonly name = "OutputError";
  readonly code = "output";
  readonly exitStatus = 14;
  readonly reason: OutputErrorReason;

  constructor(message: string, options: { reason: OutputErrorReason; cause?: unknown }) {
    super(message, { cause: options.cause });
    this.reason = options.reason;
  }

  /** A refusal stays a refusal; everything else may come out right when asked again. */
  get retryable(): boolean {
    return this.reason !== "refused" && this.reason !== "blocked";
  }
}

/** A published revision is not what its manifest says, or not safe: altered on the disk, or made by a faulty version. */
export class BundleError extends OrchestratorError {
  override readonly name = "BundleError";
  readonly code = "bundle";
  readonly exitStatus = 14;
}

export class NotFoundError extends OrchestratorError {
  override readonly name = "NotFoundError";
  readonly code = "not_found";
  readonly exitStatus = 15;
}

/** The site is there, and not in the state that was asked for: nothing to undo, no such revision, no page yet. */
export class NoRevisionError extends NotFoundError {}

/** Waited as long as the caller allowed. The job itself is kept. */
export class WaitTimeoutError extends OrchestratorError {
  override readonly name = "WaitTimeoutError";
  readonly code = "timeout";
  readonly exitStatus = 16;
}

/** `doctor` found problems. They are told already; the status is that of the worst. */
export class DoctorError extends OrchestratorError {
  override readonly name = "DoctorError";
  readonly code = "unhealthy";
  readonly exitStatus: number;

  constructor(found: readonly { level: string; exitStatus?: number | undefined }[]) {
    const problems = found.filter(({ level }) => level === "problem");
    super(problems.length === 1 ? "There is a problem." : `There are ${problems.length} problems.`);
    this.exitStatus = Math.min(...problems.map(({ exitStatus }) => exitStatus ?? 1));
  }
}

/** The person stopped it: Ctrl-C or SIGTERM. */
export class InterruptedError extends OrchestratorError {
  override readonly name = "InterruptedError";
  readonly code = "interrupted";
  readonly exitStatus = 130;
}
