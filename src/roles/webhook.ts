import type { WebhookConfig } from "../config/config.ts";
import { createTelegramApi } from "../telegram/telegram-api.ts";
import {
  deleteWebhook,
  findWebhook,
  parseWebhookUrl,
  setWebhook,
  type Webhook,
  type WebhookRequest,
} from "../telegram/webhook.ts";
import { adviseOnWebhook } from "../telegram/webhook-advice.ts";

export interface WebhookReport {
  webhook: Webhook | undefined;
  /** What is wrong with it, in sentences; empty when nothing is. */
  advice: string[];
}

export interface Webhooks {
  /** How deliveries fare. */
  info(): Promise<WebhookReport>;
  /** @throws {UsageError} When the address cannot be one. */
  set(request: WebhookRequest): Promise<WebhookReport>;
  /** @returns What was deleted. */
  delete(options: { dropPending: boolean }): Promise<Webhook | undefined>;
}

const officialApi = "https://api.telegram.org";

/** The webhook of the bot as Telegram has it. */
export function openWebhooks(config: WebhookConfig, signal: AbortSignal): Webhooks {
  const api = createTelegramApi(config);
  const local = config.apiRoot !== officialApi;
  return {
    async info() {
      const webhook = await findWebhook(api, signal);
      return { webhook, advice: webhook ? adviseOnWebhook(webhook, { since: new Date(0) }) : [] };
    },
    async set(request) {
      const began = new Date();
      const url = parseWebhookUrl(request.url, { local });
      await setWebhook(api, { ...request, url }, signal);
      const webhook = await findWebhook(api, signal);
      return { webhook, advice: adviseOnWebhook(webhook, { since: began }) };
    },
    async delete(options) {
      const webhook = await findWebhook(api, signal);
      await deleteWebhook(api, options, signal);
      return webhook;
    },
  };
}
