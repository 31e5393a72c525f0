import type { LanguageCode } from "grammy/types";
import type { Logger } from "../logger.ts";
import { catalogues } from "./catalogue/find-catalogue.ts";
import { describeFailure } from "./delivery-failure.ts";
import { abortedBy, type TelegramApi } from "./telegram-api.ts";

const names = ["new", "cancel", "help"] as const;

/**
 * Tells Telegram which commands there are, so that it offers them as one types, described in each language. What
 * was registered stays until it is replaced, so a failure costs nothing but a log line.
 */
export async function registerCommands(
  { api, logger }: { api: TelegramApi; logger: Logger },
  signal: AbortSignal,
): Promise<void> {
  try {
    for (const [language, { commands }] of Object.entries(catalogues)) {
      const described = names.map((command) => ({ command, description: commands[command] }));
      // English is for everyone whose language we do not speak.
      const whom = language === "en" ? {} : { language_code: language as LanguageCode };
      await api.setMyCommands(described, whom, abortedBy(signal));
    }
  } catch (error) {
    if (!signal.aborted) logger.warn({ reason: describeFailure(error) }, "the bot's commands are not registered");
  }
}
