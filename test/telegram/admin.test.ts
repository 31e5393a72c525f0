import { afterAll, beforeAll, beforeEach, describe, expect, test } from "bun:test";
import { tmpdir } from "node:os";
import { sql } from "drizzle-orm";
import pino from "pino";
import type { Database } from "../../src/db/database.ts";
import { migrate } from "../../src/db/migrate.ts";
import { createSiteId, type JobId, type SiteId } from "../../src/ids.ts";
import { broadcastSlice } from "../../src/jobs/broadcast.ts";
import { findTrouble, isDiskFull } from "../../src/jobs/find-trouble.ts";
import type { Notification } from "../../src/jobs/notifier.ts";
import { raiseAlert } from "../../src/jobs/raise-alert.ts";
import { readStats } from "../../src/jobs/read-stats.ts";
import { submitJob } from "../../src/jobs/submit-job.ts";
import { reportPresence } from "../../src/jobs/worker-presence.ts";
import { describeAlert, describeStats } from "../../src/telegram/admin/describe.ts";
import { obeyAdmin } from "../../src/telegram/admin/obey-admin.ts";
import { createIntake } from "../../src/telegram/intake.ts";
import { databases, empty } from "../helpers/database.ts";
import { parseTelegramHtml } from "../helpers/telegram-html.ts";
import { until } from "../helpers/until.ts";
import { alice, bob, bot, group, message, text } from "../helpers/update.ts";

const logger = pino({ level: "silent" });
let db: Database;

/** Alice is an operator, Bob is not. */
async function take(body: Record<string, unknown>): Promise<void> {
  const rules = { allowedUsers: undefined, adminUsers: new Set([alice.id]) };
  await createIntake({ db, logger, bot: { id: bot.id, username: bot.username }, ...rules }).take(body);
}

async function recorded(): Promise<{ kind: string; payload: unknown }[]> {
  return db.query(sql`select kind, payload from notifications order by id`);
}

/** What Alice reads in answer to a command. */
async function ask(words: string): Promise<string> {
  await take(text(words));
  const [row] = await db.query<{ id: number; chat_id: number; payload: Record<string, unknown> }>(
    sql`select id, chat_id, payload from notifications where kind = 'admin' order by id desc limit 1`,
  );
  if (row === undefined) throw new Error("not taken for a command");
  return parseTelegramHtml(await obeyAdmin(db, { ...row, chatId: row.chat_id } as unknown as Notification));
}

async function job(status: string, { code = null as string | null, minutesAgo = 1 } = {}): Promise<JobId> {
  const { jobId } = await submitJob(db, { prompt: "my secret wish", tenant: "telegram:800" });
  const at = sql`now() - make_interval(mins => ${minutesAgo}::int)`;
  await db.query(sql`
    update jobs set status = ${status}::text, created_at = ${at}, available_at = ${at}, error_code = ${code}::text,
      error_message = case when ${code}::text is not null then 'went wrong' end,
      finished_at = case when ${status}::text in ('completed', 'failed', 'cancelled') then now() end
    where id = ${jobId}::uuid`);
  return jobId;
}

async function people(count: number): Promise<void> {
  await db.query(sql`
    insert into chats (id, type, unreachable_at)
    select n, case when n % 10 = 0 then 'supergroup' else 'private' end, case when n % 10 = 1 then now() end
    from generate_series(1, ${count}::int) as n on conflict do nothing`);
}

describe.each(databases("operators"))("$name", ({ open }) => {
  beforeAll(async () => {
    db = await open();
    await migrate(db);
  }, 60_000);
  afterAll(() => db[Symbol.asyncDispose]());
  beforeEach(() => empty(db));

  describe("commands", () => {
    test.each(["/stats", "/jobs", "/retry x", "/takedown x", "/broadcast hello", "/broadcast_1"])(
      "%s does not exist for anybody else, nor in a group",
      async (words) => {
        await take(message({ text: words, from: bob, chat: { id: bob.id, type: "private" } }));
        await take(message({ text: words.replace(/^(\S+)/, `$1@${bot.username}`), chat: group }));
        expect((await recorded()).map(({ kind }) => kind)).toEqual(["unknown_command", "unknown_command"]);
      },
    );

    test("/stats counts", async () => {
      await people(20);
      await job("completed");
      await job("failed", { code: "provider_unavailable" });
      await job("queued", { minutesAgo: 3 });
      const told = await ask("/stats");
      expect(told).toContain("1 queued, 0 running");
      expect(told).toContain("1 completed, 1 failed, 0 cancelled (50 % done)");
      expect(told).toContain("failures: provider_unavailable 1");
      expect(told).toContain("19 people (2 gone), 2 groups");
    });

    test("/stats counts nothing, too", async () => {
      expect(await ask("/stats")).toContain("0 completed, 0 failed, 0 cancelled\n");
    });

    test("/jobs lists the latest without what people wrote", async () => {
      const failed = await job("failed", { code: "output_empty" });
      await job("completed");
      const all = await ask("/jobs");
      expect(all).toContain("failed (attempt 0) – output_empty");
      expect(all).toContain(failed);
      expect(all).not.toContain("secret wish");
      expect(await ask("/jobs failed")).not.toContain("completed");
      expect(await ask("/jobs cancelled")).toBe("There are no jobs.");
      expect(await ask("/jobs nonsense")).toStartWith("/jobs [queued|");
    });

    test("/retry queues a failed job again", async () => {
      const id = await job("failed", { code: "internal" });
      expect(await ask(`/retry ${id}`)).toBe(`Job ${id} is queued again.`);
      expect(await db.query(sql`select status from jobs`)).toEqual([{ status: "queued" }]);
      expect(await ask(`/retry ${id}`)).toContain("neither failed nor");
      expect(await ask("/retry 00000000-0000-0000-0000-000000000000")).toBe("There is no such job.");
      expect(await ask("/retry")).toBe("/retry <job>");
    });

    test("/takedown asks for a site to go, by its id or its link, and stops its jobs", async () => {
      const id = await job("queued");
      const [{ site } = { site: "" as SiteId }] = await db.query<{ site: SiteId }>(
        sql`select site_id as site from jobs`,
      );
      expect(await ask(`/takedown https://preview.example.com/p/${site}/`)).toBe(`Site ${site} is being taken down.`);
      expect(await db.query(sql`select removal, removal_chat_id::int as chat from sites`)).toEqual([
        { removal: "taken_down", chat: alice.id },
      ]);
      expect(await db.query(sql`select status from jobs where id = ${id}::uuid`)).toEqual([{ status: "cancelled" }]);
      expect(await ask(`/takedown ${site}`)).toContain("gone already");
      expect(await ask(`/takedown ${createSiteId()}`)).toContain("no such site");
      expect(await ask("/takedown everything")).toBe("/takedown <site or link>");
    });
  });

  describe("a broadcast", () => {
    async function recipients(): Promise<number[]> {
      const rows = await db.query<{ id: number }>(
        sql`select chat_id::int as id from notifications where kind = 'broadcast' order by id`,
      );
      return rows.map(({ id }) => id);
    }

    test("is sent when it is confirmed, a slice a second, once to everybody who can be reached", async () => {
      await people(60);
      expect(await ask("/broadcast Hello <all>\nof you")).toContain("Hello <all>\nof you");
      expect(await broadcastSlice(db)).toBe(false);
      expect(await ask("/broadcast_1")).toContain("going out");
      expect(await ask("/broadcast_1")).toContain("nothing to send");

      const slices: number[] = [];
      for (let round = 0; round < 10; round++) {
        const before = (await recipients()).length;
        await broadcastSlice(db);
        // Nobody gets a second slice within the second.
        expect(await broadcastSlice(db)).toBe(false);
        slices.push((await recipients()).length - before);
        await db.query(sql`update broadcasts set next_at = now()`);
      }
      // Of sixty chats six are groups and six are out of reach; Alice is one more.
      expect(slices.filter((size) => size > 0)).toEqual([20, 20, 9]);
      expect(new Set(await recipients()).size).toBe(49);
      const done = (await recorded()).filter(({ kind }) => kind === "broadcast_done");
      expect(done).toEqual([{ kind: "broadcast_done", payload: { recipients: 49 } }]);
    });

    test("that is carried out twice is one", async () => {
      await ask("/broadcast Hello");
      const [row] = await db.query<{ id: number; chat_id: number; payload: Record<string, unknown> }>(
        sql`select id, chat_id, payload from notifications where kind = 'admin'`,
      );
      await obeyAdmin(db, { ...row, chatId: row?.chat_id } as unknown as Notification);
      expect(await db.query(sql`select body from broadcasts`)).toEqual([{ body: "Hello" }]);
    });

    test("cannot be confirmed by another operator, nor a day later", async () => {
      await ask("/broadcast Hello");
      await db.query(sql`update broadcasts set created_at = now() - interval '25 hours'`);
      expect(await ask("/broadcast_1")).toContain("nothing to send");
    });
  });

  test("one of a thing is said as one", async () => {
    expect(describeStats({ ...(await readStats(db)), unsent: 1, sites: 1, people: 1, groups: 1 })).toMatch(
      /1 message unsent[\s\S]*1 site, 1 person \(0 gone\), 1 group$/,
    );
  });

  describe("alerts", () => {
    test("nothing is wrong with an empty queue", async () => {
      expect(await findTrouble(db)).toEqual([]);
    });

    test("jobs that nobody takes mean that no worker is there", async () => {
      await job("queued", { minutesAgo: 1 });
      expect(await findTrouble(db)).toEqual([]);
      await job("queued", { minutesAgo: 3 });
      expect(await findTrouble(db)).toEqual(["no_worker"]);
    });

    test("a worker that goes silent is missed while there is nothing to do", async () => {
      const stopping = new AbortController();
      const reporting = reportPresence({ db, logger }, stopping.signal);
      await until(async () => (await db.query(sql`select from schedules where name = 'worker'`)).length > 0);
      stopping.abort();
      await reporting;
      expect(await findTrouble(db)).toEqual([]);
      await db.query(sql`update schedules set due_at = due_at - interval '119 seconds'`);
      expect(await findTrouble(db)).toEqual([]);
      await db.query(sql`update schedules set due_at = due_at - interval '2 seconds'`);
      expect(await findTrouble(db)).toEqual(["no_worker"]);
    });

    test("a provider that fails more jobs than are completed is failing", async () => {
      for (let n = 0; n < 3; n++) await job("failed", { code: "provider_unavailable" });
      expect(await findTrouble(db)).toEqual(["provider_failing"]);
      for (let n = 0; n < 3; n++) await job("completed");
      expect(await findTrouble(db)).toEqual([]);
    });

    test("a refused key is told of at once, however many pages were completed before", async () => {
      for (let n = 0; n < 20; n++) await job("completed", { minutesAgo: 10 });
      await job("failed", { code: "provider_unauthorized", minutesAgo: 5 });
      await db.query(sql`update jobs set finished_at = created_at`);
      expect(await findTrouble(db)).toEqual(["provider_refusing"]);
      // An edit made at once asks no model, and says nothing about the key.
      const instant = await job("completed");
      await db.query(sql`update jobs set provider = 'none' where id = ${instant}::uuid`);
      expect(await findTrouble(db)).toEqual(["provider_refusing"]);
      await job("completed");
      expect(await findTrouble(db)).toEqual([]);
    });

    test("refused requests are told of when they are several and none was taken since", async () => {
      for (let n = 0; n < 20; n++) await job("completed", { minutesAgo: 10 });
      for (let n = 0; n < 2; n++) await job("failed", { code: "provider_rejected", minutesAgo: 5 });
      await db.query(sql`update jobs set finished_at = created_at`);
      expect(await findTrouble(db)).toEqual([]);
      await job("failed", { code: "provider_rejected" });
      expect(await findTrouble(db)).toEqual(["provider_refusing"]);
    });

    test("one job that failed before is enough when it is tried several times", async () => {
      const id = await job("queued", { code: "provider_unavailable", minutesAgo: 40 });
      await db.query(
        sql`update jobs set attempt = 2, available_at = now() + interval '1 minute' where id = ${id}::uuid`,
      );
      expect(await findTrouble(db)).toEqual([]);
      await db.query(sql`update jobs set attempt = 3 where id = ${id}::uuid`);
      expect(await findTrouble(db)).toEqual(["provider_failing"]);
    });

    test("a disk with little left is full", async () => {
      expect(await isDiskFull(tmpdir(), 1)).toBe(false);
      expect(await isDiskFull(tmpdir(), Number.MAX_SAFE_INTEGER)).toBe(true);
      expect(await isDiskFull("/nowhere", Number.MAX_SAFE_INTEGER)).toBe(false);
    });

    test("a page that could not be saved means trouble with the disk", async () => {
      await job("queued", { code: "storage" });
      expect(await findTrouble(db)).toEqual(["storage_failing"]);
    });

    test("are told to every operator who has written to the bot, once per cause and hour", async () => {
      await take(text("/stats"));
      const operators = [alice.id, 4242];
      const told = await Promise.all([1, 2, 3].map(() => raiseAlert(db, "no_worker", operators)));
      expect(told.filter(Boolean)).toHaveLength(1);
      expect(await raiseAlert(db, "storage_failing", operators)).toBe(true);
      expect((await recorded()).filter(({ kind }) => kind === "alert")).toEqual([
        { kind: "alert", payload: { cause: "no_worker" } },
        { kind: "alert", payload: { cause: "storage_failing" } },
      ]);
      await db.query(sql`update alerts set raised_at = now() - interval '61 minutes'`);
      expect(await raiseAlert(db, "no_worker", operators)).toBe(true);
    });

    test("say what to do, in markup that Telegram takes", () => {
      for (const cause of ["no_worker", "provider_failing", "provider_refusing", "storage_failing"]) {
        expect(parseTelegramHtml(describeAlert(cause) ?? "").length).toBeGreaterThan(50);
      }
      expect(describeAlert("__proto__")).toBeUndefined();
    });
  });
});
