import type { SiteId } from "../ids.ts";
import type { Job } from "../jobs/job.ts";

/** Where a site is published; `undefined` when this process has not been told where previews are served. */
export type PreviewUrl = (siteId: SiteId) => string | undefined;

/** A job as the job API shows it. */
export function jobJson(job: Job, previewUrl: PreviewUrl) {
  return {
    id: job.id,
    status: job.status,
    stage: job.stage,
    prompt: job.prompt,
    siteId: job.siteId,
    revision: job.revision,
    attempt: job.attempt,
    title: job.title,
    previewUrl: (job.status === "completed" && previewUrl(job.siteId)) || null,
    provider: job.provider,
    model: job.model,
    usage: job.usage,
    error: job.error,
    availableAt: job.availableAt,
    createdAt: job.createdAt,
    startedAt: job.startedAt,
    finishedAt: job.finishedAt,
  };
}
