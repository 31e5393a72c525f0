import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "bun:test";
import { sql } from "drizzle-orm";
import pino from "pino";
import type { Database } from "../../src/db/database.ts";
import { catalogues } from "../../src/telegram/catalogue/find-catalogue.ts";
import { registerCommands } from "../../src/telegram/register-commands.ts";
import { createTelegramApi } from "../../src/telegram/telegram-api.ts";
import { openTestDatabase } from "../helpers/database.ts";
import { openTelegramServer, type TelegramServer } from "../helpers/telegram-server.ts";

let db: Database;
let telegram: TelegramServer;
let log: string[];

beforeAll(async () => {
  db = await openTestDatabase();
});
afterAll(() => db[Symbol.asyncDispose]());
beforeEach(() => {
  telegram = openTelegramServer();
  log = [];
});
afterEach(async () => {
  await telegram[Symbol.asyncDispose]();
  expect(telegram.violations).toEqual([]);
  expect(log.join()).not.toContain(telegram.token);
});

function register(...admins: number[]): Promise<void> {
  const api = createTelegramApi({ botToken: telegram.token, apiRoot: telegram.url });
  const logger = pino({}, { write: (line: string) => void log.push(line) });
  return registerCommands({ api, db, logger, adminUsers: new Set(admins) }, new AbortController().signal);
}

function languagesOf(method: string): string[] {
  const calls = telegram.calls.filter((call) => call.method === method && call.answer?.ok);
  return calls.map((call) => String(call.parameters["language_code"] ?? "en")).sort();
}

test("commands, description and short description are registered in every language", async () => {
  await register();
  expect(languagesOf("setMyCommands")).toEqual(Object.keys(catalogues).sort());
  expect(languagesOf("setMyDescription")).toEqual(Object.keys(catalogues).sort());
  expect(languagesOf("setMyShortDescription")).toEqual(Object.keys(catalogues).sort());
  expect(log).toEqual([]);
});

test("what is registered already is not sent again", async () => {
  await register();
  telegram.calls.length = 0;
  await register();
  expect(telegram.calls.filter((call) => call.method.startsWith("set"))).toEqual([]);
});

test("a command described otherwise is registered anew, in its language only", async () => {
  await register();
  telegram.calls.length = 0;
  const api = createTelegramApi({ botToken: telegram.token, apiRoot: telegram.url });
  await api.setMyCommands([{ command: "old", description: "Alt" }], { language_code: "de" });
  telegram.calls.length = 0;
  await register();
  expect(languagesOf("setMyCommands")).toEqual(["de"]);
});

test("the operator's own descriptions stay", async () => {
  const api = createTelegramApi({ botToken: telegram.token, apiRoot: telegram.url });
  await api.setMyDescription("Pages for our guild", {});
  await api.setMyShortDescription("Our guild's", {});
  telegram.calls.length = 0;
  await register();
  expect(languagesOf("setMyDescription")).not.toContain("en");
  expect(languagesOf("setMyShortDescription")).not.toContain("en");
});

test("operators who have written to the bot are offered their commands, each in their own chat", async () => {
  const api = createTelegramApi({ botToken: telegram.token, apiRoot: telegram.url });
  await api.sendMessage(700, "Hello");
  await register(700, 4242);
  const offered = await api.getMyCommands({ scope: { type: "chat", chat_id: 700 } });
  expect(offered.map(({ command }) => command)).toEqual([
    ...["new", "sites", "cancel", "delete", "settings", "help"],
    ...["stats", "jobs", "retry", "takedown", "broadcast"],
  ]);
  expect((await api.getMyCommands()).map(({ command }) => command)).not.toContain("broadcast");
  expect(log).toEqual([]);
});

test("who is no operator any more is offered what everybody is", async () => {
  const api = createTelegramApi({ botToken: telegram.token, apiRoot: telegram.url });
  for (const chat of [700, 800]) await api.sendMessage(chat, "Hello");
  await register(700, 800);
  await db.query(sql`insert into chats (id, type) values (700, 'private'), (800, 'private'), (900, 'private')`);
  await db.query(sql`
    insert into notifications (chat_id, kind) values (700, 'admin'), (800, 'admin'), (800, 'alert'), (900, 'start')`);
  await register(700);
  const offered = async (chat_id: number) => api.getMyCommands({ scope: { type: "chat", chat_id } });
  expect([(await offered(700)).length, await offered(800)]).toEqual([11, []]);
  expect(telegram.calls.filter(({ method }) => method === "deleteMyCommands")).toHaveLength(1);
  expect(log).toEqual([]);
});

test("a wait that Telegram asks for is kept", async () => {
  telegram.fail({
    method: "setMyCommands",
    error: { error_code: 429, description: "Too Many Requests: retry after 1", parameters: { retry_after: 1 } },
  });
  await register();
  expect(languagesOf("setMyCommands")).toEqual(Object.keys(catalogues).sort());
  expect(log).toEqual([]);
});

test("a failure costs a line in the log", async () => {
  telegram.fail({ method: "setMyCommands", error: { error_code: 500, description: "Internal Server Error" } });
  await register();
  expect(log).toHaveLength(1);
});
