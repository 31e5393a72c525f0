import { afterEach, beforeEach, expect, test } from "bun:test";
import pino from "pino";
import { DatabaseError } from "../../src/errors.ts";
import { createJobId, type JobId } from "../../src/ids.ts";
import { openBotIdentity } from "../../src/telegram/bot-identity.ts";
import { allowedUpdates, type Intake } from "../../src/telegram/intake.ts";
import { pollUpdates } from "../../src/telegram/poll-updates.ts";
import { createTelegramApi, type TelegramApi } from "../../src/telegram/telegram-api.ts";
import { openTelegramServer, type TelegramServer } from "../helpers/telegram-server.ts";
import { until } from "../helpers/until.ts";
import { text } from "../helpers/update.ts";

let telegram: TelegramServer;
let api: TelegramApi;
let log: string[];
let stopping: AbortController;
let published: JobId[];

beforeEach(() => {
  telegram = openTelegramServer();
  api = createTelegramApi({ botToken: telegram.token, apiRoot: `${telegram.url}/` });
  log = [];
  stopping = new AbortController();
  published = [];
});
afterEach(async () => {
  stopping.abort();
  await telegram[Symbol.asyncDispose]();
  expect(telegram.violations).toEqual([]);
  expect(log.join()).not.toContain(telegram.token);
});

function logger() {
  return pino({}, { write: (line: string) => void log.push(line) });
}

function poll(
  take: (update: { update_id: number }) => Promise<JobId | undefined>,
  { servesWebhook = false } = {},
): Promise<void> {
  const intake: Intake = {
    async take(body) {
      const update = body as { update_id: number };
      const jobId = await take(update);
      return { kind: "accepted", updateId: update.update_id, jobId, fresh: true, publish: jobId };
    },
  };
  const dispatcher = { publish: async (id: JobId) => void published.push(id) };
  return pollUpdates({ api, intake, dispatcher, logger: logger(), servesWebhook }, stopping.signal);
}

function offsets(): unknown[] {
  return telegram.calls.filter((call) => call.method === "getUpdates").map((call) => call.parameters["offset"]);
}

test("updates are taken in order, published, and read once", async () => {
  const [first, second] = [text("a"), text("b")];
  await telegram.send(first);
  await telegram.send(second);
  const taken: unknown[] = [];
  const jobId = createJobId();
  const polling = poll(async (update) => {
    taken.push(update);
    return jobId;
  });
  await until(() => taken.length === 2);
  const third = text("c");
  await telegram.send(third);
  await until(() => taken.length === 3);
  expect(taken).toEqual([first, second, third]);
  expect(published).toEqual([jobId, jobId, jobId]);
  expect(telegram.calls[1]?.parameters).toEqual({ offset: 0, timeout: 30, allowed_updates: [...allowedUpdates] });
  stopping.abort();
  await polling;
  expect(offsets().slice(0, 2)).toEqual([0, Number(second["update_id"]) + 1]);
});

test("an update that the database does not take is asked for again, and none before it", async () => {
  const [first, second] = [text("a"), text("b")];
  await telegram.send(first);
  await telegram.send(second);
  const taken: number[] = [];
  let broken = true;
  void poll(async ({ update_id }) => {
    if (update_id === second["update_id"] && broken) {
      broken = false;
      throw new DatabaseError("away");
    }
    taken.push(update_id);
    return undefined;
  });
  await until(() => taken.length === 2);
  expect(taken).toEqual([first["update_id"] as number, second["update_id"] as number]);
  expect(offsets()).toEqual([0, second["update_id"]]);
});

test("while the bot has a webhook it is left alone, and that is said once", async () => {
  await api.setWebhook("https://bot.example.com/telegram/webhook");
  const polling = poll(() => Promise.reject(new Error("nothing may be taken")));
  await until(() => log.length === 1);
  expect(log[0]).toContain("orchestrator webhook delete");
  expect(offsets()).toEqual([]);
  stopping.abort();
  await polling;
});

test("a webhook that is set while it polls is named, and not taken for another program", async () => {
  let calls = 0;
  void poll(async () => {
    calls += 1;
    await api.setWebhook("https://bot.example.com/telegram/webhook");
    return undefined;
  });
  await telegram.send({ update_id: 1 });
  await until(() => log.length === 2);
  expect(calls).toBe(1);
  expect(log[1]).toContain("orchestrator webhook delete");
});

test("a webhook that this process serves is no trouble", async () => {
  await api.setWebhook("https://bot.example.com/telegram/webhook");
  void poll(() => Promise.reject(new Error("nothing may be taken")), { servesWebhook: true });
  await until(() => log.length === 1);
  expect(JSON.parse(log[0] ?? "")).toMatchObject({ level: 30, webhook: "bot.example.com" });
});

test("another program that polls is named as the trouble", async () => {
  const description =
    "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running";
  telegram.fail({ method: "getUpdates", error: { error_code: 409, description } });
  void poll(async () => undefined);
  await until(() => log.length === 2);
  expect(log[1]).toContain("another program polls");
});

test("a failure is survived", async () => {
  telegram.fail({
    method: "getWebhookInfo",
    error: { error_code: 429, description: "", parameters: { retry_after: 1 } },
  });
  telegram.fail({ method: "getUpdates", error: { error_code: 429, description: "", parameters: { retry_after: 1 } } });
  await telegram.send(text("a"));
  const taken: unknown[] = [];
  void poll(async (update) => void taken.push(update));
  await until(() => taken.length === 1);
});

test("stopping ends a request that is held open", async () => {
  const polling = poll(async () => undefined);
  await until(() => log.length === 1);
  stopping.abort();
  await polling;
});

test("who the bot is, is asked of Telegram", async () => {
  await using bot = await openBotIdentity("a-token-without-a-number", { api, logger: logger() });
  expect([bot.id, bot.username]).toEqual([7000000001, "site_builder_bot"]);
});

test("without Telegram the bot knows its number, and goes on asking", async () => {
  telegram.fail({ method: "getMe", error: { error_code: 502, description: "Bad Gateway" } });
  const bot = await openBotIdentity(telegram.token, { api, logger: logger() });
  expect([bot.id, bot.username]).toEqual([7000000001, undefined]);
  expect(log).toHaveLength(1);
  await bot[Symbol.asyncDispose]();
});

test("an answer without a name is no answer", async () => {
  telegram.fail({ method: "getMe", http: { status: 200, body: '{"ok":true,"result":{}}' } });
  await using bot = await openBotIdentity(telegram.token, { api, logger: logger() });
  expect([bot.id, bot.username]).toEqual([7000000001, undefined]);
});
