import { afterEach, beforeEach, describe, expect, test } from "bun:test";
import { sql } from "drizzle-orm";
import pino from "pino";
import type { Database } from "../../src/db/database.ts";
import { createJobId, createSiteId } from "../../src/ids.ts";
import type { DeliveryResult, Notification } from "../../src/jobs/notifier.ts";
import { restoredSummary } from "../../src/jobs/restored-summary.ts";
import { createTelegramApi } from "../../src/telegram/telegram-api.ts";
import { createTelegramNotifier, type PageFiles } from "../../src/telegram/telegram-notifier.ts";
import { openTestDatabase } from "../helpers/database.ts";
import { links, noFiles } from "../helpers/links.ts";
import { type Fault, openTelegramServer, type TelegramServer } from "../helpers/telegram-server.ts";

let telegram: TelegramServer;
let log: string[];

beforeEach(() => {
  telegram = openTelegramServer();
  log = [];
});
afterEach(async () => {
  await telegram[Symbol.asyncDispose]();
  expect([...log, ...telegram.violations].filter((line) => line.includes(telegram.token))).toEqual([]);
});

const noDatabase = {
  query() {
    throw new Error("needs no database");
  },
} as unknown as Database;

const url = "https://preview.example.com/p/abcdefghijklmnopqrstuvwxyz/";
const completed: Partial<Notification> = { kind: "completed", payload: { title: "Bean & Leaf", url } };

function deliver(
  given: Partial<Notification>,
  {
    db = noDatabase,
    signal = new AbortController().signal,
    token = telegram.token,
    apiRoot = telegram.url,
    files = noFiles,
  } = {},
): Promise<DeliveryResult> {
  const api = createTelegramApi({ botToken: token, apiRoot });
  const logger = pino({}, { write: (line: string) => void log.push(line) });
  const notification: Notification = {
    id: 1,
    chatId: 700,
    threadId: undefined,
    replyToMessageId: undefined,
    jobId: undefined,
    siteId: undefined,
    look: undefined,
    kind: "start",
    payload: {},
    language: "en",
    attempt: 1,
    ...given,
  };
  return createTelegramNotifier({ api, db, logger, links, dailyLimit: undefined, files }).deliver(notification, signal);
}

function sent(index = -1) {
  return telegram.calls.at(index)?.parameters ?? {};
}

describe("a message", () => {
  test("about a finished page has its title, its link and a button to it", async () => {
    expect(await deliver(completed)).toEqual({ kind: "sent", messageId: 5001 });
    expect(telegram.calls.map((call) => call.text)).toEqual([`Bean & Leaf is ready:\n${url}`]);
    expect(sent()).toMatchObject({
      chat_id: 700,
      text: `<b>Bean &amp; Leaf</b> is ready:\n${url}`,
      parse_mode: "HTML",
      reply_markup: { inline_keyboard: [[{ text: "Open", url }], [{ text: "Copy link", copy_text: { text: url } }]] },
      link_preview_options: { is_disabled: true },
    });
    expect(telegram.violations).toEqual([]);
  });

  test("carries a hostile title as the letters it is made of", async () => {
    const title = `</b><script>alert(1)</script><a href="tg://x">{url} &amp; $& ${"x".repeat(9000)}`;
    expect(await deliver({ ...completed, payload: { title, url } })).toMatchObject({ kind: "sent" });
    expect(telegram.calls[0]?.text).toStartWith(`</b><script>alert(1)</script><a href="tg://x">{url} &amp; $& xxx`);
    expect(telegram.calls[0]?.text).toEndWith(`… is ready:\n${url}`);
    expect(telegram.violations).toEqual([]);
  });

  test("about an earlier version that is back says which", async () => {
    const payload = { title: "Bean & Leaf", url, revision: 3, summary: restoredSummary(1) };
    await deliver({ ...completed, payload });
    expect(telegram.calls[0]?.text).toBe(`Bean & Leaf has a new version:\n${url}\n\nIt is back to version 1.`);
  });

  test("about a job that goes on elsewhere does not speak of a failure", async () => {
    await deliver({ kind: "accepted", jobId: createJobId(), look: "resuming" });
    expect(telegram.calls[0]?.text).toBe("⏳ I go on with your page in a moment; you need not do anything.");
  });

  test("that offers to try again does not ask for the message again", async () => {
    for (const code of ["provider_unavailable", "storage", "internal"]) {
      await deliver({ kind: "failed", payload: { code }, jobId: createJobId() });
      expect(JSON.stringify(sent())).toContain("Try again");
      expect(telegram.calls.at(-1)?.text).toMatch(/ Please try again( in a while)?\.$/);
    }
  });

  test("about a page without a title names its host", async () => {
    await deliver({ ...completed, payload: { title: " ", url } });
    expect(telegram.calls[0]?.text).toBe(`preview.example.com is ready:\n${url}`);
  });

  test("has no button to an address that only this machine knows", async () => {
    const local = "http://localhost:8001/p/abc/";
    expect(await deliver({ ...completed, payload: { title: "x", url: local } })).toMatchObject({ kind: "sent" });
    expect(JSON.stringify(sent())).not.toContain(`"url"`);
    expect(telegram.violations).toEqual([]);
  });

  test("without a usable link still says that the page is ready", async () => {
    expect(await deliver({ ...completed, payload: { title: "x" } })).toMatchObject({ kind: "sent" });
  });

  test("about a job answers the prompt, in its topic", async () => {
    await deliver({ kind: "accepted", jobId: createJobId(), replyToMessageId: 31, threadId: 42 });
    expect(sent()).toMatchObject({
      message_thread_id: 42,
      reply_parameters: { message_id: 31, allow_sending_without_reply: true },
    });
  });

  test("in a group answers whoever it is for", async () => {
    await deliver({ chatId: -100, kind: "help", replyToMessageId: 31 });
    expect(sent()).toHaveProperty("reply_parameters.message_id", 31);
  });

  test("of a kind from a later version is not sent", async () => {
    expect(await deliver({ kind: "hologram" })).toEqual({
      kind: "undeliverable",
      reason: "unknown kind hologram",
      chatGone: false,
    });
    expect(await deliver({ kind: "constructor" })).toMatchObject({ kind: "undeliverable" });
    expect(await deliver({ kind: "commands" })).toMatchObject({ kind: "undeliverable" });
  });

  const failures: [string, RegExp][] = [
    ["provider_unavailable", /AI service did not answer/],
    ["provider_rate_limited", /AI service did not answer/],
    ["provider_unauthorized", /how this bot is set up/],
    ["output_refused", /declined/],
    ["output_truncated", /not a complete page/],
    ["storage", /could not be saved/],
    ["internal", /on our side/],
    ["something_new", /on our side/],
  ];
  test.each(failures)("about the failure %s says what happened", async (code, words) => {
    expect(await deliver({ kind: "failed", payload: { code } })).toMatchObject({ kind: "sent" });
    expect(telegram.calls[0]?.text).toMatch(words);
  });
});

describe("with a picture of the page", () => {
  const siteId = createSiteId();
  const finished = { ...completed, siteId, payload: { ...completed.payload, revision: 2 } };
  const files: PageFiles = {
    ...noFiles,
    findPicture: async (id, revision) => (id === siteId && revision === 2 ? new Uint8Array([1, 2, 3]) : undefined),
  };

  test("a finished page is shown, with its words and buttons below", async () => {
    expect(await deliver(finished, { files })).toEqual({ kind: "sent", messageId: 5001 });
    expect(telegram.calls.map((call) => [call.method, call.text])).toEqual([
      ["sendPhoto", `Bean & Leaf has a new version:\n${url}`],
    ]);
    expect(sent()).toMatchObject({ photo: expect.any(File), reply_markup: { inline_keyboard: expect.any(Array) } });
    expect(telegram.violations).toEqual([]);
  });

  test("that Telegram refuses, the words are sent alone", async () => {
    telegram.fail({
      method: "sendPhoto",
      error: { error_code: 400, description: "Bad Request: PHOTO_INVALID_DIMENSIONS" },
    });
    expect(await deliver(finished, { files })).toMatchObject({ kind: "sent" });
    expect(telegram.calls.map((call) => call.method)).toEqual(["sendPhoto", "sendMessage"]);
  });

  test("words that are too long to stand below it are sent alone", async () => {
    const long = { title: "t".repeat(500), summary: "s".repeat(5000) };
    expect(await deliver({ ...finished, payload: { ...finished.payload, ...long } }, { files })).toMatchObject({
      kind: "sent",
    });
    expect(telegram.calls.map((call) => call.method)).toEqual(["sendMessage"]);
  });
});

test("a button gets its answer", async () => {
  const pressed = { kind: "button_expired", payload: { callbackQueryId: "301" } };
  expect(await deliver(pressed)).toEqual({ kind: "sent" });
  expect(sent()).toEqual({ callback_query_id: "301", text: "This button no longer works.", show_alert: true });
  expect(await deliver(pressed)).toMatchObject({ kind: "undeliverable", chatGone: false });
});

test("a page is sent as a file, and one that is gone by then is said to be", async () => {
  await using db = await openTestDatabase();
  const siteId = createSiteId();
  await db.query(
    sql`insert into sites (id, tenant, title, current_revision) values (${siteId}::text, 't', 'Coffee', 3)`,
  );
  let gone = false;
  const files: PageFiles = {
    ...noFiles,
    exportSite: async (id, revision, format) =>
      gone
        ? undefined
        : { name: `${id.slice(0, 3)}-${revision}.${format}`, bytes: new TextEncoder().encode("content") },
  };
  expect(await deliver({ kind: "zip", siteId }, { db, files })).toMatchObject({ kind: "sent" });
  const { document } = sent() as { document: File };
  expect([document.name, await document.text()]).toEqual([`${siteId.slice(0, 3)}-3.zip`, "content"]);
  gone = true;
  await deliver({ kind: "file", siteId }, { db, files });
  expect(telegram.calls.at(-1)?.text).toBe("That page no longer exists.");
  expect(telegram.violations).toEqual([]);
}, 30_000);

describe("when Telegram refuses", () => {
  function badRequest(description: string): Fault {
    return { error: { error_code: 400, description: `Bad Request: ${description}` } };
  }

  const partly: [string, string, string][] = [
    ["the markup, plain text is sent", "can't parse entities: Unsupported start tag", "parse_mode"],
    ["the thread, it goes to the chat", "message thread not found", "message_thread_id"],
    ["the reply, it stands alone", "message to be replied not found", "reply_parameters"],
    ["the button, the link in the text is enough", "BUTTON_URL_INVALID", "reply_markup"],
  ];
  test.each(partly)("%s", async (_, description, without) => {
    telegram.fail(badRequest(description));
    const about = { ...completed, jobId: createJobId(), replyToMessageId: 31, threadId: 42 };
    expect(await deliver(about)).toMatchObject({ kind: "sent" });
    expect(telegram.calls).toHaveLength(2);
    expect(sent(0)).toHaveProperty(without);
    expect(sent(1)).not.toHaveProperty(without);
    expect(telegram.calls[1]?.text).toBe(`Bean & Leaf is ready:\n${url}`);
  });

  test("everything it can refuse, each thing is left out once and no more", async () => {
    for (const [, description] of partly) telegram.fail(badRequest(description));
    telegram.fail(badRequest("message thread not found"));
    const about = { ...completed, jobId: createJobId(), replyToMessageId: 31, threadId: 42 };
    expect(await deliver(about)).toMatchObject({ kind: "undeliverable", chatGone: false });
    expect(telegram.calls).toHaveLength(5);
  });

  const forGood: [string, number, string, boolean][] = [
    ["a user who blocked the bot", 403, "Forbidden: bot was blocked by the user", true],
    ["a deleted account", 403, "Forbidden: user is deactivated", true],
    ["a group that removed the bot", 403, "Forbidden: bot was kicked from the supergroup chat", true],
    ["an unknown chat", 400, "Bad Request: chat not found", true],
    ["a group where the bot may not write", 400, "Bad Request: not enough rights to send text messages", false],
  ];
  test.each(forGood)("%s is not tried again", async (_, error_code, description, chatGone) => {
    telegram.fail({ error: { error_code, description } });
    expect(await deliver({})).toEqual({
      kind: "undeliverable",
      reason: `sendMessage: ${error_code} ${description}`,
      chatGone,
    });
  });

  test("too many requests, it waits as long as it is asked to", async () => {
    const description = "Too Many Requests: retry after 13938";
    telegram.fail({ error: { error_code: 429, description, parameters: { retry_after: 13_938 } } });
    expect(await deliver({})).toMatchObject({ kind: "deferred", delayMs: 13_938_000 });
  });

  test("an unchanged message, all is well", async () => {
    telegram.fail(badRequest("message is not modified: the same as before"));
    expect(await deliver({})).toEqual({ kind: "sent" });
  });

  test("the token, it waits for an operator and says so", async () => {
    expect(await deliver({}, { token: "1:revoked" })).toMatchObject({ kind: "deferred", delayMs: 600_000 });
    expect(log.join()).toMatch(/TELEGRAM_BOT_TOKEN/);
    expect(log.join()).not.toMatch(/revoked/);
  });
});

describe("when Telegram does not work", () => {
  test.each([
    ["a proxy's error page", { http: { status: 502, body: "<html>Bad Gateway</html>" } }],
    ["an empty answer", { http: { status: 200, body: "" } }],
    ["an internal error", { error: { error_code: 500, description: "Internal Server Error" } }],
  ] as [string, Fault][])("%s is tried again, later each time", async (_, fault) => {
    telegram.fail({ ...fault, times: 3 });
    const delays = [];
    for (const attempt of [1, 4, 40]) {
      const result = await deliver({ attempt });
      delays.push(result.kind === "deferred" ? result.delayMs : result);
    }
    expect(delays).toEqual([1000, 8000, 60_000]);
  });

  test("nobody listening is tried again", async () => {
    const result = await deliver({}, { apiRoot: "http://127.0.0.1:1" });
    expect(result).toMatchObject({ kind: "deferred", delayMs: 1000 });
    expect(JSON.stringify(result)).not.toContain(telegram.token);
  });

  test("a message on its way arrives although the process is to end", async () => {
    telegram.fail({ delayMs: 50 });
    const ending = new AbortController();
    const result = deliver({}, { signal: ending.signal });
    ending.abort();
    expect(await result).toMatchObject({ kind: "sent" });
  });

  test("an answer that never comes does not hold up the end of the process for long", async () => {
    telegram.fail({ silent: true });
    const ending = new AbortController();
    const result = deliver({}, { signal: ending.signal });
    await telegram.call(() => true);
    ending.abort();
    expect(await result).toMatchObject({ kind: "deferred" });
  });
});

test("a group that became a supergroup is followed, with all that waits for it", async () => {
  await using db = await openTestDatabase();
  await db.query(sql`insert into chats (id, type, language) values (-400, 'group', 'pt')`);
  await db.query(sql`insert into notifications (chat_id, kind) values (-400, 'help'), (-400, 'start')`);
  telegram.fail({
    chatId: -400,
    error: {
      error_code: 400,
      description: "Bad Request: group chat was upgraded to a supergroup chat",
      parameters: { migrate_to_chat_id: -1001 },
    },
  });
  expect(await deliver({ chatId: -400, replyToMessageId: 7 }, { db })).toMatchObject({ kind: "sent" });
  expect(sent()).toMatchObject({ chat_id: -1001 });
  expect(sent()).not.toHaveProperty("reply_parameters");
  expect(await db.query(sql`select chat_id from notifications`)).toEqual([{ chat_id: -1001 }, { chat_id: -1001 }]);
  expect(await db.query(sql`select id, language, unreachable_at is null as reachable from chats order by id`)).toEqual([
    { id: -1001, language: "pt", reachable: true },
    { id: -400, language: "pt", reachable: false },
  ]);
}, 30_000);
