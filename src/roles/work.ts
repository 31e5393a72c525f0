import { createProvider } from "../ai/create-provider.ts";
import { costOf } from "../ai/prices.ts";
import type { App } from "../app.ts";
import { createPreviewsDirectory } from "../bundles/create-previews-directory.ts";
import { formatPreviewUrl } from "../bundles/preview-address.ts";
import type { WorkConfig } from "../config/config.ts";
import { announceJobs } from "../jobs/announce-jobs.ts";
import type { PictureSupply } from "../jobs/gather-pictures.ts";
import { pruneOnSchedule } from "../jobs/prune-on-schedule.ts";
import { removeSites } from "../jobs/remove-sites.ts";
import { runWorker } from "../jobs/run-worker.ts";
import { reportPresence } from "../jobs/worker-presence.ts";
import { observeProvider } from "../telemetry/observe-provider.ts";
import { createThumbnailer } from "../thumbnail/create-thumbnailer.ts";

/** Works on queued jobs until `signal` aborts, then drains. */
export async function work(
  app: App,
  config: Pick<WorkConfig, "ai" | "worker" | "preview">,
  signal: AbortSignal,
  pictures: PictureSupply,
): Promise<void> {
  const { ai, worker, preview } = config;
  const { chromiumPath } = worker;
  await createPreviewsDirectory(preview.path);
  const context = { ...app, previewsPath: preview.path };
  const provider = observeProvider(await createProvider(ai), app.metrics);
  const ended = new AbortController();
  const beside = [
    announceJobs(context, ended.signal),
    removeSites(context, ended.signal),
    pruneOnSchedule(context, ended.signal),
    reportPresence(context, ended.signal),
  ];
  try {
    await runWorker(
      {
        ...context,
        provider,
        pictures,
        policy: worker,
        takeThumbnail: chromiumPath === undefined ? undefined : createThumbnailer({ chromiumPath }),
        costOf: (model, usage) => costOf(model, usage, ai.prices),
        siteTtlMs: worker.siteTtlMs,
        previewUrl: (siteId) => formatPreviewUrl(preview.baseUrl, siteId),
      },
      { concurrency: worker.concurrency, graceMs: worker.graceMs, signal },
    );
  } finally {
    ended.abort();
    await Promise.all(beside);
  }
}
