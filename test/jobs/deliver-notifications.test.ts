import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "bun:test";
import { sql } from "drizzle-orm";
import { PgDialect } from "drizzle-orm/pg-core";
import pino from "pino";
import type { Database } from "../../src/db/database.ts";
import { migrate } from "../../src/db/migrate.ts";
import { DatabaseError } from "../../src/errors.ts";
import { acceptUpdate } from "../../src/jobs/accept-update.ts";
import { cancelJob } from "../../src/jobs/cancel-job.ts";
import { claimJob } from "../../src/jobs/claim-job.ts";
import { deliverNotifications } from "../../src/jobs/deliver-notifications.ts";
import { endAttempt } from "../../src/jobs/end-attempt.ts";
import { createFloodGate } from "../../src/jobs/flood-gate.ts";
import { enterStage } from "../../src/jobs/lease.ts";
import type { DeliveryResult, Notification, Notifier, StaleMessage } from "../../src/jobs/notifier.ts";
import { retryJob } from "../../src/jobs/retry-job.ts";
import { openSignals, type Signals } from "../../src/jobs/signals.ts";
import { databases, empty } from "../helpers/database.ts";
import { until } from "../helpers/until.ts";

let db: Database;
let signals: Signals;
let stopping: AbortController;
const running: Promise<void>[] = [];

/** What arrived, in order: `chat kind`, and `chat look` for edits. */
let arrived: string[];
let edits: { chatId: number; look: string }[];
let answer: (notification: Notification) => DeliveryResult | Promise<DeliveryResult>;
let answerEdit: (message: StaleMessage) => DeliveryResult;

function start({ unable = [] as string[], database = db } = {}): void {
  let lastMessageId = 100;
  const notifier: Notifier = {
    unable,
    reluctant: [],
    async deliver(notification) {
      const result = await answer(notification);
      if (result.kind === "sent") arrived.push(`${notification.chatId} ${notification.kind}`);
      return result.kind === "sent" ? { ...result, messageId: ++lastMessageId } : result;
    },
    async edit(message) {
      const result = answerEdit(message);
      if (result.kind === "sent") edits.push({ chatId: message.chatId, look: message.look });
      return result;
    },
  };
  running.push(
    deliverNotifications({ db: database, signals, notifier, logger: pino({ level: "silent" }) }, stopping.signal),
  );
}

async function say(chatId: number, ...kinds: string[]): Promise<void> {
  await db.query(sql`insert into chats (id, type) values (${chatId}::bigint, 'private') on conflict do nothing`);
  for (const kind of kinds) {
    await db.query(sql`
      insert into notifications (chat_id, kind, urgent)
      values (${chatId}::bigint, ${kind}::text, ${kind.startsWith("urgent")}::boolean) returning pg_notify('orchestrator', 'notification:')`);
  }
}

async function prompt(updateId: number, chatId: number) {
  const job = { prompt: "a page", tenant: `telegram:${chatId}` };
  const accepted = { updateId, kind: "message", chat: { id: chatId, type: "private" }, job };
  return acceptUpdate(db, { ...accepted, notifications: [{ kind: "accepted" }] });
}

const looks = (chatId: number) => edits.filter((edit) => edit.chatId === chatId).map((edit) => edit.look);

describe.each(databases("delivery of messages"))("$name", ({ open }) => {
  beforeAll(async () => {
    db = await open();
    await migrate(db);
    signals = await openSignals(db);
  });
  afterAll(async () => {
    await signals[Symbol.asyncDispose]();
    await db[Symbol.asyncDispose]();
  });
  beforeEach(async () => {
    await empty(db);
    arrived = [];
    edits = [];
    answer = () => ({ kind: "sent" });
    answerEdit = () => ({ kind: "sent" });
    stopping = new AbortController();
  });
  afterEach(async () => {
    stopping.abort();
    await Promise.all(running.splice(0));
  });

  test("chats that hang hold up nobody else, and nothing that is urgent", async () => {
    const hanging = Promise.withResolvers<DeliveryResult>();
    answer = ({ chatId, kind }) => (chatId < 200 && kind !== "urgent" ? hanging.promise : { kind: "sent" });
    for (let chatId = 1; chatId <= 95; chatId++) await say(chatId, "one", "two");
    start();
    await until(async () => {
      const [row] = await db.query<{ taken: number }>(
        sql`select count(*)::int as taken from notifications where lease_token is not null`,
      );
      return row?.taken === 90;
    });
    await say(1, "urgent");
    await until(() => arrived.includes("1 urgent"));
    hanging.resolve({ kind: "sent" });
    await say(200, "quick");
    await until(() => arrived.length === 2 * 95 + 2);
    for (let chatId = 1; chatId <= 95; chatId++) {
      expect(arrived.filter((one) => one.startsWith(`${chatId} `) && !one.endsWith("urgent"))).toEqual([
        `${chatId} one`,
        `${chatId} two`,
      ]);
    }
  });

  test("one chat that hangs lets the others through at once", async () => {
    const hanging = Promise.withResolvers<DeliveryResult>();
    answer = ({ chatId }) => (chatId === 1 ? hanging.promise : { kind: "sent" });
    start();
    await say(1, "one");
    await say(2, "one", "two", "three");
    await until(() => arrived.length === 3);
    hanging.resolve({ kind: "sent" });
    await until(() => arrived.length === 4);
    expect(arrived).toEqual(["2 one", "2 two", "2 three", "1 one"]);
  });

  test("two processes keep the order of a chat and send nothing twice", async () => {
    for (let chatId = 1; chatId <= 5; chatId++) await say(chatId, "one", "two", "three", "four");
    start();
    start();
    await until(() => arrived.length === 20);
    for (let chatId = 1; chatId <= 5; chatId++) {
      const mine = arrived.filter((one) => one.startsWith(`${chatId} `));
      expect(mine).toEqual(["one", "two", "three", "four"].map((kind) => `${chatId} ${kind}`));
    }
  });

  test("a chat that is too loud is left alone as long as asked, its edits too", async () => {
    let floods = 1;
    answer = ({ kind }) =>
      kind === "one" && floods-- > 0
        ? { kind: "deferred", delayMs: 600_000, reason: "flood", flood: true }
        : { kind: "sent" };
    await prompt(1, 1);
    start();
    await until(() => arrived.includes("1 accepted"));
    await say(1, "one", "two");
    await until(async () => {
      const [row] = await db.query<{ quiet: boolean }>(
        sql`select quiet_until > now() + interval '9 minutes' as quiet from chats`,
      );
      return row?.quiet === true;
    });
    await claimJob(db, { name: "w", lockKey: 1, provider: "mock" }, { redelivered: false });
    await say(2, "other");
    await until(() => arrived.includes("2 other"));
    expect([arrived.filter((one) => one.startsWith("1 ")), looks(1)]).toEqual([["1 accepted"], []]);
    await db.query(sql`update chats set quiet_until = now()`);
    await db.query(sql`update notifications set available_at = now() where status = 'pending'`);
    await until(() => arrived.includes("1 two") && looks(1).length === 1);
    expect(arrived.filter((one) => one.startsWith("1 "))).toEqual(["1 accepted", "1 one", "1 two"]);
  });

  test("what was sent is not sent again because the database was away just then", async () => {
    const dialect = new PgDialect();
    let refusals = 1;
    const flaky: Database = {
      ...db,
      async query(statement) {
        if (dialect.sqlToQuery(statement).sql.includes("status = 'sent'") && refusals-- > 0)
          throw new DatabaseError("away");
        return db.query(statement);
      },
    };
    await say(1, "one", "two");
    start({ database: flaky });
    await until(() => arrived.includes("1 two"));
    expect(arrived).toEqual(["1 one", "1 two"]);
  });

  test("a process leaves to others what it lacks the files for", async () => {
    start({ unable: ["zip"] });
    await say(1, "zip", "after");
    await say(2, "other");
    await until(() => arrived.includes("2 other"));
    expect(arrived).toEqual(["2 other"]);
    start();
    await until(() => arrived.length === 3);
    expect(arrived.slice(1)).toEqual(["1 zip", "1 after"]);
  });

  test("the message that accepted a prompt follows its job, edit by edit", async () => {
    await prompt(1, 1);
    start();
    await until(() => arrived.length === 1);
    const job = await claimJob(db, { name: "w", lockKey: 1, provider: "mock" }, { redelivered: false });
    if (job === undefined) throw new Error("not claimed");
    await until(() => looks(1).length === 1);
    await enterStage(db, job, "checking");
    await until(() => looks(1).length === 2);
    await endAttempt(db, job, { kind: "completed", title: "t", revision: 1 }, { inputTokens: 0, outputTokens: 0 });
    await until(() => looks(1).length === 3);
    expect(looks(1)).toEqual(["writing", "checking", "completed"]);
    await until(async () => (await db.query(sql`select from notifications where shown is not null`)).length === 0);
  });

  test("a job that a worker hands over goes on in a moment, and one that failed is tried again", async () => {
    await prompt(1, 1);
    await prompt(2, 2);
    const seen: string[] = [];
    answer = ({ chatId, look }) => {
      seen.push(`${chatId} ${look}`);
      return { kind: "sent" };
    };
    const released = await claimJob(db, { name: "w", lockKey: 1, provider: "mock" }, { redelivered: false });
    const failed = await claimJob(db, { name: "w", lockKey: 1, provider: "mock" }, { redelivered: false });
    if (released === undefined || failed === undefined) throw new Error("not claimed");
    const error = { code: "provider_unavailable", message: "no" };
    await endAttempt(db, released, { kind: "released" }, { inputTokens: 0, outputTokens: 0 });
    await endAttempt(db, failed, { kind: "retried", error, delayMs: 60_000 }, { inputTokens: 0, outputTokens: 0 });
    start();
    await until(() => seen.length === 2);
    expect(seen.sort()).toEqual(["1 resuming", "2 retrying"]);
  });

  test("the message of a job that failed follows it again once an operator retries it", async () => {
    const { jobId } = await prompt(1, 1);
    if (jobId === undefined) throw new Error("no job");
    start();
    const attempt = async () => {
      const job = await claimJob(db, { name: "w", lockKey: 1, provider: "mock" }, { redelivered: false });
      if (job === undefined) throw new Error("not claimed");
      return job;
    };
    const spent = { inputTokens: 0, outputTokens: 0 };
    await until(() => arrived.length === 1);
    await endAttempt(db, await attempt(), { kind: "failed", error: { code: "internal", message: "no" } }, spent);
    await until(() => looks(1).at(-1) === "failed");
    await until(async () => (await db.query(sql`select from notifications where shown is not null`)).length === 0);
    await retryJob(db, jobId);
    await until(() => looks(1).at(-1) === "resuming");
    await endAttempt(db, await attempt(), { kind: "completed", title: "t", revision: 1 }, spent);
    await until(() => looks(1).at(-1) === "completed");
  });

  test.each([
    [1, "1.1 seconds"],
    [-1, "3.1 seconds"],
  ])("chat %d is edited again %s later at the earliest", async (chatId, pace) => {
    await prompt(1, chatId);
    start();
    await until(() => arrived.length === 1);
    const [before] = await db.query<{ now: Date }>(sql`select now()`);
    await claimJob(db, { name: "w", lockKey: 1, provider: "mock" }, { redelivered: false });
    await until(() => looks(chatId).length === 1);
    const later = sql`select next_edit_at >= ${before?.now.toISOString()}::timestamptz + ${pace}::interval as later from chats`;
    expect(await db.query(later)).toEqual([{ later: true }]);
  });

  test("one job of a person says so when it waits for the other", async () => {
    await prompt(1, 1);
    await prompt(2, 1);
    await prompt(3, 2);
    const seen: string[] = [];
    answer = ({ chatId, look }) => {
      seen.push(`${chatId} ${look}`);
      return { kind: "sent" };
    };
    await claimJob(db, { name: "w", lockKey: 1, provider: "mock" }, { redelivered: false });
    start();
    await until(() => seen.length === 3);
    expect(seen.sort()).toEqual(["1 waiting", "1 writing", "2 queued:0"]);
  });

  test("a message that was deleted is left in peace", async () => {
    answerEdit = () => ({ kind: "undeliverable", reason: "message to edit not found", chatGone: false });
    const { jobId } = await prompt(1, 1);
    start();
    await until(() => arrived.length === 1);
    if (jobId) await cancelJob(db, jobId);
    await until(async () => (await db.query(sql`select from notifications where shown is not null`)).length === 0);
    expect(looks(1)).toEqual([]);
  });
});

test("many chats that are too loud at once mean that we are", () => {
  let now = 0;
  const gate = createFloodGate(() => now);
  gate.close(1, 1000);
  gate.close(1, 1000);
  gate.close(2, 2000);
  expect(gate.isShut()).toBe(false);
  gate.close(3, 3000);
  expect(gate.isShut()).toBe(true);
  now = 1000;
  expect(gate.isShut()).toBe(false);
  for (const chatId of [4, 5, 6]) gate.close(chatId, 13_938_000);
  expect(gate.isShut()).toBe(true);
  now = 6000;
  expect(gate.isShut()).toBe(false);
});
