import type { JobId } from "../ids.ts";
import { DrainError } from "./failure.ts";
import { JobCancelledError } from "./lease.ts";
import type { Signals } from "./signals.ts";

/** An attempt in flight. */
interface Attempt {
  stop(reason: Error): void;
  /** Asks the database whether it is still wanted. */
  look(): void;
}

/** What one worker has in flight. */
export interface Attempts extends Disposable {
  readonly size: number;
  /** Until disposed, the attempt is stopped when its job is cancelled. */
  begin(jobId: JobId, attempt: Attempt): Disposable;
  /** The worker is going away. */
  stopAll(): void;
}

/** Cancellations kept in mind for jobs that are being claimed at this moment. Beyond that, the heartbeat tells. */
const mostRemembered = 1000;

export function followAttempts(signals: Pick<Signals, "on">): Attempts {
  const running = new Map<JobId, Attempt>();
  const cancelled = new Set<string>();
  const listening = signals.on("cancel", (id) => {
    // Signals may have been missed.
    if (id === undefined) for (const attempt of running.values()) attempt.look();
    else {
      running.get(id as JobId)?.stop(new JobCancelledError("the job is cancelled"));
      // Its worker may know of the cancellation before it knows of the job.
      cancelled.add(id);
      for (const oldest of cancelled) if (cancelled.size > mostRemembered) cancelled.delete(oldest);
    }
  });
  return {
    get size() {
      return running.size;
    },
    begin(jobId, attempt) {
      running.set(jobId, attempt);
      // It may have been given another life since.
      if (cancelled.delete(jobId)) attempt.look();
      return { [Symbol.dispose]: () => void running.delete(jobId) };
    },
    stopAll() {
      for (const attempt of running.values()) attempt.stop(new DrainError("the worker is stopping"));
    },
    [Symbol.dispose]: () => listening[Symbol.dispose](),
  };
}
