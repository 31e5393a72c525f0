import { afterAll, beforeAll, beforeEach, describe, expect, test } from "bun:test";
import { connect } from "node:net";
import { sql } from "drizzle-orm";
import pino from "pino";
import { type ApiOptions, createApi } from "../../src/api/create-api.ts";
import type { Database } from "../../src/db/database.ts";
import { DatabaseError } from "../../src/errors.ts";
import type { JobId } from "../../src/ids.ts";
import { openTestApi, secretToken, type TestApi } from "../helpers/api.ts";
import { empty, openTestDatabase } from "../helpers/database.ts";
import { message, text } from "../helpers/update.ts";

let db: Database;
let api: TestApi;

beforeAll(async () => {
  db = await openTestDatabase();
  api = await openTestApi(db);
});
afterAll(async () => {
  await api[Symbol.asyncDispose]();
  await db[Symbol.asyncDispose]();
});
beforeEach(async () => {
  await empty(db);
  api.published.length = 0;
});

interface Answer {
  ok?: true;
  job_id?: JobId;
  error?: string;
  message?: string;
}

async function accepted(update: unknown): Promise<Answer> {
  const response = await api.deliver(update);
  expect(response.status).toBe(200);
  return (await response.json()) as Answer;
}

function post(body: NonNullable<RequestInit["body"]>, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(`${api.server.url}/telegram/webhook`, {
    method: "POST",
    headers: { "x-telegram-bot-api-secret-token": secretToken, ...headers },
    body,
  });
}

async function jobCount(): Promise<number | undefined> {
  const [row] = await db.query<{ count: number }>(sql`select count(*) as count from jobs`);
  return row?.count;
}

test("a first update creates a job", async () => {
  const answer = await accepted(text("a landing page for a coffee shop"));
  expect(answer).toEqual({ ok: true, job_id: expect.any(String) });
  expect(await db.query(sql`select id, status, tenant, prompt, chat_id, message_id, language from jobs`)).toEqual([
    {
      id: answer.job_id,
      status: "queued",
      tenant: "telegram:700",
      prompt: "a landing page for a coffee shop",
      chat_id: 700,
      message_id: expect.any(Number),
      language: "en",
    },
  ]);
  expect(await db.query(sql`select job_id, kind, chat_id from notifications`)).toEqual([
    { job_id: answer.job_id, kind: "accepted", chat_id: 700 },
  ]);
  expect(api.published).toEqual([answer.job_id as JobId]);
});

test("a duplicate update does not, and returns the same job", async () => {
  const update = text("a page");
  const first = await accepted(update);
  expect(await accepted(update)).toEqual(first);
  expect(await jobCount()).toBe(1);
  expect(await db.query(sql`select count(*) as count from notifications`)).toEqual([{ count: 1 }]);
  expect(api.published).toHaveLength(1);
});

test("an update delivered many times at once creates one job", async () => {
  const update = text("a page");
  const answers = await Promise.all(Array.from({ length: 20 }, () => accepted(update)));
  expect(new Set(answers.map((one) => one.job_id)).size).toBe(1);
  expect(await jobCount()).toBe(1);
});

test("different update ids create separate jobs", async () => {
  const first = await accepted(text("a page"));
  const second = await accepted(text("a page"));
  expect(first.job_id).not.toBe(second.job_id);
  expect(await jobCount()).toBe(2);
});

test("update ids that start again lower are as good as any", async () => {
  await accepted({ ...text("a page"), update_id: 900_000_000 });
  expect(await accepted({ ...text("a page"), update_id: 17 })).toHaveProperty("job_id");
});

test("an update without text creates none", async () => {
  expect(await accepted(message({ sticker: { file_id: "x" } }))).toEqual({ ok: true });
  expect(await jobCount()).toBe(0);
});

test("ids beyond 32 bits are kept exactly", async () => {
  const id = 4_503_599_627_370_495;
  await accepted(message({ text: "a page", chat: { id, type: "private" }, from: { id, is_bot: false } }));
  expect(await db.query(sql`select chat_id, tenant from jobs`)).toEqual([{ chat_id: id, tenant: `telegram:${id}` }]);
});

test("what Postgres cannot store is cleaned, and never fails", async () => {
  await accepted(text("caf\u0000é \ud83d page\r\n\u0007ok"));
  expect(await db.query(sql`select prompt from jobs`)).toEqual([{ prompt: "café � page\nok" }]);
});

describe("what is refused", () => {
  async function expectError(response: Response, status: number, error: string): Promise<void> {
    expect(response.status).toBe(status);
    expect(await response.json()).toEqual({ error, message: expect.any(String) });
    expect(await db.query(sql`select update_id from telegram_updates`)).toEqual([]);
  }
  const body = JSON.stringify(text("a page"));

  test("an invalid secret is refused", async () => {
    for (const wrong of ["", "wrong", `${secretToken}x`, secretToken.toUpperCase()]) {
      await expectError(await post(body, { "x-telegram-bot-api-secret-token": wrong }), 401, "unauthorized");
    }
  });

  test("a missing secret is refused, before the body is read", async () => {
    const response = await fetch(`${api.server.url}/telegram/webhook`, { method: "POST", body: "{" });
    await expectError(response, 401, "unauthorized");
  });

  const notJson: [string, NonNullable<RequestInit["body"]>][] = [
    ["nothing", ""],
    ["half an object", '{"update_id":1'],
    ["bytes that are no text", new Uint8Array([0xff, 0xfe, 0x00])],
    ["a form", "update_id=1"],
  ];
  test.each(notJson)("malformed JSON is 400: %s", async (_, malformed) => {
    await expectError(await post(malformed, { "content-type": "application/json" }), 400, "invalid_json");
  });

  test("nesting as deep as the body allows is answered, and the server lives on", async () => {
    const response = await post("[".repeat(1_000_000));
    await expectError(response, 400, "invalid_json");
    const nested = `{"update_id":1,"message":${'{"a":'.repeat(100_000)}1${"}".repeat(100_000)}}`;
    expect([200, 400]).toContain((await post(nested)).status);
  });

  test.each([
    "null",
    "[]",
    "3",
    '"update"',
    "{}",
    '{"update_id":"7"}',
    '{"update_id":-1}',
    '{"update_id":0}',
    '{"update_id":1.5}',
    '{"update_id":9007199254740992}',
    '{"update_id":null}',
  ])("without a usable update_id it is 400: %s", async (wrong) => {
    await expectError(await post(wrong), 400, "invalid_update");
  });

  test("more than a mebibyte is 413, declared or not", async () => {
    const large = JSON.stringify({ update_id: 1, padding: "x".repeat(1_048_576) });
    await expectError(await post(large), 413, "too_large");
    await expectError(await post(chunked(large)), 413, "too_large");
    await expectError(await post(new Blob(["x".repeat(40_000_000)])), 413, "too_large");
    await expectError(await post(chunked("x".repeat(40_000_000))), 413, "too_large");
    // Whatever the server is called, and without waiting for the rest.
    await expectError(await post(chunked(large, { ends: false }), { host: "x" }), 413, "too_large");
  });

  test("a mebibyte is taken", async () => {
    const update = { ...message({ photo: [{}] }), padding: "" };
    update.padding = "x".repeat(1_048_576 - JSON.stringify(update).length);
    expect(JSON.stringify(update)).toHaveLength(1_048_576);
    expect((await post(JSON.stringify(update))).status).toBe(200);
  });
});

/** A body that is sent without saying how long it is; one that does not end leaves the server waiting for more. */
function chunked(text: string, { ends = true } = {}): ReadableStream<Uint8Array> {
  const bytes = new TextEncoder().encode(text);
  let sent = 0;
  return new ReadableStream({
    pull(controller) {
      if (sent >= bytes.length) return ends ? controller.close() : new Promise(() => undefined);
      controller.enqueue(bytes.slice(sent, sent + 65_536));
      sent += 65_536;
    },
  });
}

test("a caller that hangs up in the middle of a body is no fault of ours", async () => {
  const log: string[] = [];
  const options = { db: {}, queue: {}, dispatcher: {}, signals: {}, telegram: { secretToken, intake: {} } };
  using api = createApi({
    ...options,
    logger: pino({}, { write: (line: string) => void log.push(line) }),
  } as unknown as ApiOptions);
  const answered = Promise.withResolvers<Response>();
  using server = Bun.serve({
    hostname: "127.0.0.1",
    port: 0,
    async fetch(request) {
      const response = await api.handle(request);
      answered.resolve(response);
      return response;
    },
  });
  const head = `POST /telegram/webhook HTTP/1.1\r\nHost: x\r\nX-Telegram-Bot-Api-Secret-Token: ${secretToken}\r\n`;
  const socket = connect(server.port ?? 0, "127.0.0.1");
  socket.write(`${head}Content-Length: 500\r\n\r\n{"update_id":`, () => socket.destroySoon());
  expect((await answered.promise).status).toBe(400);
  expect(log).toEqual([]);
});

test("a body need not say how long it is", async () => {
  expect((await post(chunked(JSON.stringify(text("a page"))))).status).toBe(200);
  expect(await jobCount()).toBe(1);
});

test("the content type does not matter", async () => {
  for (const type of [
    "application/json",
    "text/plain",
    "application/x-www-form-urlencoded",
    "multipart/form-data",
    "?",
  ]) {
    expect((await post(JSON.stringify(text("a page")), { "content-type": type })).status).toBe(200);
  }
  expect(await jobCount()).toBe(5);
});

test("a database that fails is 503, and Telegram is asked to come back", async () => {
  const broken: Database = { ...db, query: () => Promise.reject(new DatabaseError("it is gone: secret detail")) };
  await using other = await openTestApi(broken);
  const response = await other.deliver(text("a page"));
  expect(response.status).toBe(503);
  expect(response.headers.get("retry-after")).toBe("5");
  expect(await response.json()).toEqual({
    error: "unavailable",
    message: "The database is not available. Please try again.",
  });
});

test("a bug is 500, and says nothing about itself", async () => {
  const broken: Database = { ...db, query: () => Promise.reject(new TypeError("secret detail")) };
  await using other = await openTestApi(broken);
  const response = await other.deliver(text("a page"));
  expect(response.status).toBe(500);
  expect(await response.json()).toEqual({ error: "internal", message: "Something went wrong on our side." });
});

test("a queue that never answers delays nobody", async () => {
  const never = new Promise<void>(() => undefined);
  await using other = await openTestApi(db, { publish: () => never });
  expect((await other.deliver(text("a page"))).status).toBe(200);
});
