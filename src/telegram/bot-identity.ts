import { pause } from "../jobs/pause.ts";
import type { Logger } from "../logger.ts";
import { describeFailure } from "./delivery-failure.ts";
import { abortedBy, type TelegramApi } from "./telegram-api.ts";

/** Who we are in a group: what a mention, a command or a reply must name to be meant for us. */
export interface BotIdentity {
  readonly id: number;
  /** Without `@`. `undefined` until Telegram has told. */
  readonly username: string | undefined;
}

const firstAnswerMs = 2000;
const retryMs = 10_000;

/**
 * Asks Telegram who the bot is, and goes on asking in the background when it does not answer within two seconds:
 * updates are taken with or without it.
 */
export async function openBotIdentity(
  token: string,
  { api, logger }: { api: TelegramApi; logger: Logger },
): Promise<BotIdentity & AsyncDisposable> {
  const closing = new AbortController();
  const asked = new AbortController();
  // The part of a token before the colon is the bot's id.
  let known: BotIdentity = { id: Number.parseInt(token, 10), username: undefined };

  async function ask(): Promise<void> {
    let warned = false;
    while (!closing.signal.aborted) {
      try {
        known = await askOnce(api, closing.signal);
        asked.abort();
        return;
      } catch (error) {
        asked.abort();
        if (!warned && !closing.signal.aborted) {
          logger.warn({ reason: describeFailure(error) }, "Telegram does not say who the bot is, asking again");
        }
        warned = true;
        await pause(retryMs, closing.signal);
      }
    }
  }
  const asking = ask();
  await pause(firstAnswerMs, asked.signal);

  return {
    get id() {
      return known.id;
    },
    get username() {
      return known.username;
    },
    async [Symbol.asyncDispose]() {
      closing.abort();
      await asking;
    },
  };
}

async function askOnce(api: TelegramApi, signal: AbortSignal): Promise<BotIdentity> {
  const { id, username } = await api.getMe(abortedBy(AbortSignal.any([signal, AbortSignal.timeout(retryMs)])));
  if (!Number.isSafeInteger(id) || typeof username !== "string") throw new TypeError("getMe answered with no bot");
  return { id, username };
}

/**
 * Whether `name` is the bot's, in any case. Until its name is known, every bot's name passes: in a group with
 * privacy mode on, which is the default, Telegram shows us no messages for others.
 */
export function isBotName(bot: BotIdentity, name: string): boolean {
  const lower = name.toLowerCase();
  return bot.username === undefined ? lower.endsWith("bot") : lower === bot.username.toLowerCase();
}
