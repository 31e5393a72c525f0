import { GrammyError } from "grammy";
import type { Dispatcher } from "../jobs/dispatcher.ts";
import type { Logger } from "../logger.ts";
import { describeFailure, findRetryAfterMs } from "./delivery-failure.ts";
import { allowedUpdates, type Intake } from "./intake.ts";
import { pause } from "./pause.ts";
import { abortedBy, type TelegramApi } from "./telegram-api.ts";

export interface PollOptions {
  api: TelegramApi;
  intake: Intake;
  dispatcher: Pick<Dispatcher, "publish">;
  logger: Logger;
  /** How long Telegram holds a request open while there is nothing to tell. */
  waitSeconds?: number;
}

/** On top of what Telegram was asked to wait. */
const networkMs = 15_000;
/** A second program polling with the same token, or a webhook: somebody has to act, so no hurry. */
const occupiedMs = 30_000;
const failureMs = 3000;

/**
 * Fetches updates from Telegram until `signal` aborts: the way to run the bot without a public address. While the
 * bot has a webhook it only says so and looks again now and then: Telegram serves one or the other.
 *
 * An update counts as read only when the database has it.
 */
export async function pollUpdates(options: PollOptions, signal: AbortSignal): Promise<void> {
  const { logger } = options;
  let offset = 0;
  let trouble: string | undefined = "not started";
  while (!signal.aborted) {
    try {
      if (trouble !== undefined) await assertNoWebhook(options.api, signal);
      if (trouble !== undefined) logger.info("polling Telegram for updates");
      trouble = undefined;
      offset = await pollOnce(offset, options, signal);
    } catch (error) {
      if (signal.aborted) return;
      const reason = error instanceof WebhookSetError ? error.message : describeFailure(error);
      if (reason !== trouble) logger.warn({ reason }, "cannot poll Telegram, trying again");
      trouble = reason;
      await pause(pauseAfter(error), signal);
    }
  }
}

class WebhookSetError extends Error {
  override readonly name = "WebhookSetError";
}

async function assertNoWebhook(api: TelegramApi, signal: AbortSignal): Promise<void> {
  const { url } = await api.getWebhookInfo(abortedBy(AbortSignal.any([signal, AbortSignal.timeout(networkMs)])));
  if (url) throw new WebhookSetError("the bot has a webhook; delete it to poll instead");
}

/** @returns The offset to go on from: the updates before it are recorded, and Telegram may forget them. */
async function pollOnce(offset: number, options: PollOptions, signal: AbortSignal): Promise<number> {
  const { api, intake, dispatcher, waitSeconds = 30 } = options;
  const deadline = AbortSignal.any([signal, AbortSignal.timeout(waitSeconds * 1000 + networkMs)]);
  const updates = await api.getUpdates(
    { offset, timeout: waitSeconds, allowed_updates: allowedUpdates },
    abortedBy(deadline),
  );
  let next = offset;
  try {
    for (const update of updates) {
      const result = await intake.take(update);
      if (result.kind === "malformed") continue;
      if (result.publish !== undefined) void dispatcher.publish(result.publish);
      next = result.updateId + 1;
    }
  } catch (error) {
    if (next === offset) throw error;
    // The next round begins with the update that could not be recorded.
  }
  return next;
}

function pauseAfter(error: unknown): number {
  const occupied = error instanceof WebhookSetError || (error instanceof GrammyError && error.error_code === 409);
  return findRetryAfterMs(error) ?? (occupied ? occupiedMs : failureMs);
}
