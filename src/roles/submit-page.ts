import { stat } from "node:fs/promises";
import { join } from "node:path";
import type { App } from "../app.ts";
import { formatPreviewUrl } from "../bundles/preview-address.ts";
import { readManifest } from "../bundles/read-manifest.ts";
import { announceQueued } from "../bundles/site-status.ts";
import type { SubmitConfig } from "../config/config.ts";
import { InterruptedError, WaitTimeoutError } from "../errors.ts";
import type { JobId, SiteId } from "../ids.ts";
import { cancelJob } from "../jobs/cancel-job.ts";
import { getJob } from "../jobs/find-job.ts";
import type { Job } from "../jobs/job.ts";
import { submitJob } from "../jobs/submit-job.ts";
import { watchJob } from "../jobs/watch-job.ts";
import type { Logger } from "../logger.ts";
import type { SanitizeReport } from "../sanitizer/report.ts";
import { traced } from "../tracing.ts";
import { openWaitingApp } from "./own-worker.ts";

export interface PageRequest {
  prompt: string;
  model: string | undefined;
  /** The site to change; without it the page gets a new one. */
  edit: SiteId | undefined;
  /** Files on this machine's disk. */
  pictures: readonly string[];
  /** Return as soon as the job is recorded. */
  wait: boolean;
  timeoutMs: number | undefined;
}

export interface SubmittedPage {
  job: Job;
  previewUrl: string;
  /** `index.html` on this machine's disk, when it is there. */
  path: string | undefined;
  /** What the sanitizer took out of it, by rule; known when it is on this machine's disk. */
  removed: SanitizeReport | undefined;
}

/** After Ctrl-C, how long to wait for the worker to let go. */
const cancelWaitMs = 5000;

/**
 * One prompt to one page. Embedded, this process is its own worker; otherwise the workers of the real stack do it.
 *
 * @param onProgress Called with each state the job is seen in.
 * @throws {UsageError} When a picture cannot be used.
 * @throws {StorageError} When this process could not publish the page.
 * @throws {NotFoundError} When there is no such site to change.
 * @throws {InterruptedError} When `signal` aborts. The job is cancelled.
 * @throws {WaitTimeoutError} The job goes on, embedded with the next command that works on jobs.
 */
export async function submitPage(
  config: SubmitConfig,
  request: PageRequest,
  { logger, signal, onProgress }: { logger: Logger; signal: AbortSignal; onProgress: (job: Job) => void },
): Promise<SubmittedPage> {
  const pictures = await loadPictures(request.pictures, signal);
  await using app = await openWaitingApp(config, logger);
  signal.throwIfAborted();
  const submitted = await traced("submit", {}, async () => {
    const submitted = await submitJob(app.db, { ...request, pictures, tenant: "terminal" });
    await app.dispatcher.publish(submitted.jobId);
    return submitted;
  });
  // Embedded, no other process can leave word of the job where its link looks for it.
  if (config.storage.mode === "embedded") {
    await announceQueued(config.preview.path, submitted.siteId, submitted.jobId, new Date()).catch(() => undefined);
  }
  const page = async (job: Job) => ({ job, ...(await whereabouts(config, job.siteId, job.revision)) });
  if (!request.wait) return page(await getJob(app.db, submitted.jobId));

  return await app.whileWorking(async () => {
    const timeout = request.timeoutMs === undefined ? undefined : AbortSignal.timeout(request.timeoutMs);
    const waiting = AbortSignal.any([signal, ...(timeout ? [timeout] : [])]);
    const job = await lastState(watchJob(app.db, app.signals, submitted.jobId, waiting), onProgress);
    if (signal.aborted) {
      await cancel(app, submitted.jobId);
      throw new InterruptedError("Interrupted; the job is cancelled.");
    }
    if (timeout?.aborted) {
      const next =
        config.storage.mode === "embedded"
          ? "goes on with the next `submit` or `up` in this data directory"
          : job?.status === "running"
            ? "goes on"
            : "is queued and waits for a worker";
      throw new WaitTimeoutError(
        `Not finished within ${(request.timeoutMs ?? 0) / 1000} s; job ${submitted.jobId} ${next}.`,
      );
    }
    return await page(job ?? (await getJob(app.db, submitted.jobId)));
  });
}

async function loadPictures(paths: readonly string[], signal: AbortSignal): Promise<string[]> {
  if (paths.length === 0) return [];
  const { readPictures } = await import("./read-pictures.ts");
  return readPictures(paths, signal);
}

async function lastState(states: AsyncIterable<Job>, onProgress: (job: Job) => void): Promise<Job | undefined> {
  let last: Job | undefined;
  for await (const job of states) {
    onProgress(job);
    last = job;
  }
  return last;
}

async function cancel(app: App, jobId: JobId): Promise<void> {
  await cancelJob(app.db, jobId);
  await lastState(watchJob(app.db, app.signals, jobId, AbortSignal.timeout(cancelWaitMs)), () => undefined);
}

async function whereabouts({ preview }: SubmitConfig, siteId: SiteId, revision: number | null) {
  const path = join(preview.path, siteId, `r${revision}`, "index.html");
  const present =
    revision !== null &&
    (await stat(path).then(
      () => true,
      () => false,
    ));
  const manifest = present ? await readManifest(preview.path, siteId, revision).catch(() => undefined) : undefined;
  return {
    previewUrl: formatPreviewUrl(preview.baseUrl, siteId),
    path: present ? path : undefined,
    removed: manifest?.sanitizer.report,
  };
}
