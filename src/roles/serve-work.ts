import { openHealthServer } from "../api/health-server.ts";
import { openApp } from "../app.ts";
import type { WorkConfig } from "../config/config.ts";
import { deliverNotifications } from "../jobs/deliver-notifications.ts";
import { watchForTrouble } from "../jobs/raise-alert.ts";
import type { Logger } from "../logger.ts";
import { openBotIdentity } from "../telegram/bot-identity.ts";
import { createTelegramApi } from "../telegram/telegram-api.ts";
import { createTelegramNotifier } from "../telegram/telegram-notifier.ts";
import { observeNotifier } from "../telemetry/observe-notifier.ts";
import { createLinks } from "./links.ts";
import { createPageFiles } from "./page-files.ts";
import { createTelegramPictures } from "./telegram-pictures.ts";
import { work } from "./work.ts";

/** A worker of the real stack: works on jobs and sends what there is to tell, until `signal` aborts. */
export async function serveWork(
  config: WorkConfig,
  { logger, signal }: { logger: Logger; signal: AbortSignal },
): Promise<void> {
  await using app = await openApp({ ...config, logger, measure: true });
  await using server = openHealthServer({ ...app, ...config.health });
  logger.info({ url: server.url, concurrency: config.worker.concurrency, provider: config.ai.provider }, "working");
  const stopSending = new AbortController();
  const api = createTelegramApi(config.telegram);
  await using bot = await openBotIdentity(config.telegram.botToken, { api, logger });
  const notifier = observeNotifier(
    createTelegramNotifier({
      api,
      db: app.db,
      logger,
      dailyLimit: config.telegram.dailyLimit,
      links: createLinks(config.preview.baseUrl, bot),
      files: createPageFiles(config.preview.path),
    }),
    app.metrics,
  );
  const beside = [
    deliverNotifications({ ...app, notifier }, stopSending.signal),
    watchForTrouble(
      { ...app, operators: config.telegram.adminUsers, previewsPath: config.preview.path },
      stopSending.signal,
    ),
  ];
  try {
    await work(app, config, signal, createTelegramPictures(config.telegram, { api, logger }));
  } finally {
    stopSending.abort();
    await Promise.all(beside);
  }
}
