import type { TelegramConfig } from "../config/sections.ts";
import { ConfigError, WaitTimeoutError } from "../errors.ts";
import { describeFailure, isTokenRefused } from "../telegram/delivery-failure.ts";
import { abortedBy, createTelegramApi } from "../telegram/telegram-api.ts";
import { findWebhook, type Webhook } from "../telegram/webhook.ts";
import { adviseOnWebhook } from "../telegram/webhook-advice.ts";
import type { Check, Finding } from "./check.ts";

const timeoutMs = 12_000;
/** A delivery that failed longer ago is of the past. */
const recentMs = 3_600_000;

/**
 * The bot: whether the token is good, where updates go, and how deliveries fare.
 *
 * @param expectsWebhook This installation takes updates by webhook; otherwise it polls.
 * @param onWebhook Told where updates go.
 */
export function checkTelegram(
  config: TelegramConfig,
  { expectsWebhook, onWebhook }: { expectsWebhook: boolean; onWebhook: (webhook: Webhook | undefined) => void },
): Check {
  return {
    name: "telegram",
    timeoutMs,
    async run() {
      const api = createTelegramApi(config);
      const signal = AbortSignal.timeout(timeoutMs);
      const bot = await api.getMe(abortedBy(signal)).catch((error: unknown) => {
        if (isTokenRefused(error)) {
          throw new ConfigError(["TELEGRAM_BOT_TOKEN is not accepted by Telegram: get a valid one from @BotFather"]);
        }
        throw new WaitTimeoutError(
          `Telegram at ${new URL(config.apiRoot).host} does not serve us (${describeFailure(error).replaceAll(": ", " ")}). ` +
            "Check TELEGRAM_API_ROOT, and what is on the way: firewall, proxy, DNS.",
        );
      });
      const webhook = await findWebhook(api, signal);
      onWebhook(webhook);
      const findings: Finding[] = [{ level: "ok", message: `The bot is @${bot.username}.` }];
      const since = new Date(Date.now() - recentMs);
      for (const advice of webhook || expectsWebhook ? adviseOnWebhook(webhook, { since }) : []) {
        findings.push({ level: "warning", message: "Updates do not arrive as they should.", advice });
      }
      if (webhook && findings.length === 1) {
        const { pendingUpdates, lastError } = webhook;
        const failed = lastError ? `; the last failed delivery was at ${lastError.at.toISOString()}` : "";
        findings.push({ level: "ok", message: `Updates go to ${hostOf(webhook)}, ${pendingUpdates} wait${failed}.` });
      }
      if (!(webhook || expectsWebhook)) findings.push({ level: "ok", message: "No webhook: `orchestrator up` polls." });
      return findings;
    },
  };
}

/** The rest of the address may be a secret. */
function hostOf({ url }: Webhook): string {
  return URL.parse(url)?.host ?? "an address that is none";
}
