import type { SiteId } from "../ids.ts";
import type { Job } from "../jobs/job.ts";

/** Where a site is published; `undefined` when this process has not been told where previews are served. */
export type PreviewUrl = (siteId: SiteId) => string | undefined;

/** A job as the job API shows it. */
export function jobJson(job: Job, previewUrl: PreviewUrl) {
  return {
    id: job.id,
    kind: job.kind,
    status: job.status,
    stage: job.stage,
    prompt: job.prompt,
    siteId: job.siteId,
    revision: job.revision,
    baseRevision: job.baseRevision,
    attempt: job.attempt,
    title: job.title,
    summary: job.summary,
    previewUrl: (job.status === "completed" && previewUrl(job.siteId)) || null,
    provider: job.provider,
    model: job.model,
    usage: job.usage,
    costUsd: job.costUsd,
    error: job.error,
    availableAt: job.availableAt,
    createdAt: job.createdAt,
    startedAt: job.startedAt,
    finishedAt: job.finishedAt,
  };
}
