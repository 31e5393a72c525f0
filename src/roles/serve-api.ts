import { openApiServer } from "../api/api-server.ts";
import { type App, openApp } from "../app.ts";
import { formatPreviewUrl } from "../bundles/preview-address.ts";
import type { ServeApiConfig } from "../config/config.ts";
import { deliverNotifications } from "../jobs/deliver-notifications.ts";
import type { Logger } from "../logger.ts";
import { checkWebhook } from "../telegram/check-webhook.ts";
import { serveOperators } from "./serve-operators.ts";
import { openTelegram } from "./telegram.ts";
import { untilAborted } from "./until-aborted.ts";

/** Takes Telegram's updates and API calls, and sends what there is to tell, until `signal` aborts. */
export async function serveApi(
  config: ServeApiConfig,
  { logger, signal }: { logger: Logger; signal: AbortSignal },
): Promise<void> {
  await using app: App = await openApp({ ...config, logger, measure: true });
  await using telegram = await openTelegram(app, config.telegram, { baseUrl: config.previewBaseUrl });
  const { previewBaseUrl } = config;
  await using server = await openApiServer({
    ...app,
    ...config.listen,
    telegram: { secretToken: config.secretToken, intake: telegram.intake },
    apiToken: config.apiToken,
    previewUrl: (siteId) => (previewBaseUrl === undefined ? undefined : formatPreviewUrl(previewBaseUrl, siteId)),
  });
  logger.info({ url: server.url }, "serving the API");
  const sending = deliverNotifications({ ...app, notifier: telegram.notifier }, signal);
  const operating = serveOperators(app, config.telegram, signal);
  const checking = checkWebhook({ api: telegram.api, logger }, signal);
  await untilAborted(signal);
  await Promise.all([sending, checking, operating]);
}
