import type { Database } from "../db/database.ts";
import type { JobId } from "../ids.ts";
import { findJob } from "./find-job.ts";
import { isFinished, type Job } from "./job.ts";
import type { Signals } from "./signals.ts";

const pollMs = 1000;

/**
 * Yields a job at once and again after each change of status, stage or attempt; the last one yielded is final.
 * Ends without it when `signal` aborts or the job is gone.
 */
export async function* watchJob(db: Database, signals: Signals, id: JobId, signal: AbortSignal): AsyncGenerator<Job> {
  let changed = Promise.withResolvers<void>();
  const wake = () => changed.resolve();
  using _ = signals.on("changed", (changedId) => {
    if (changedId === undefined || changedId === id) wake();
  });
  signal.addEventListener("abort", wake, { once: true });
  try {
    let seen = "";
    while (!signal.aborted) {
      changed = Promise.withResolvers();
      const job = await findJob(db, id);
      if (job === undefined) return;
      const state = `${job.status} ${job.stage} ${job.attempt}`;
      if (state !== seen) yield job;
      seen = state;
      if (isFinished(job.status)) return;
      const timer = setTimeout(wake, pollMs);
      await changed.promise;
      clearTimeout(timer);
    }
  } finally {
    signal.removeEventListener("abort", wake);
  }
}
