import { afterAll, beforeAll, beforeEach, describe, expect, test } from "bun:test";
import { sql } from "drizzle-orm";
import pino from "pino";
import type { Database } from "../../src/db/database.ts";
import { migrate } from "../../src/db/migrate.ts";
import { createJobId, createSiteId, type JobId, type SiteId } from "../../src/ids.ts";
import { claimJob } from "../../src/jobs/claim-job.ts";
import { endAttempt } from "../../src/jobs/end-attempt.ts";
import { beginPublishing } from "../../src/jobs/lease.ts";
import { type ButtonPress, formatButtonData, parseButtonData } from "../../src/telegram/button-data.ts";
import { createIntake } from "../../src/telegram/intake.ts";
import { databases, empty } from "../helpers/database.ts";
import { alice, bob, bot, group, groupMessage, message, text, update } from "../helpers/update.ts";

const logger = pino({ level: "silent" });
let db: Database;
let queries = 0;
const spent = { inputTokens: 0, outputTokens: 0 };

const take = (body: unknown, rules: { dailyLimit?: number; allowedUsers?: ReadonlySet<number> } = {}) =>
  createIntake({
    db,
    logger,
    bot: { id: bot.id, username: "site_builder_bot" },
    allowedUsers: undefined,
    ...rules,
  }).take(body);

function press(
  data: string | ButtonPress,
  { from = alice as object, chat = { id: alice.id, type: "private" } as object, messageId = 5001 } = {},
) {
  return update({
    callback_query: {
      id: String(++queries),
      from,
      chat_instance: "1",
      message: { message_id: messageId, date: 1, chat },
      data: typeof data === "string" ? data : formatButtonData(data),
    },
  });
}

/** What was recorded to be said since the last look, in order. */
async function said(): Promise<string[]> {
  const rows = await db.query<{ kind: string; urgent: boolean }>(
    sql`update notifications set status = 'sent', message_id = 9000 + id where status = 'pending' returning id, kind, urgent`,
  );
  return rows.map((row) => `${row.urgent ? "answer " : ""}${row.kind}`).sort();
}

async function work(end: "completed" | "failed" = "completed"): Promise<void> {
  const job = await claimJob(db, { name: "w", lockKey: 1, provider: "mock" }, { redelivered: false });
  if (job === undefined) throw new Error("nothing to do");
  const outcome =
    end === "completed"
      ? ({ kind: end, title: "Coffee", revision: await beginPublishing(db, job) } as const)
      : ({ kind: end, error: { code: "output_refused", message: "" } } as const);
  await endAttempt(db, job, outcome, spent);
}

async function jobs(): Promise<{ id: JobId; site_id: SiteId; kind: string; status: string; prompt: string }[]> {
  return db.query(sql`select id, site_id, kind, status, prompt from jobs order by created_at, id`);
}

/** A finished page of Alice's. */
async function page(prompt = "a page"): Promise<{ siteId: SiteId; jobId: JobId }> {
  await take(text(prompt));
  await work();
  await said();
  const job = (await jobs()).at(-1);
  if (job === undefined) throw new Error("no job");
  return { siteId: job.site_id, jobId: job.id };
}

const replyTo = (messageId: number, words: string, content = {}) =>
  message({ text: words, reply_to_message: { message_id: messageId, from: bot }, ...content });

async function messageAbout(kind: string): Promise<number> {
  const [row] = await db.query<{ message_id: number }>(
    sql`select message_id from notifications where kind = ${kind}::text order by id desc limit 1`,
  );
  return row?.message_id ?? 0;
}

describe("data of a button", () => {
  const siteId = createSiteId();
  const presses: ButtonPress[] = [
    { verb: "cancel", jobId: createJobId() },
    { verb: "delete_now", siteId },
    { verb: "sites", page: 9999, toDelete: true },
    { verb: "language", language: "zh" },
    { verb: "language", language: undefined },
  ];
  test.each(presses)("%p fits and comes back", (one) => {
    const data = formatButtonData(one);
    expect(Buffer.byteLength(data)).toBeLessThanOrEqual(64);
    expect(parseButtonData(data)).toEqual(one);
  });

  test.each([
    "",
    "job:open:1",
    "change:",
    `change:${siteId}x`,
    `cancel:${siteId}`,
    `change:${siteId}:delete`,
    "sites:-1",
    "sites:1:drop",
    "__proto__:aa",
    "language:<b>",
  ])("%p is nobody's", (data) => expect(parseButtonData(data)).toBeUndefined());
});

describe.each(databases("buttons and replies"))("$name", ({ open }) => {
  beforeAll(async () => {
    db = await open();
    await migrate(db);
  });
  afterAll(() => db[Symbol.asyncDispose]());
  beforeEach(() => empty(db));

  test("a reply to a page changes it, whatever message of it is replied to", async () => {
    const { siteId } = await page();
    for (const kind of ["accepted", "completed"]) {
      await take(replyTo(await messageAbout(kind), "darker"));
      expect((await jobs()).at(-1)).toMatchObject({ site_id: siteId, kind: "edit", prompt: "darker" });
      await work();
      expect(await said()).toEqual(["accepted", "completed"]);
    }
  });

  test("/new in a reply is new, and so is a reply to words that are about no page", async () => {
    await page();
    await take(text("/help"));
    await said();
    await take(replyTo(await messageAbout("completed"), "/new another page"));
    await take(replyTo(await messageAbout("help"), "a third page"));
    expect(new Set((await jobs()).map((job) => job.site_id)).size).toBe(3);
    expect((await jobs()).map((job) => job.kind)).toEqual(["new", "new", "new"]);
  });

  test("a reply to a page that never came to be is a new wish", async () => {
    await take(text("something odd"));
    await work("failed");
    await said();
    await take(replyTo(await messageAbout("failed"), "something else"));
    const [first, second] = await jobs();
    expect(second).toMatchObject({ kind: "new", prompt: "something else" });
    expect(second?.site_id).not.toBe(first?.site_id as SiteId);
  });

  test("in a group only whoever asked for the page can change it", async () => {
    await take(groupMessage("/new a page"));
    await work();
    await said();
    const reply = { chat: group, reply_to_message: { message_id: await messageAbout("completed"), from: bot } };
    await take(groupMessage("darker", { ...reply, from: bob }));
    expect([await said(), (await jobs()).length]).toEqual([["not_yours"], 1]);
    await take(groupMessage("darker", reply));
    expect((await jobs()).at(-1)).toMatchObject({ kind: "edit" });
  });

  test("Change asks what to change, and the answer changes it", async () => {
    const { siteId } = await page();
    await take(press({ verb: "change", siteId }));
    expect(await said()).toEqual(["answer done", "change"]);
    await take(replyTo(await messageAbout("change"), "bigger"));
    expect((await jobs()).at(-1)).toMatchObject({ site_id: siteId, kind: "edit", prompt: "bigger" });
  });

  describe("a wish that can only be about a page, and replies to none", () => {
    test("asks whether to change the latest page or to make another, and the answer is done once", async () => {
      await page("a bakery");
      const { siteId } = await page("a bar");
      await take(text("make it darker"));
      expect([await said(), (await jobs()).length]).toEqual([["change_or_new"], 2]);
      const messageId = await messageAbout("change_or_new");
      await take(press({ verb: "wish_change", siteId }, { from: bob, messageId }));
      expect(await said()).toEqual(["answer not_yours"]);
      await take(press({ verb: "wish_change", siteId }, { messageId }));
      expect(await said()).toEqual(["accepted", "answer making"]);
      expect((await jobs()).slice(2)).toMatchObject([{ site_id: siteId, kind: "edit", prompt: "make it darker" }]);
      await take(press({ verb: "wish_change", siteId }, { messageId }));
      await take(press({ verb: "wish_new", siteId }, { messageId }));
      expect([await said(), (await jobs()).length]).toEqual([["answer button_expired", "answer button_expired"], 3]);
    });

    test("is done once when its buttons are pressed at the same moment", async () => {
      await page("a bar");
      // So that no press waits for a connection.
      await Promise.all(Array.from({ length: 8 }, () => db.query(sql`select pg_sleep(0.05)`)));
      for (let round = 1; round <= 8; round++) {
        await take(text("make it darker"));
        await said();
        const [question] = await db.query<{ site_id: SiteId; message_id: number }>(
          sql`select site_id, message_id from notifications where kind = 'change_or_new' order by id desc limit 1`,
        );
        if (question === undefined) throw new Error("no question");
        const { site_id: siteId, message_id: messageId } = question;
        const wishes = ["wish_change", "wish_new"] as const;
        await Promise.all(wishes.map((verb) => take(press({ verb, siteId }, { messageId }))));
        expect(await said()).toEqual(["accepted", "answer button_expired", "answer making"]);
      }
    });

    test("takes a picture shown before to the page that is made of it", async () => {
      const { siteId } = await page("a bar");
      await take(message({ photo: [{ file_id: "PIC", file_unique_id: "u", width: 9, height: 9 }] }));
      await take(text("make it darker"));
      await said();
      await take(press({ verb: "wish_new", siteId }, { messageId: await messageAbout("change_or_new") }));
      const made = (await jobs()).at(-1);
      expect(made).toMatchObject({ kind: "new", prompt: "make it darker" });
      expect(await db.query(sql`select job_id from pictures`)).toEqual([{ job_id: made?.id }]);
    });

    test("makes a new page of it when that is the answer", async () => {
      const { siteId } = await page();
      await take(text("undo"));
      await said();
      const messageId = await messageAbout("change_or_new");
      await take(press({ verb: "wish_new", siteId }, { messageId }));
      expect(await said()).toEqual(["accepted", "answer making"]);
      const made = (await jobs()).at(-1);
      expect(made).toMatchObject({ kind: "new", prompt: "undo" });
      expect(made?.site_id).not.toBe(siteId);
    });

    test("is about the page that is being made, and in a chat of its own about none", async () => {
      await page("a bakery");
      await take(text("a bar"));
      await said();
      await take(text("darker"));
      const [, bar] = await jobs();
      expect(await db.query(sql`select site_id from notifications where kind = 'change_or_new'`)).toEqual([
        { site_id: bar?.site_id },
      ]);
      await take(groupMessage("@site_builder_bot make it darker"));
      expect(await said()).toEqual(["change_or_new", "nothing_to_change"]);
    });

    test("is done after the page that is being made, once", async () => {
      await take(text("a bar"));
      await take(text("make it darker"));
      await said();
      const [bar] = await jobs();
      const messageId = await messageAbout("change_or_new");
      const change = { verb: "wish_change", siteId: bar?.site_id ?? createSiteId() } as const;
      await take(press(change, { messageId }));
      expect(await said()).toEqual(["accepted", "answer making"]);
      await take(press(change, { messageId }));
      expect(await said()).toEqual(["answer button_expired"]);
      expect((await jobs()).slice(1)).toMatchObject([
        { site_id: bar?.site_id, kind: "edit", status: "queued", prompt: "make it darker" },
      ]);
    });

    test("with no page, or a deleted one, asks for a page", async () => {
      await take(text("make it darker"));
      const { siteId } = await page();
      await take(press({ verb: "delete_now", siteId }));
      await said();
      await take(text("undo"));
      expect([await said(), (await jobs()).length]).toEqual([["nothing_to_change"], 1]);
    });

    test("with no page makes one of what could describe it", async () => {
      const prompts = ["Change EUR to USD: a currency exchange office in Prague", "Brighter", "Change “A” to “B”"];
      for (const prompt of prompts) {
        await take(text(prompt));
        expect(await said()).toEqual(["accepted"]);
        expect((await jobs()).at(-1)).toMatchObject({ kind: "new", prompt });
        await empty(db);
      }
    });

    test("stays the rest of a long message", async () => {
      await take(text(`${"x ".repeat(2047)}xy`));
      await take(text("Make it blue."));
      expect([await said(), (await jobs()).length]).toEqual([["accepted"], 1]);
    });

    test("after /new, and in reply to a page, is what it was", async () => {
      await page();
      await take(text("/new make it darker"));
      await take(replyTo(await messageAbout("completed"), "make it darker"));
      expect((await jobs()).map(({ kind }) => kind)).toEqual(["new", "new", "edit"]);
    });
  });

  test("Rebuild makes the page anew from all that was asked for, once however often it is pressed", async () => {
    const { siteId } = await page("a bakery");
    await take(replyTo(await messageAbout("completed"), "in blue"));
    await work();
    await said();
    await take(press({ verb: "rebuild", siteId }));
    await take(press({ verb: "rebuild", siteId }));
    expect(await said()).toEqual(["accepted", "answer making", "answer making"]);
    expect((await jobs()).slice(2)).toMatchObject([{ site_id: siteId, kind: "new", prompt: "a bakery\n\nin blue" }]);
  });

  test("Try again tries the same again, and only what failed or was stopped", async () => {
    await take(text("a bakery"));
    const [first] = await jobs();
    const again = () => press({ verb: "again", jobId: first?.id as JobId });
    await take(again());
    expect(await said()).toEqual(["accepted", "answer making"]);
    await work("failed");
    await take(again());
    expect((await jobs()).slice(1)).toMatchObject([{ site_id: first?.site_id, kind: "new", prompt: "a bakery" }]);
    await work();
    await said();
    await take(again());
    await db.query(sql`update jobs set status = 'completed' where id = ${first?.id}::uuid`);
    await take(again());
    expect([await said(), (await jobs()).length]).toEqual([["answer ready", "answer ready"], 2]);
  });

  test("Try again below a change is not answered by a page that another change made", async () => {
    const { siteId } = await page();
    await take(replyTo(await messageAbout("completed"), "an odd change"));
    await work("failed");
    const failed = (await jobs()).at(-1);
    await take(replyTo(await messageAbout("completed"), "darker"));
    await work();
    await said();
    await take(press({ verb: "again", jobId: failed?.id as JobId }));
    expect((await jobs()).at(-1)).toMatchObject({ site_id: siteId, kind: "edit", prompt: "an odd change" });
  });

  test("Cancel stops the job it belongs to, and says when it is too late", async () => {
    await take(text("a page"));
    await take(text("another page"));
    const [, second] = await jobs();
    await said();
    await take(press({ verb: "cancel", jobId: second?.id as JobId }, { from: bob }));
    expect(await said()).toEqual(["answer not_yours"]);
    await take(press({ verb: "cancel", jobId: second?.id as JobId }));
    expect(await said()).toEqual(["answer stopping", "cancelled"]);
    expect((await jobs()).map((job) => job.status)).toEqual(["queued", "cancelled"]);
    await take(press({ verb: "cancel", jobId: second?.id as JobId }));
    expect(await said()).toEqual(["answer stopping"]);
    await work();
    await said();
    const [first] = await jobs();
    await take(press({ verb: "cancel", jobId: first?.id as JobId }));
    await take(press({ verb: "cancel", jobId: createJobId() }));
    expect(await said()).toEqual(["answer late", "answer late"]);
  });

  test("Undo takes back one change, however often it is pressed", async () => {
    const { siteId } = await page();
    await take(replyTo(await messageAbout("completed"), "darker"));
    await work();
    await said();
    await take(press({ verb: "undo", siteId }));
    await take(press({ verb: "undo", siteId }));
    expect(await said()).toEqual(["accepted", "answer making", "answer making"]);
    expect((await jobs()).map(({ prompt }) => prompt)).toEqual(["a page", "darker", "undo"]);
  });

  test("Delete asks first, then takes the page away and what is on its way for it", async () => {
    const { siteId } = await page();
    await take(press({ verb: "delete", siteId }));
    expect(await said()).toEqual(["answer done", "delete_sure"]);
    await take(press({ verb: "keep", siteId }));
    expect(await said()).toEqual(["answer done", "kept"]);
    await take(press({ verb: "rebuild", siteId }));
    await said();
    await take(press({ verb: "delete_now", siteId }, { from: bob }));
    expect(await said()).toEqual(["answer not_yours"]);
    await take(press({ verb: "delete_now", siteId }));
    expect(await said()).toEqual(["answer done", "cancelled"]);
    expect(await db.query(sql`select removal, removal_chat_id from sites`)).toEqual([
      { removal: "deleted", removal_chat_id: alice.id },
    ]);
    await take(press({ verb: "change", siteId }));
    await take(replyTo(await messageAbout("completed"), "darker"));
    expect([await said(), (await jobs()).at(-1)?.status]).toEqual([["answer site_gone", "site_gone"], "cancelled"]);
  });

  test("/delete in a reply is about that page, alone it offers all", async () => {
    await page();
    await take(replyTo(await messageAbout("completed"), "/delete"));
    expect(await said()).toEqual(["delete_sure"]);
    await take(text("/delete"));
    expect(await said()).toEqual(["sites"]);
  });

  test("a list is paged by whoever called for it", async () => {
    await take(groupMessage("/sites"));
    expect(await said()).toEqual(["sites"]);
    const messageId = await messageAbout("sites");
    const next = (from: object) => press({ verb: "sites", page: 1, toDelete: false }, { from, chat: group, messageId });
    await take(next(bob));
    expect(await said()).toEqual(["answer not_yours"]);
    await take(next(alice));
    expect(await said()).toEqual(["answer done", "sites"]);
  });

  test("a language once chosen stays, until the person goes back to Telegram's", async () => {
    await take(text("/settings"));
    expect(await said()).toEqual(["settings"]);
    const messageId = await messageAbout("settings");
    const chosen = async () =>
      db.query(sql`select chosen_language as chosen from chats where id = ${alice.id}::bigint`);
    await take(press({ verb: "language", language: "uk" }, { from: bob, messageId }));
    expect([await said(), await chosen()]).toEqual([["answer not_yours"], [{ chosen: null }]]);
    await take(press({ verb: "language", language: "uk" }, { messageId }));
    expect([await said(), await chosen()]).toEqual([["answer done", "language_set"], [{ chosen: "uk" }]]);
    await take(text("/help"));
    expect(await chosen()).toEqual([{ chosen: "uk" }]);
    await take(press({ verb: "language", language: undefined }, { messageId }));
    expect(await chosen()).toEqual([{ chosen: null }]);
  });

  test("a deep link to a page lets another person make their own of it", async () => {
    const { siteId } = await page("a bakery");
    const hers = { from: bob, chat: { id: bob.id, type: "private" } };
    await take(message({ ...hers, text: `/start site_${siteId}` }));
    expect(await said()).toEqual(["own_version"]);
    await take(replyTo(await messageAbout("own_version"), "but for dogs", hers));
    const own = (await jobs()).at(-1);
    expect(own).toMatchObject({ kind: "new", prompt: "a bakery\n\nbut for dogs" });
    expect(own?.site_id).not.toBe(siteId);
    await said();
    await take(message({ ...hers, text: `/start site_${createSiteId()}` }));
    await take(message({ ...hers, text: "/start <b>hostile</b>" }));
    expect(await said()).toEqual(["site_gone", "start"]);
  });

  test("files are for the owner", async () => {
    const { siteId } = await page();
    await take(press({ verb: "download", siteId }));
    await take(press({ verb: "zip", siteId }));
    await take(press({ verb: "file", siteId }, { from: bob }));
    expect(await said()).toEqual(["answer done", "answer not_yours", "answer sending", "download", "zip"]);
  });

  test("who may not use the bot has no buttons either", async () => {
    const { siteId } = await page();
    await take(press({ verb: "change", siteId }), { allowedUsers: new Set([bob.id]) });
    expect(await said()).toEqual(["answer not_yours"]);
  });

  test("a button says nothing about a private chat with who pressed it", async () => {
    const { siteId } = await page();
    const chats = () => db.query(sql`select id, type, unreachable_at is null as reachable from chats order by id`);
    const alices = { id: alice.id, type: "private", reachable: true };
    // A message that is gone, or too old to be read, in a group; one that Telegram does not name at all.
    await take(press("old:button", { from: bob, chat: group }));
    await take(press({ verb: "site", siteId }, { from: bob, chat: group }), { allowedUsers: new Set([alice.id]) });
    expect(await chats()).toEqual([{ id: group.id, type: "supergroup", reachable: true }, alices]);
    for (const from of [bob, alice]) {
      await take(update({ callback_query: { id: String(++queries), from, chat_instance: "1", data: "sites:0" } }));
    }
    expect(await chats()).toEqual([
      { id: group.id, type: "supergroup", reachable: true },
      alices,
      { id: bob.id, type: "unknown", reachable: false },
    ]);
    expect(await said()).toEqual([
      "answer button_expired",
      "answer button_expired",
      "answer button_expired",
      "answer not_yours",
    ]);
    await take(message({ from: bob, chat: { id: bob.id, type: "private" }, text: "/start" }));
    expect((await chats()).at(-1)).toEqual({ id: bob.id, type: "private", reachable: true });
  });

  test("the daily limit counts finished pages, and what is on its way holds a place", async () => {
    const rules = { dailyLimit: 2 };
    await take(text("one"), rules);
    await take(text("two"), rules);
    await take(text("three"), rules);
    expect(await said()).toEqual(["accepted", "accepted", "limit_open"]);
    await work();
    await work("failed");
    await take(text("three"), rules);
    await work();
    await said();
    await take(text("four"), rules);
    const [last] = (await jobs()).slice(-1);
    await take(press({ verb: "rebuild", siteId: last?.site_id as SiteId }), rules);
    expect([await said(), (await jobs()).length]).toEqual([["answer done", "limit", "limit"], 3]);
    await db.query(sql`update jobs set finished_at = finished_at - interval '1 day'`);
    await take(text("four"), rules);
    expect(await said()).toEqual(["accepted"]);
  });
});
