import type { App } from "../app.ts";
import type { TelegramConfig } from "../config/sections.ts";
import type { Notifier } from "../jobs/notifier.ts";
import { openBotIdentity } from "../telegram/bot-identity.ts";
import { createIntake, type Intake } from "../telegram/intake.ts";
import { registerCommands } from "../telegram/register-commands.ts";
import { createTelegramApi, type TelegramApi } from "../telegram/telegram-api.ts";
import { createTelegramNotifier } from "../telegram/telegram-notifier.ts";
import { observeIntake } from "../telemetry/observe-intake.ts";
import { observeNotifier } from "../telemetry/observe-notifier.ts";
import { createLinks } from "./links.ts";
import { createPageFiles } from "./page-files.ts";

export interface Telegram extends AsyncDisposable {
  api: TelegramApi;
  intake: Intake;
  notifier: Notifier;
}

/**
 * Both directions of the bot: what comes in and what goes out. Telegram itself may be away. What it should know about
 * the bot is told in the background.
 */
export async function openTelegram(
  { db, logger, metrics }: App,
  config: TelegramConfig,
  previews: { baseUrl: string | undefined; path?: string },
): Promise<Telegram> {
  const api = createTelegramApi(config);
  const bot = await openBotIdentity(config.botToken, { api, logger });
  const closing = new AbortController();
  const registering = registerCommands({ api, db, logger, adminUsers: config.adminUsers }, closing.signal);
  return {
    api,
    intake: observeIntake(createIntake({ db, bot, logger, ...config }), metrics),
    notifier: observeNotifier(
      createTelegramNotifier({
        api,
        db,
        logger,
        ...config,
        links: createLinks(previews.baseUrl, bot),
        files: previews.path === undefined ? undefined : createPageFiles(previews.path),
      }),
      metrics,
    ),
    async [Symbol.asyncDispose]() {
      closing.abort();
      await Promise.all([registering, bot[Symbol.asyncDispose]()]);
    },
  };
}
