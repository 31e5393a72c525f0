import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "bun:test";
import { sql } from "drizzle-orm";
import pino from "pino";
import type { Database } from "../../src/db/database.ts";
import { claimJob } from "../../src/jobs/claim-job.ts";
import { deliverNotifications } from "../../src/jobs/deliver-notifications.ts";
import { endAttempt } from "../../src/jobs/end-attempt.ts";
import { beginPublishing } from "../../src/jobs/lease.ts";
import { openSignals, type Signals } from "../../src/jobs/signals.ts";
import { createTelegramApi } from "../../src/telegram/telegram-api.ts";
import { createTelegramNotifier } from "../../src/telegram/telegram-notifier.ts";
import { openTestApi, secretToken, type TestApi } from "../helpers/api.ts";
import { empty, openTestDatabase } from "../helpers/database.ts";
import { links, noFiles } from "../helpers/links.ts";
import { openTelegramServer, type TelegramServer } from "../helpers/telegram-server.ts";
import { until } from "../helpers/until.ts";
import { alice, bob, message, text, update } from "../helpers/update.ts";

let db: Database;
let signals: Signals;
let api: TestApi;
let telegram: TelegramServer;
let stopping: AbortController;
let sending: Promise<void>;

// Everything a chat passes through but the worker: webhook, database, outbox, Telegram.
beforeAll(async () => {
  db = await openTestDatabase();
});
afterAll(() => db[Symbol.asyncDispose]());
beforeEach(async () => {
  await empty(db);
  signals = await openSignals(db);
  api = await openTestApi(db);
  telegram = openTelegramServer();
  stopping = new AbortController();
  const client = createTelegramApi({ botToken: telegram.token, apiRoot: telegram.url });
  await client.setWebhook(`${api.server.url}/telegram/webhook`, { secret_token: secretToken });
  const logger = pino({ level: "silent" });
  const notifier = createTelegramNotifier({ api: client, db, logger, links, dailyLimit: undefined, files: noFiles });
  sending = deliverNotifications({ db, signals, notifier, logger }, stopping.signal);
});
afterEach(async () => {
  stopping.abort();
  await sending;
  await api[Symbol.asyncDispose]();
  await signals[Symbol.asyncDispose]();
  expect(telegram.violations).toEqual([]);
  await telegram[Symbol.asyncDispose]();
});

async function heard(chatId: number, count: number): Promise<string[]> {
  const messages = () =>
    telegram.calls.filter(
      (call) => call.method === "sendMessage" && call.parameters["chat_id"] === chatId && call.answer?.ok,
    );
  await until(() => messages().length >= count);
  return messages().map((call) => call.text?.split("\n")[0] ?? "");
}

async function work(end: "complete" | "refuse"): Promise<void> {
  const job = await claimJob(db, { name: "w", lockKey: 1, provider: "mock" }, { redelivered: false });
  if (job === undefined) throw new Error("not claimed");
  const spent = { inputTokens: 0, outputTokens: 0 };
  if (end === "complete") {
    const revision = await beginPublishing(db, job);
    await endAttempt(db, job, { kind: "completed", title: "Coffee", revision }, spent, "https://p.example.com/p/x/");
  } else {
    await endAttempt(db, job, { kind: "failed", error: { code: "output_refused", message: "" } }, spent);
  }
}

test("a prompt is acknowledged, and the link follows", async () => {
  expect(await telegram.send(text("a page for a coffee shop"))).toBe(200);
  await heard(alice.id, 1);
  await work("complete");
  expect(await heard(alice.id, 2)).toEqual(["⏳ Got it. I start on your page in a moment.", "Coffee is ready:"]);
});

test("a failure is told with what to do", async () => {
  await telegram.send(text("a page"));
  await heard(alice.id, 1);
  await work("refuse");
  expect((await heard(alice.id, 2))[1]).toBe(
    "The AI service declined to make this page. Please describe it differently.",
  );
});

test("each person is answered in their language", async () => {
  const bruno = { ...bob, language_code: "pt-br" };
  await telegram.send(message({ from: bruno, chat: { id: bob.id, type: "private" }, text: "/cancel" }));
  expect(await heard(bob.id, 1)).toEqual(["No momento não há nada para parar."]);
});

test("a button that is pressed stops spinning", async () => {
  await telegram.send(update({ callback_query: { id: "77", from: alice, chat_instance: "1", data: "job:open:1" } }));
  const answer = await telegram.call((call) => call.method === "answerCallbackQuery");
  expect(answer.answer?.ok).toBe(true);
});

test("after too many requests messages arrive in their order, none lost and none twice", async () => {
  telegram.fail({ error: { error_code: 429, description: "", parameters: { retry_after: 1 } } });
  for (const command of ["/start", "/help", "/new", "/cancel"]) await telegram.send(text(command));
  const lines = await heard(alice.id, 4);
  expect(lines.map((line) => line.slice(0, 14))).toEqual([
    "Hello! Tell me",
    "Send me a desc",
    "What should th",
    "There is nothi",
  ]);
});

test("somebody who blocked the bot is unreachable, and others hear from it all the same", async () => {
  telegram.fail({
    chatId: alice.id,
    error: { error_code: 403, description: "Forbidden: bot was blocked by the user" },
  });
  await telegram.send(text("/start"));
  await telegram.send(message({ from: bob, chat: { id: bob.id, type: "private" }, text: "/start" }));
  await heard(bob.id, 1);
  const state = sql`select id, unreachable_at is not null as gone from chats order by id`;
  await until(async () => (await db.query<{ gone: boolean }>(state))[0]?.gone === true);
  expect(await db.query(state)).toEqual([
    { id: alice.id, gone: true },
    { id: bob.id, gone: false },
  ]);
});
