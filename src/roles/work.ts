import { createProvider } from "../ai/create-provider.ts";
import type { App } from "../app.ts";
import { formatPreviewUrl } from "../bundles/preview-address.ts";
import type { WorkConfig } from "../config/config.ts";
import { runWorker } from "../jobs/run-worker.ts";

/** Works on queued jobs until `signal` aborts, then drains. */
export async function work(
  app: App,
  config: Pick<WorkConfig, "ai" | "worker" | "preview">,
  signal: AbortSignal,
): Promise<void> {
  const { ai, worker, preview } = config;
  await runWorker(
    {
      ...app,
      provider: await createProvider(ai),
      previewsPath: preview.path,
      policy: worker,
      previewUrl: (siteId) => formatPreviewUrl(preview.baseUrl, siteId),
    },
    { concurrency: worker.concurrency, graceMs: worker.graceMs, signal },
  );
}
