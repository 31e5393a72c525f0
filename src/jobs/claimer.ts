import type { Database } from "../db/database.ts";
import { DatabaseError } from "../errors.ts";
import type { Delivery } from "../queue/queue.ts";
import { claimJobs, leaseSeconds, mostClaimed, type WorkerIdentity } from "./claim-job.ts";
import type { ClaimedJob } from "./claimed-job.ts";
import { endAttempt } from "./end-attempt.ts";
import { findClaimed } from "./lease.ts";

/** Claims the job that a delivery called for; `undefined` when nothing is due. */
export type Claim = (delivery: Pick<Delivery, "redelivered" | "jobId">) => Promise<ClaimedJob | undefined>;

type Request = PromiseWithResolvers<ClaimedJob | undefined> & Parameters<Claim>[0];

/**
 * Claims for all deliveries of one worker. Those that come while a claim is under way are answered together by the next:
 * one statement for all, and none that waits for the rows of another.
 *
 * A claim that got no answer may have been made all the same. What it took is given back before the next one, instead of
 * waiting for its lease to end.
 *
 * A message that came back tells of a dead worker whose lock may not be free yet, and is used up if its claim takes another
 * job: those after it look for the dead worker too, until the lease of its jobs has ended.
 */
export function createClaimer(db: Database, worker: WorkerIdentity): Claim {
  let requests: Request[] = [];
  let claiming = false;
  let lookUntil = Number.NEGATIVE_INFINITY;
  const unanswered = new Set<string>();

  async function claimFor(asked: Request[]): Promise<void> {
    const token = crypto.randomUUID();
    try {
      for (const lost of unanswered) {
        await giveBack(db, lost);
        unanswered.delete(lost);
      }
      if (asked.some((one) => one.redelivered)) lookUntil = performance.now() + leaseSeconds * 1000;
      const redelivered = performance.now() < lookUntil;
      unanswered.add(token);
      const called = asked.map(({ jobId }) => jobId);
      const jobs = await claimJobs(db, worker, { redelivered, called, most: asked.length, token });
      unanswered.delete(token);
      for (const job of jobs) asked.shift()?.resolve(job);
      if (jobs.length > 0) requests = [...asked, ...requests];
      else for (const { resolve } of asked) resolve(undefined);
    } catch (error) {
      if (!(error instanceof DatabaseError)) unanswered.delete(token);
      for (const { reject } of asked) reject(error);
    }
  }

  async function claimAll(): Promise<void> {
    claiming = true;
    // Deliveries arrive several at a time.
    await Promise.resolve();
    while (requests.length > 0) await claimFor(requests.splice(0, mostClaimed));
    claiming = false;
  }

  return ({ redelivered, jobId }) => {
    const request = { redelivered, jobId, ...Promise.withResolvers<ClaimedJob | undefined>() };
    requests.push(request);
    if (!claiming) void claimAll();
    return request.promise;
  };
}

async function giveBack(db: Database, token: string): Promise<void> {
  for (const job of await findClaimed(db, token))
    await endAttempt(db, job, { kind: "released" }, { inputTokens: 0, outputTokens: 0 });
}
