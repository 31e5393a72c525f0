import type { ServePreviewConfig } from "../config/config.ts";
import type { Logger } from "../logger.ts";
import { openPreviewServer } from "../preview/preview-server.ts";
import { untilAborted } from "./until-aborted.ts";

/** Serves published pages until `signal` aborts. */
export async function servePreview(
  { preview, listen }: ServePreviewConfig,
  { logger, signal }: { logger: Logger; signal: AbortSignal },
): Promise<void> {
  await using server = await openPreviewServer({ root: preview.path, baseUrl: preview.baseUrl, ...listen });
  logger.info({ url: server.url, previewsPath: preview.path }, "serving previews");
  await untilAborted(signal);
}
