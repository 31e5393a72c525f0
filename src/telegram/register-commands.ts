import { isDeepStrictEqual } from "node:util";
import type { LanguageCode } from "grammy/types";
import type { Logger } from "../logger.ts";
import { commandNames } from "./catalogue/catalogue.ts";
import { catalogues } from "./catalogue/find-catalogue.ts";
import { describeFailure, findRetryAfterMs } from "./delivery-failure.ts";
import { toPlainText } from "./html.ts";
import { pause } from "./pause.ts";
import { abortedBy, type TelegramApi } from "./telegram-api.ts";

const callMs = 15_000;
/** Changing a profile is what Telegram limits most: a longer wait can as well be the next start's. */
const maxWaitMs = 120_000;

/**
 * Tells Telegram what the bot can do, in each language: the commands it offers as one types, and the text that a
 * person sees before the first message. Only what differs is sent. What was registered stays until it is replaced, so
 * a failure costs nothing but a log line.
 *
 * The text is left alone where the operator has written another with @BotFather.
 */
export async function registerCommands(
  { api, logger }: { api: TelegramApi; logger: Logger },
  signal: AbortSignal,
): Promise<void> {
  const deadline = () => abortedBy(AbortSignal.any([signal, AbortSignal.timeout(callMs)]));
  try {
    for (const [language, { commands, start }] of Object.entries(catalogues)) {
      const described = commandNames.map((command) => ({ command, description: commands[command] }));
      // English is for everyone whose language we do not speak.
      const whom = language === "en" ? {} : { language_code: language as LanguageCode };
      await patiently(async () => {
        if (isDeepStrictEqual(await api.getMyCommands(whom, deadline()), described)) return;
        await api.setMyCommands(described, whom, deadline());
      }, signal);
      await patiently(async () => {
        const { description } = await api.getMyDescription(whom, deadline());
        if (!description) await api.setMyDescription(toPlainText(start), whom, deadline());
      }, signal);
    }
  } catch (error) {
    if (!signal.aborted) logger.warn({ reason: describeFailure(error) }, "the bot's commands are not registered");
  }
}

/** Waits when Telegram asks for it, within reason. */
async function patiently(register: () => Promise<void>, signal: AbortSignal): Promise<void> {
  for (;;) {
    try {
      return await register();
    } catch (error) {
      const waitMs = findRetryAfterMs(error);
      if (waitMs === undefined || waitMs > maxWaitMs || signal.aborted) throw error;
      await pause(waitMs, signal);
    }
  }
}
