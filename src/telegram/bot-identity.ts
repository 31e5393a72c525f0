import type { Logger } from "../logger.ts";
import { abortedBy, type TelegramApi } from "./telegram-api.ts";

/** Who we are in a group: what a mention, a command or a reply must name to be meant for us. */
export interface BotIdentity {
  readonly id: number;
  /** Without `@`. `undefined` until Telegram has told. */
  readonly username: string | undefined;
}

const firstAnswerMs = 2000;
const retryMs = 10_000;

/** The bot's numeric id is the part of its token before the colon. */
export function botIdOf(token: string): number {
  return Number.parseInt(token, 10);
}

/**
 * Asks Telegram for the bot's name, and goes on asking in the background when it does not answer within two seconds:
 * updates are taken with or without it.
 */
export async function openBotIdentity(
  token: string,
  { api, logger }: { api: TelegramApi; logger: Logger },
): Promise<BotIdentity & AsyncDisposable> {
  const closing = new AbortController();
  const first = Promise.withResolvers<void>();
  let username: string | undefined;

  async function ask(): Promise<void> {
    let warned = false;
    while (!closing.signal.aborted && username === undefined) {
      try {
        ({ username } = await api.getMe(abortedBy(AbortSignal.any([closing.signal, AbortSignal.timeout(retryMs)]))));
      } catch {
        if (!warned) logger.warn("Telegram does not tell the bot's name; asking again every 10 s");
        warned = true;
        await Promise.race([Bun.sleep(retryMs), aborted(closing.signal)]);
      } finally {
        first.resolve();
      }
    }
  }
  const asking = ask();
  await Promise.race([first.promise, Bun.sleep(firstAnswerMs)]);

  return {
    id: botIdOf(token),
    get username() {
      return username;
    },
    async [Symbol.asyncDispose]() {
      closing.abort();
      await asking;
    },
  };
}

/**
 * Whether `name` is the bot's, in any case. Until its name is known, every bot's name passes: in a group with
 * privacy mode on, which is the default, Telegram shows us no messages for others.
 */
export function isBotName(bot: BotIdentity, name: string): boolean {
  const lower = name.toLowerCase();
  return bot.username === undefined ? lower.endsWith("bot") : lower === bot.username.toLowerCase();
}

function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => signal.addEventListener("abort", () => resolve(), { once: true }));
}
