import type { Database } from "../db/database.ts";
import { DatabaseError } from "../errors.ts";
import type { Delivery } from "../queue/queue.ts";
import { answerTogether } from "./answer-together.ts";
import { claimJobs, leaseSeconds, mostClaimed, type WorkerIdentity } from "./claim-job.ts";
import type { ClaimedJob } from "./claimed-job.ts";
import { endAttempt } from "./end-attempt.ts";
import { findClaimed } from "./lease.ts";

/** Claims the job that a delivery called for; `undefined` when nothing is due. */
export type Claim = (delivery: Pick<Delivery, "redelivered" | "jobId">) => Promise<ClaimedJob | undefined>;

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
  let lookUntil = Number.NEGATIVE_INFINITY;
  const unanswered = new Set<string>();

  return answerTogether(mostClaimed, async (deliveries: Parameters<Claim>[0][]) => {
    for (const lost of unanswered) {
      await giveBack(db, lost);
      unanswered.delete(lost);
    }
    if (deliveries.some((one) => one.redelivered)) lookUntil = performance.now() + leaseSeconds * 1000;
    const redelivered = performance.now() < lookUntil;
    const called = deliveries.map(({ jobId }) => jobId);
    const token = crypto.randomUUID();
    unanswered.add(token);
    try {
      const jobs = await claimJobs(db, worker, { redelivered, called, most: deliveries.length, token });
      unanswered.delete(token);
      return jobs.length > 0 ? jobs : deliveries.map(() => undefined);
    } catch (error) {
      if (!(error instanceof DatabaseError)) unanswered.delete(token);
      throw error;
    }
  });
}

async function giveBack(db: Database, token: string): Promise<void> {
  for (const job of await findClaimed(db, token))
    await endAttempt(db, job, { kind: "released" }, { inputTokens: 0, outputTokens: 0 });
}
