import { isDeepStrictEqual } from "node:util";
import { sql } from "drizzle-orm";
import type { LanguageCode } from "grammy/types";
import type { Database } from "../db/database.ts";
import { pause } from "../jobs/pause.ts";
import type { Logger } from "../logger.ts";
import { adminCommands } from "./admin/admin-command.ts";
import { type Catalogue, commandNames } from "./catalogue/catalogue.ts";
import { catalogues, findCatalogue } from "./catalogue/find-catalogue.ts";
import { describeFailure, findRetryAfterMs, isRefused } from "./delivery-failure.ts";
import { toPlainText } from "./html.ts";
import { abortedBy, type TelegramApi } from "./telegram-api.ts";

const callMs = 15_000;
/** Changing a profile is what Telegram limits most: a longer wait can as well be the next start's. */
const maxWaitMs = 120_000;

/**
 * Tells Telegram what the bot can do, in each language: the commands it offers as one types, the text that a person
 * sees before the first message, and the line in its profile; and each operator's chat the commands for operators, which
 * are taken back from who is one no more, as far as the database remembers them. Only what differs is sent. What was registered stays until it is replaced, so a failure costs nothing but a log line.
 *
 * The texts are left alone where the operator has written others with @BotFather.
 */
export async function registerCommands(
  { api, db, logger, adminUsers }: { api: TelegramApi; db: Database; logger: Logger; adminUsers: ReadonlySet<number> },
  signal: AbortSignal,
): Promise<void> {
  const deadline = () => abortedBy(AbortSignal.any([signal, AbortSignal.timeout(callMs)]));
  try {
    for (const [language, { commands, start, short_description }] of Object.entries(catalogues)) {
      const described = describeCommands(commands);
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
      await patiently(async () => {
        const known = await api.getMyShortDescription(whom, deadline());
        if (!known.short_description) await api.setMyShortDescription(short_description, whom, deadline());
      }, signal);
    }
    for (const user of adminUsers) await patiently(() => offerAdminCommands(api, user, deadline), signal);
    for (const user of await formerOperators(db, adminUsers))
      await patiently(() => takeBackCommands(api, user, deadline), signal);
  } catch (error) {
    if (!signal.aborted) logger.warn({ reason: describeFailure(error) }, "the bot's commands are not registered");
  }
}

function describeCommands(descriptions: Catalogue["commands"]) {
  return commandNames.map((command) => ({ command, description: descriptions[command] }));
}

/** In English, like all that operators read. */
async function offerAdminCommands(api: TelegramApi, user: number, deadline: () => ReturnType<typeof abortedBy>) {
  const whom = { scope: { type: "chat", chat_id: user } } as const;
  const described = [
    ...describeCommands(findCatalogue("en").commands),
    ...Object.entries(adminCommands).map(([command, { description }]) => ({ command, description })),
  ];
  try {
    if (isDeepStrictEqual(await api.getMyCommands(whom, deadline()), described)) return;
    await api.setMyCommands(described, whom, deadline());
  } catch (error) {
    // Who has never written to the bot has no chat with it: the next start finds one.
    if (!isRefused(error)) throw error;
  }
}

/** Who was told what only operators are told, and is none. */
async function formerOperators(db: Database, adminUsers: ReadonlySet<number>): Promise<number[]> {
  const rows = await db.query<{ chat_id: number }>(sql`
    select distinct chat_id from notifications where kind in ('admin', 'alert')
      and chat_id not in (select value::bigint from jsonb_array_elements_text(${JSON.stringify([...adminUsers])}::text::jsonb))`);
  return rows.map((row) => row.chat_id);
}

async function takeBackCommands(api: TelegramApi, user: number, deadline: () => ReturnType<typeof abortedBy>) {
  const whom = { scope: { type: "chat", chat_id: user } } as const;
  try {
    if ((await api.getMyCommands(whom, deadline())).length > 0) await api.deleteMyCommands(whom, deadline());
  } catch (error) {
    // A chat that is gone has no menu.
    if (!isRefused(error)) throw error;
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
