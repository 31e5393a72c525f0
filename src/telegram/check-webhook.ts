import type { Logger } from "../logger.ts";
import type { TelegramApi } from "./telegram-api.ts";
import { findWebhook } from "./webhook.ts";
import { adviseOnWebhook } from "./webhook-advice.ts";

/** Failed deliveries from before the program was started are worth a word only if they are recent. */
const recentMs = 600_000;

/** Warns of a webhook that is missing, leads elsewhere or fails: the API would wait for updates in vain. */
export async function checkWebhook(
  { api, logger }: { api: TelegramApi; logger: Logger },
  signal: AbortSignal,
): Promise<void> {
  try {
    const webhook = await findWebhook(api, signal);
    for (const sentence of adviseOnWebhook(webhook, { since: new Date(Date.now() - recentMs) })) logger.warn(sentence);
  } catch (error) {
    if (!signal.aborted) {
      logger.warn(`Telegram does not say where it delivers: ${error instanceof Error ? error.message : "no reason"}`);
    }
  }
}
