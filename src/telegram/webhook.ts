import { GrammyError } from "grammy";
import { ConfigError, InterruptedError, UsageError, WaitTimeoutError } from "../errors.ts";
import { describeFailure, isTokenRefused } from "./delivery-failure.ts";
import { allowedUpdates } from "./intake.ts";
import { abortedBy, type TelegramApi } from "./telegram-api.ts";

/** Where `serve-api` takes updates. */
export const webhookPath = "/telegram/webhook";

/** Telegram's own default; each of our answers takes milliseconds. */
const defaultMaxConnections = 40;

/** What Telegram knows about the bot's webhook. */
export interface Webhook {
  url: string;
  /** Updates that wait to be delivered. */
  pendingUpdates: number;
  maxConnections: number | undefined;
  /** `undefined`: Telegram's own choice, which is nearly everything. */
  allowedUpdates: readonly string[] | undefined;
  ipAddress: string | undefined;
  /** The most recent delivery that failed; it may be long ago. */
  lastError: { at: Date; message: string } | undefined;
}

export interface WebhookRequest {
  url: string;
  secretToken: string;
  /** Deliveries at once; `undefined` means 40. */
  maxConnections: number | undefined;
  /** Throws away what waits. People's messages are among it. */
  dropPending: boolean;
}

const callMs = 15_000;

/** Telegram connects to these and no others. */
const officialPorts = ["", "443", "80", "88", "8443"];

/**
 * The webhook's full address: one without a path gets {@link webhookPath}.
 *
 * @param local The Bot API server is not Telegram's own: it takes plain HTTP and any port.
 * @throws {UsageError}
 */
export function parseWebhookUrl(text: string, { local }: { local: boolean }): string {
  const url = URL.parse(text);
  if (url === null || (url.protocol !== "https:" && !(local && url.protocol === "http:"))) {
    throw new UsageError("The address must begin with https://, e.g. https://api.example.com");
  }
  if (!local && !officialPorts.includes(url.port)) {
    throw new UsageError("Telegram connects to the ports 443, 80, 88 and 8443 only; put a proxy in front of the API.");
  }
  if (url.username || url.password || url.hash) {
    throw new UsageError("The address must not hold a user name, a password or a #fragment.");
  }
  if (url.pathname === "/") url.pathname = webhookPath;
  return url.href;
}

/** @returns `undefined` when the bot has none. */
export async function findWebhook(api: TelegramApi, signal: AbortSignal): Promise<Webhook | undefined> {
  const info = await call(api.getWebhookInfo(deadline(signal)), signal);
  if (!info.url) return undefined;
  return {
    url: info.url,
    pendingUpdates: info.pending_update_count,
    maxConnections: info.max_connections,
    allowedUpdates: info.allowed_updates,
    ipAddress: info.ip_address,
    lastError:
      info.last_error_date === undefined
        ? undefined
        : { at: new Date(info.last_error_date * 1000), message: info.last_error_message ?? "" },
  };
}

/** Has updates delivered to `url`. Those that wait are kept unless told. */
export async function setWebhook(api: TelegramApi, request: WebhookRequest, signal: AbortSignal): Promise<void> {
  const { url, secretToken, maxConnections = defaultMaxConnections, dropPending } = request;
  const options = {
    secret_token: secretToken,
    max_connections: maxConnections,
    // Left out, Telegram would keep what was set before.
    allowed_updates: allowedUpdates,
    drop_pending_updates: dropPending,
  };
  await call(api.setWebhook(url, options, deadline(signal)), signal);
}

/** From here on updates wait until they are polled, or another webhook is set. */
export async function deleteWebhook(
  api: TelegramApi,
  { dropPending }: { dropPending: boolean },
  signal: AbortSignal,
): Promise<void> {
  await call(api.deleteWebhook({ drop_pending_updates: dropPending }, deadline(signal)), signal);
}

function deadline(signal: AbortSignal) {
  return abortedBy(AbortSignal.any([signal, AbortSignal.timeout(callMs)]));
}

/** The answer, or an error that says what to do. */
async function call<T>(answer: Promise<T>, signal: AbortSignal): Promise<T> {
  try {
    return await answer;
  } catch (error) {
    if (signal.aborted) throw new InterruptedError("Interrupted.");
    if (isTokenRefused(error)) {
      throw new ConfigError(["TELEGRAM_BOT_TOKEN is not accepted by Telegram: get a valid one from @BotFather"]);
    }
    if (error instanceof GrammyError && error.error_code === 400) {
      throw new UsageError(`Telegram does not take the webhook: ${error.description.slice(0, 300)}`);
    }
    throw new WaitTimeoutError(
      `Telegram could not be used: ${describeFailure(error)}. Check the network and TELEGRAM_API_ROOT, or try again in a while.`,
    );
  }
}
