import type { SubmitConfig } from "../config/config.ts";
import { InterruptedError } from "../errors.ts";
import type { JobId } from "../ids.ts";
import type { Job } from "../jobs/job.ts";
import { findCurrentJobs, submitReplay } from "../jobs/submit-replays.ts";
import { watchJob } from "../jobs/watch-job.ts";
import type { Logger } from "../logger.ts";
import { openWaitingApp } from "./own-worker.ts";

/** Replays recorded before the first of them is waited for. */
const ahead = 50;

/**
 * Makes pages again from what was kept of them: the job's, or what every site shows now.
 *
 * @param onDone Called with the ended replay of each job.
 * @throws {NotFoundError} When there is no such job.
 * @throws {InterruptedError} When `signal` aborts. What is recorded goes on, embedded with the next command that works on jobs.
 */
export async function replay(
  config: SubmitConfig,
  which: JobId | "all",
  { logger, signal, onDone }: { logger: Logger; signal: AbortSignal; onDone: (source: JobId, replayed: Job) => void },
): Promise<void> {
  await using app = await openWaitingApp(config, logger);
  const sources = which === "all" ? await findCurrentJobs(app.db) : [which];
  await app.whileWorking(async () => {
    for (let at = 0; at < sources.length; at += ahead) {
      const submitted: [JobId, JobId][] = [];
      for (const source of sources.slice(at, at + ahead)) {
        const jobId = await submitReplay(app.db, source);
        await app.dispatcher.publish(jobId);
        submitted.push([source, jobId]);
      }
      for (const [source, jobId] of submitted) {
        let last: Job | undefined;
        for await (const job of watchJob(app.db, app.signals, jobId, signal)) last = job;
        if (signal.aborted) throw new InterruptedError("Interrupted; replays that were recorded are kept.");
        if (last) onDone(source, last);
      }
    }
  });
}
