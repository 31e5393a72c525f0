import { sql } from "drizzle-orm";
import pino from "pino";
import type { Database } from "../../src/db/database.ts";
import type { SiteId } from "../../src/ids.ts";
import { claimJob } from "../../src/jobs/claim-job.ts";
import type { ClaimedJob } from "../../src/jobs/claimed-job.ts";
import { deliverNotifications } from "../../src/jobs/deliver-notifications.ts";
import { endAttempt } from "../../src/jobs/end-attempt.ts";
import { beginPublishing, enterStage } from "../../src/jobs/lease.ts";
import { removeSites } from "../../src/jobs/remove-sites.ts";
import { openSignals } from "../../src/jobs/signals.ts";
import type { Catalogue } from "../../src/telegram/catalogue/catalogue.ts";
import { findCatalogue } from "../../src/telegram/catalogue/find-catalogue.ts";
import { createIntake } from "../../src/telegram/intake.ts";
import { formatUntil, nextDay } from "../../src/telegram/phrase.ts";
import { createTelegramApi } from "../../src/telegram/telegram-api.ts";
import { createTelegramNotifier } from "../../src/telegram/telegram-notifier.ts";
import { links, noFiles } from "./links.ts";
import { openTelegramServer } from "./telegram-server.ts";
import { until } from "./until.ts";
import { bot, message, update } from "./update.ts";

/** A message as it stood in the chat; the last of its versions is what stays. */
export interface Line {
  who: "person" | "bot";
  versions: { text: string; html: string; keyboard: string[][] }[];
}

type Button = { text: string; callback_data?: string };

/** People who all do the same, each in their language, step by step. */
interface Speaker {
  language: string;
  chatId: number;
  words: Catalogue;
  lines: Line[];
  /** Calls of the bot already written down. */
  heard: number;
  byMessage: Map<number, Line>;
  buttons: Map<string, string>;
  lastMessageId: number;
}

const spent = { inputTokens: 0, outputTokens: 0 };
const dailyLimit = 2;

/** The main conversation, from the first hello to the deleted page, against a stand-in for Telegram and everything but the model real. */
export async function converse(
  db: Database,
  { languages, previewsPath, summary }: { languages: readonly string[]; previewsPath: string; summary: string },
): Promise<Map<string, Line[]>> {
  await using signals = await openSignals(db);
  await using telegram = openTelegramServer();
  const logger = pino({ level: "silent" });
  const api = createTelegramApi({ botToken: telegram.token, apiRoot: telegram.url });
  const notifier = createTelegramNotifier({ api, db, logger, links, dailyLimit, files: noFiles });
  const intake = createIntake({
    db,
    logger,
    bot: { id: bot.id, username: bot.username },
    allowedUsers: undefined,
    dailyLimit,
  });
  const stopping = new AbortController();
  const serving = [
    deliverNotifications({ db, signals, notifier, logger }, stopping.signal),
    removeSites({ db, signals, logger, previewsPath }, stopping.signal),
  ];

  const speakers = languages.map(
    (language, index): Speaker => ({
      language,
      chatId: 700 + index,
      words: findCatalogue(language),
      lines: [],
      heard: 0,
      byMessage: new Map(),
      buttons: new Map(),
      lastMessageId: 0,
    }),
  );
  // One after the other, so that their places in the line are theirs.
  const all = async (step: (speaker: Speaker) => Promise<void>) => {
    for (const speaker of speakers) await step(speaker);
  };

  const callsTo = ({ chatId }: Speaker) =>
    telegram.calls.filter((call) => call.parameters["chat_id"] === chatId && call.method !== "answerCallbackQuery");

  /** Waits for the bot's next message or edit, and writes it down. */
  async function hear(speaker: Speaker): Promise<void> {
    await until(() => callsTo(speaker).length > speaker.heard);
    const { method, parameters, text = "", answer } = callsTo(speaker)[speaker.heard++] ?? {};
    if (parameters === undefined || !answer?.ok) throw new Error(`${method}: ${answer?.description}`);
    const markup = parameters["reply_markup"] as { inline_keyboard?: Button[][] } | undefined;
    const keyboard = markup?.inline_keyboard ?? [];
    for (const button of keyboard.flat())
      if (button.callback_data) speaker.buttons.set(button.text, button.callback_data);
    const version = {
      text: text.trim(),
      html: String(parameters["text"]),
      keyboard: keyboard.map((row) => row.map((button) => button.text)),
    };
    const id =
      method === "editMessageText"
        ? Number(parameters["message_id"])
        : (answer.result as { message_id: number }).message_id;
    const line = speaker.byMessage.get(id);
    if (line !== undefined) line.versions.push(version);
    else {
      const added: Line = { who: "bot", versions: [version] };
      speaker.byMessage.set(id, added);
      speaker.lines.push(added);
    }
    speaker.lastMessageId = id;
  }

  /** A person reads a message later than it is recorded as sent. */
  const recorded = ({ chatId }: Speaker, messageId: number) =>
    until(async () => {
      const known = sql`select from notifications where chat_id = ${chatId}::bigint and message_id = ${messageId}::bigint`;
      return (await db.query(known)).length > 0;
    });

  async function say(speaker: Speaker, text: string, replyTo?: number): Promise<void> {
    if (replyTo !== undefined) await recorded(speaker, replyTo);
    speaker.lines.push({ who: "person", versions: [{ text, html: text, keyboard: [] }] });
    await intake.take(
      message({
        from: { id: speaker.chatId, is_bot: false, first_name: "P", language_code: speaker.language },
        chat: { id: speaker.chatId, type: "private" },
        text,
        ...(replyTo === undefined ? {} : { reply_to_message: { message_id: replyTo, from: bot } }),
      }),
    );
  }

  let lastQueryId = 0;
  async function press(speaker: Speaker, text: string): Promise<void> {
    const data = speaker.buttons.get(text);
    if (data === undefined) throw new Error(`no button ${text}`);
    await recorded(speaker, speaker.lastMessageId);
    speaker.lines.push({ who: "person", versions: [{ text: `[${text}]`, html: `[${text}]`, keyboard: [] }] });
    const from = { id: speaker.chatId, is_bot: false, first_name: "P", language_code: speaker.language };
    const on = { message_id: speaker.lastMessageId, date: 1, chat: { id: speaker.chatId, type: "private" } };
    await intake.take(
      update({ callback_query: { id: `q${++lastQueryId}`, from, chat_instance: "1", message: on, data } }),
    );
  }

  const jobs = new Map<number, ClaimedJob>();
  async function work(speaker: Speaker, title: string, summary?: string): Promise<void> {
    const job = jobs.get(speaker.chatId);
    if (job === undefined) throw new Error("no job");
    await hear(speaker);
    await enterStage(db, job, "checking");
    await hear(speaker);
    const revision = await beginPublishing(db, job);
    const url = links.page(job.siteId) ?? "";
    await endAttempt(db, job, { kind: "completed", title, revision, summary }, spent, url);
    // The result and the last edit of the status come in either order.
    await hear(speaker);
    await hear(speaker);
  }

  async function claimAll(): Promise<void> {
    for (;;) {
      const job = await claimJob(db, { name: "w", lockKey: 1, provider: "mock" }, { redelivered: false });
      if (job === undefined) return;
      const [row] = await db.query<{ chat_id: number }>(sql`select chat_id from jobs where id = ${job.id}::uuid`);
      jobs.set(row?.chat_id ?? 0, job);
    }
  }
  const workAll = async (what?: string) => {
    // While some are claimed and others not yet, the line moves.
    await db.query(sql`update chats set next_edit_at = now() + interval '1 hour'`);
    await claimAll();
    await db.query(sql`update chats set next_edit_at = now()`);
    await Promise.all(speakers.map((speaker) => work(speaker, "Bean & Leaf", what)));
  };

  await all((speaker) => say(speaker, "/start"));
  await all(hear);
  await all((speaker) => say(speaker, examplePrompt(speaker.words)));
  await all(hear);
  await workAll();
  await all((speaker) => say(speaker, speaker.words.placeholder, resultOf(speaker)));
  await all(hear);
  await workAll(summary);
  await all((speaker) => say(speaker, examplePrompt(speaker.words)));
  await all(hear);
  await all((speaker) => press(speaker, speaker.words.buttons.change));
  await all(hear);
  await all((speaker) => press(speaker, speaker.words.buttons.download));
  await all(hear);
  await all((speaker) => say(speaker, "/settings"));
  await all(hear);
  await all((speaker) => press(speaker, speaker.words.buttons.automatic));
  await all(hear);
  await all((speaker) => say(speaker, "/sites"));
  await all(hear);
  await all((speaker) => press(speaker, "Bean & Leaf"));
  await all(hear);
  await all((speaker) => press(speaker, speaker.words.buttons.delete));
  await all(hear);
  await all((speaker) => press(speaker, speaker.words.buttons.delete_now));
  await all(hear);

  stopping.abort();
  await Promise.all(serving);
  if (telegram.violations.length > 0) throw new Error(telegram.violations.join("\n"));
  return new Map(speakers.map((speaker) => [speaker.language, speaker.lines.map((line) => settle(line, speaker))]));
}

/** The message that can be replied to: the last that carries a link to the page. */
function resultOf({ byMessage, words }: Speaker): number {
  const results = [...byMessage].filter(([, { versions }]) =>
    versions.at(-1)?.keyboard[0]?.includes(words.buttons.open),
  );
  return results.at(-1)?.[0] ?? 0;
}

/** What the bot itself gives as an example. */
function examplePrompt({ start }: Catalogue): string {
  return /<i>(.*)<\/i>/.exec(start)?.[1] ?? "";
}

const anySite = "abcdefghijklmnopqrstuvwxyz" as SiteId;

/** Ids and the time of day are of the moment. */
function settle({ who, versions }: Line, { language }: Speaker): Line {
  const when = formatUntil(nextDay(), language);
  const settled = (text: string) => text.replace(/[a-z2-7]{26}/g, anySite).replaceAll(when, "{when}");
  return { who, versions: versions.map((one) => ({ ...one, text: settled(one.text), html: settled(one.html) })) };
}
