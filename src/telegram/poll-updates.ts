import { GrammyError } from "grammy";
import type { Dispatcher } from "../jobs/dispatcher.ts";
import { pause } from "../jobs/pause.ts";
import type { Logger } from "../logger.ts";
import { traced } from "../tracing.ts";
import { describeFailure, findRetryAfterMs, isTokenRefused } from "./delivery-failure.ts";
import { allowedUpdates, type Intake } from "./intake.ts";
import { abortedBy, type TelegramApi } from "./telegram-api.ts";

export interface PollOptions {
  api: TelegramApi;
  intake: Intake;
  dispatcher: Pick<Dispatcher, "publish">;
  logger: Logger;
  /** This process takes updates by webhook too: a bot that has one needs no polling, and nobody's attention. */
  servesWebhook?: boolean;
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
 * bot has a webhook it only says so and looks again now and then: Telegram serves one or the other, and which of them
 * is the operator's choice.
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
      if (reason !== trouble) report(error, reason, options);
      trouble = reason;
      await pause(pauseAfter(error), signal);
    }
  }
}

/** Says what to do, once per kind of trouble. */
function report(error: unknown, reason: string, { logger, servesWebhook = false }: PollOptions): void {
  if (error instanceof WebhookSetError && servesWebhook) {
    logger.info({ webhook: error.host }, "updates come by webhook, not polling");
  } else if (error instanceof WebhookSetError) {
    logger.warn(
      { webhook: error.host },
      "not polling: the bot has a webhook, and Telegram serves one or the other. To poll instead, run `orchestrator webhook delete`; to be served by webhook, set TELEGRAM_SECRET_TOKEN",
    );
  } else if (isConflict(error)) {
    logger.warn(
      { reason },
      "another program polls with this token, so updates go to either. Stop it, or use a bot of its own for each",
    );
  } else if (isTokenRefused(error)) {
    logger.error("Telegram refuses TELEGRAM_BOT_TOKEN: nothing can be received. Get a valid token from @BotFather.");
  } else {
    logger.warn({ reason }, "cannot poll Telegram, trying again");
  }
}

class WebhookSetError extends Error {
  override readonly name = "WebhookSetError";
  readonly host: string;

  constructor(url: string) {
    super("the bot has a webhook");
    // The rest of the address may be a secret.
    this.host = URL.parse(url)?.host ?? "";
  }
}

function isConflict(error: unknown): boolean {
  return error instanceof GrammyError && error.error_code === 409;
}

async function assertNoWebhook(api: TelegramApi, signal: AbortSignal): Promise<void> {
  const { url } = await api.getWebhookInfo(abortedBy(AbortSignal.any([signal, AbortSignal.timeout(networkMs)])));
  if (url) throw new WebhookSetError(url);
}

/** @returns The offset to go on from: the updates before it are recorded, and Telegram may forget them. */
async function pollOnce(offset: number, options: PollOptions, signal: AbortSignal): Promise<number> {
  const { api, intake, dispatcher, waitSeconds = 30 } = options;
  const deadline = AbortSignal.any([signal, AbortSignal.timeout(waitSeconds * 1000 + networkMs)]);
  const updates = await api
    .getUpdates({ offset, timeout: waitSeconds, allowed_updates: allowedUpdates }, abortedBy(deadline))
    .catch(async (error: unknown) => {
      // A webhook that was set meanwhile is not another program that polls.
      if (isConflict(error)) await assertNoWebhook(api, signal);
      throw error;
    });
  let next = offset;
  try {
    for (const update of updates) {
      const result = await traced("take update", { kind: "consumer" }, async () => {
        const taken = await intake.take(update);
        if (taken.kind === "accepted" && taken.publish !== undefined) void dispatcher.publish(taken.publish);
        return taken;
      });
      if (result.kind === "accepted") next = result.updateId + 1;
    }
  } catch (error) {
    if (next === offset) throw error;
    // The next round begins with the update that could not be recorded.
  }
  return next;
}

function pauseAfter(error: unknown): number {
  const occupied = error instanceof WebhookSetError || isConflict(error) || isTokenRefused(error);
  return findRetryAfterMs(error) ?? (occupied ? occupiedMs : failureMs);
}
