import { openApp } from "../app.ts";
import type { WorkConfig } from "../config/config.ts";
import { deliverNotifications } from "../jobs/deliver-notifications.ts";
import type { Logger } from "../logger.ts";
import { createTelegramNotifier } from "../telegram/notifier.ts";
import { work } from "./work.ts";

/** A worker of the real stack: works on jobs and sends what there is to tell, until `signal` aborts. */
export async function serveWork(config: WorkConfig, { logger, signal }: { logger: Logger; signal: AbortSignal }): Promise<void> {
  await using app = await openApp({ storage: config.storage, logger });
  logger.info({ concurrency: config.worker.concurrency, provider: config.ai.provider }, "working");
  const stopSending = new AbortController();
  const sending = deliverNotifications({ ...app, notifier: createTelegramNotifier({ ...config.telegram, logger }) }, stopSending.signal);
  try {
    await work(app, config, signal);
  } finally {
    stopSending.abort();
    await sending;
  }
}
