import { openApiServer } from "../api/api-server.ts";
import { openApp } from "../app.ts";
import { formatPreviewUrl } from "../bundles/preview-address.ts";
import type { UpConfig } from "../config/config.ts";
import { deliverNotifications } from "../jobs/deliver-notifications.ts";
import type { Logger } from "../logger.ts";
import { openPreviewServer } from "../preview/preview-server.ts";
import { pollUpdates } from "../telegram/poll-updates.ts";
import { createPictureSupply } from "./picture-supply.ts";
import { serveOperators } from "./serve-operators.ts";
import { openTelegram } from "./telegram.ts";
import { createTelegramPictures } from "./telegram-pictures.ts";
import { work } from "./work.ts";

/**
 * Every role in one process until `signal` aborts: API, worker, preview server, and the bot — by long polling unless
 * Telegram has a webhook for it.
 */
export async function up(config: UpConfig, { logger, signal }: { logger: Logger; signal: AbortSignal }): Promise<void> {
  await using app = await openApp({ ...config, logger, measure: true });
  await using resources = new AsyncDisposableStack();
  const telegram = config.telegram && resources.use(await openTelegram(app, config.telegram, config.preview));
  const { secretToken, preview } = config;

  const previews = resources.use(
    await openPreviewServer({
      root: preview.path,
      baseUrl: preview.baseUrl,
      host: config.listen.host,
      port: config.previewPort,
    }),
  );
  const api = resources.use(
    await openApiServer({
      ...app,
      ...config.listen,
      telegram: telegram && secretToken !== undefined ? { secretToken, intake: telegram.intake } : undefined,
      apiToken: config.apiToken,
      previewUrl: (siteId) => formatPreviewUrl(preview.baseUrl, siteId),
    }),
  );
  if (telegram === undefined && config.apiToken === undefined) {
    logger.warn("no bot and no job API: set TELEGRAM_BOT_TOKEN or API_TOKEN");
  }
  logger.info({ url: api.url }, "serving the API");
  logger.info({ url: previews.url, previewsPath: preview.path }, "serving previews");

  // Whichever part fails takes the others with it: half a stack is harder to understand than none.
  const failed = new AbortController();
  const stop = AbortSignal.any([signal, failed.signal]);
  const pictures =
    telegram && config.telegram
      ? createTelegramPictures(config.telegram, { api: telegram.api, logger })
      : createPictureSupply();
  const parts = [work(app, config, stop, pictures)];
  if (telegram && config.telegram) {
    parts.push(deliverNotifications({ ...app, notifier: telegram.notifier }, stop));
    parts.push(serveOperators(app, config.telegram, stop, preview.path));
    parts.push(pollUpdates({ ...app, ...telegram, servesWebhook: secretToken !== undefined }, stop));
  }
  await Promise.all(parts.map((part) => part.catch((error) => failed.abort(error))));
  if (failed.signal.aborted) throw failed.signal.reason;
}
