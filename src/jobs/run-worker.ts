import { hostname } from "node:os";
import type { Queue } from "../queue/queue.ts";
import { followAttempts } from "./attempts.ts";
import { buryDead } from "./bury-dead.ts";
import { createClaimer } from "./claimer.ts";
import { createEnder } from "./ender.ts";
import { createIsolation } from "./isolation.ts";
import type { Signals } from "./signals.ts";
import { type JobWorker, workJob } from "./work-job.ts";

export interface RunWorkerOptions {
  concurrency: number;
  /** How long running jobs may go on after `signal` aborts; then they are given back. */
  graceMs: number;
  signal: AbortSignal;
}

/**
 * Works on queued jobs until `signal` aborts: then takes no more, lets those running finish within the grace period,
 * and gives back the rest without spending their attempt.
 */
export async function runWorker(
  context: Omit<JobWorker, "claim" | "end" | "attempts" | "isolation"> & { queue: Queue; signals: Signals },
  { concurrency, graceMs, signal }: RunWorkerOptions,
): Promise<void> {
  // 48 bits: exact as a JavaScript number, and no two living workers share one.
  const lockKey = Number.parseInt(crypto.randomUUID().replaceAll("-", "").slice(0, 12), 16);
  await using _lock = await context.db.holdLock(lockKey);
  using attempts = followAttempts(context.signals);
  const worker: JobWorker = {
    ...context,
    attempts,
    isolation: createIsolation(),
    end: createEnder(context.db),
    claim: createClaimer(context.db, {
      name: `${hostname()}:${process.pid}`,
      lockKey,
      provider: context.provider.name,
    }),
  };

  let grace: Timer | undefined;
  const drained = new AbortController();
  const drain = () => {
    context.logger.info({ running: attempts.size, graceMs }, "taking no more jobs");
    grace = setTimeout(() => {
      drained.abort();
      attempts.stopAll();
    }, graceMs);
  };
  signal.addEventListener("abort", drain, { once: true });
  // A broker that refuses the one refuses the other.
  const refused = new AbortController();
  const stop = AbortSignal.any([signal, refused.signal]);
  const parts = [
    context.queue.consume((delivery) => workJob(worker, delivery, drained.signal), { concurrency, signal: stop }),
    buryDead(context, stop),
  ];
  await Promise.all(parts.map((part) => part.catch((error) => refused.abort(error))));
  clearTimeout(grace);
  signal.removeEventListener("abort", drain);
  if (refused.signal.aborted) throw refused.signal.reason;
}
