import type { TokenUsage } from "../ai/provider.ts";
import { type LiveEnd, type LivePage, openLivePage } from "../bundles/live-page.ts";
import { DatabaseError } from "../errors.ts";
import type { Logger } from "../logger.ts";
import type { Delivery } from "../queue/queue.ts";
import { annotate, traced } from "../tracing.ts";
import type { Attempts } from "./attempts.ts";
import { leaseSeconds, maxCrashes, suspectAt } from "./claim-job.ts";
import type { ClaimedJob } from "./claimed-job.ts";
import type { Claim } from "./claimer.ts";
import type { AttemptRecord, Outcome } from "./end-attempt.ts";
import type { End } from "./ender.ts";
import { outcomeOf, type RetryPolicy } from "./failure.ts";
import type { Isolation } from "./isolation.ts";
import type { JobEvent } from "./job-event.ts";
import { enterStage, LeaseLostError, renewLease } from "./lease.ts";
import { adoptPage, makePage, type PageMaker } from "./make-page.ts";
import { whileDatabaseIsDown } from "./while-database-is-down.ts";

export interface JobWorker extends PageMaker {
  claim: Claim;
  end: End;
  policy: RetryPolicy;
  previewUrl(siteId: ClaimedJob["siteId"]): string;
  /** US dollars; `undefined` when the model has no known price. */
  costOf(model: string, usage: TokenUsage): number | undefined;
  logger: Logger;
  attempts: Pick<Attempts, "begin">;
  isolation: Isolation;
  onJobEvent?: ((event: JobEvent) => void) | undefined;
}

/**
 * A message that comes back may tell of a death that the database has yet to notice: until it does, the dead worker's lock
 * is held. Without another look its job would wait for the lease to end.
 */
const lookAgainMs = [100, 400, 1500, 3000];

/** A quarter of the lease: three renewals may fail before it ends. */
const renewEveryMs = (leaseSeconds * 1000) / 4;

/**
 * Works on the job whose turn it is, if one is due. Resolves when the message that called for it may be acknowledged;
 * whatever went wrong is in the database by then.
 *
 * @param stopping Ends the wait for a database that is down; the pointer then goes back to the queue.
 */
export async function workJob(context: JobWorker, delivery: Delivery, stopping: AbortSignal): Promise<void> {
  const claim = async () => {
    await context.isolation.open(stopping);
    return whileDatabaseIsDown(() => context.claim(delivery), stopping);
  };
  let job = await claim();
  for (const delayMs of delivery.redelivered ? lookAgainMs : []) {
    if (job !== undefined || stopping.aborted) break;
    await Bun.sleep(delayMs);
    job = await claim();
  }
  if (job === undefined) {
    context.onJobEvent?.({ type: "nothing_due" });
    return context.logger.debug("nothing is due");
  }
  if (job.rescued) context.onJobEvent?.({ type: "rescued", cause: job.rescued });
  else context.onJobEvent?.({ type: "claimed", waitMs: job.waitMs });
  const attributes = { "orchestrator.job.id": job.id, "orchestrator.job.attempt": job.attempt };
  await traced("attempt", { kind: "consumer", parent: job.traceparent, attributes }, () =>
    runAttempt(context, job, stopping),
  );
}

async function runAttempt(context: JobWorker, job: ClaimedJob, stopping: AbortSignal): Promise<void> {
  const logger = context.logger.child({ jobId: job.id });
  const started = performance.now();
  const record: AttemptRecord = { inputTokens: 0, outputTokens: 0 };
  const ended = (outcome: Outcome["kind"] | "lost_lease") => {
    const durationMs = Math.round(performance.now() - started);
    const { provider, costUsd } = record;
    const cost = provider !== undefined && costUsd !== undefined ? { provider, costUsd } : {};
    context.onJobEvent?.({ type: "attempt_ended", outcome, durationMs, ...cost });
    annotate({ "orchestrator.outcome": outcome });
    return durationMs;
  };
  logger.info({ siteId: job.siteId, attempt: job.attempt }, "attempt begins");
  const outcome = await attemptJob(context, job, record, logger);
  if (record.model !== undefined) record.costUsd = context.costOf(record.model, record);
  if (outcome === undefined) {
    ended("lost_lease");
    logger.warn("the job is somebody else's now, this attempt's result is thrown away");
    return;
  }

  // Beyond the lease the job is another worker's; it adopts the page if this attempt published one.
  const leaseOver = AbortSignal.timeout(leaseSeconds * 1000);
  const ending = { job, outcome, record, previewUrl: context.previewUrl(job.siteId) };
  const ours = await traced("complete", {}, () =>
    whileDatabaseIsDown(() => context.end(ending), AbortSignal.any([stopping, leaseOver])),
  );
  const { reply: _, ...told } = record;
  const durationMs = ended(ours ? outcome.kind : "lost_lease");
  logger.info(
    { outcome: outcome.kind, error: "error" in outcome ? outcome.error.code : undefined, ours, durationMs, ...told },
    "attempt ends",
  );
}

/** @returns `undefined` when the lease was lost. */
async function attemptJob(
  context: JobWorker,
  job: ClaimedJob,
  record: AttemptRecord,
  logger: Logger,
): Promise<Outcome | undefined> {
  let live: LivePage | undefined;
  let outcome: Outcome | undefined;
  try {
    live = await openLivePage(context.previewsPath, job.siteId, job.id, { changes: job.kind !== "new" });
    outcome = await makeWhileLeased(context, job, record, live);
  } catch (error) {
    if (!(error instanceof LeaseLostError)) outcome = outcomeOf(error, job, context.policy);
    if (outcome && "error" in outcome) logger.warn({ err: error, outcome: outcome.kind }, "attempt failed");
  }
  await live?.end(describeEnd(outcome));
  return outcome;
}

async function makeWhileLeased(
  context: JobWorker,
  job: ClaimedJob,
  record: AttemptRecord,
  live: LivePage,
): Promise<Outcome> {
  const attempt = new AbortController();
  const renew = (): void => {
    renewLease(context.db, job).catch((error: unknown) => {
      if (!(error instanceof DatabaseError)) attempt.abort(error);
    });
  };
  const heartbeat = setInterval(renew, renewEveryMs);
  using _ = context.attempts.begin(job.id, { stop: (reason) => attempt.abort(reason), look: renew });
  try {
    const adopted = await adoptPage(context, job, record);
    if (adopted) return adopted;
    if (job.cancelRequested) return { kind: "cancelled" };
    if (job.crashes >= maxCrashes)
      return { kind: "failed", error: { code: "poison", message: "This prompt crashed the worker three times." } };
    const alone = job.crashes >= suspectAt;
    using _place = await context.isolation.enter({ alone }, attempt.signal);
    if (alone) await whileDatabaseIsDown(() => enterStage(context.db, job, "writing"), attempt.signal);
    return await makePage(context, job, record, live, attempt.signal);
  } catch (error) {
    throw attempt.signal.aborted ? attempt.signal.reason : error;
  } finally {
    clearInterval(heartbeat);
  }
}

/** The outcome as whoever watches the page is told. */
function describeEnd(outcome: Outcome | undefined): LiveEnd {
  switch (outcome?.kind) {
    case undefined:
      return { state: "abandoned" };
    case "completed":
      return { state: "published" };
    case "failed":
      return { state: "failed", code: outcome.error.code };
    case "retried":
    case "snoozed":
      return { state: "retrying" };
    case "released":
      return { state: "queued" };
    case "cancelled":
      return { state: "cancelled" };
  }
}
