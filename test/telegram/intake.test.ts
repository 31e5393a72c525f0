import { afterAll, beforeAll, beforeEach, describe, expect, test } from "bun:test";
import { sql } from "drizzle-orm";
import fc from "fast-check";
import pino from "pino";
import type { Database } from "../../src/db/database.ts";
import { migrate } from "../../src/db/migrate.ts";
import { claimJob } from "../../src/jobs/claim-job.ts";
import { createIntake, type IntakeResult } from "../../src/telegram/intake.ts";
import updates from "../fixtures/telegram/updates.json" with { type: "json" };
import { databases, empty } from "../helpers/database.ts";
import { alice, bob, bot, group, groupMessage, message, text, update } from "../helpers/update.ts";

const logger = pino({ level: "silent" });
let db: Database;

const identity = { id: bot.id, username: "site_builder_bot" as string | undefined };

function take(body: unknown, options: { allowedUsers?: ReadonlySet<number>; username?: string | undefined } = {}) {
  const known = "username" in options ? { ...identity, username: options.username } : identity;
  return createIntake({ db, logger, bot: known, allowedUsers: options.allowedUsers }).take(body);
}

async function prompts(): Promise<string[]> {
  const rows = await db.query<{ prompt: string }>(sql`select prompt from jobs order by created_at`);
  return rows.map((row) => row.prompt);
}

async function said(): Promise<string[]> {
  const rows = await db.query<{ kind: string }>(sql`select kind from notifications order by id`);
  return rows.map((row) => row.kind);
}

function published(result: IntakeResult): boolean {
  return result.kind === "accepted" && result.publish !== undefined;
}

describe.each(databases("intake of updates"))("$name", ({ open }) => {
  beforeAll(async () => {
    db = await open();
    await migrate(db);
  });
  afterAll(() => db[Symbol.asyncDispose]());
  beforeEach(() => empty(db));

  describe("in a group", () => {
    const addressed: [string, Record<string, unknown>, string][] = [
      ["a mention", groupMessage("@site_builder_bot a page"), "a page"],
      ["a mention in other letters, in the middle", groupMessage("hey @SITE_builder_BOT a page"), "hey  a page"],
      ["several mentions", groupMessage("@site_builder_bot a page @site_builder_bot"), "a page"],
      ["a mention after emoji", groupMessage("👩‍👩‍👧 @site_builder_bot a page"), "👩‍👩‍👧  a page"],
      [
        "a mention by first name",
        groupMessage("Builder make a page", { entities: [{ type: "text_mention", offset: 0, length: 7, user: bot }] }),
        "Builder make a page",
      ],
      ["a command", groupMessage("/new a page"), "a page"],
      ["a command to us", groupMessage("/new@Site_Builder_Bot a page"), "a page"],
      [
        "a reply to us",
        groupMessage("bigger title", { reply_to_message: { message_id: 1, from: bot } }),
        "bigger title",
      ],
    ];
    test.each(addressed)("%s is for us", async (_, body, prompt) => {
      await take(body);
      expect(await prompts()).toEqual([prompt]);
    });

    const notAddressed: [string, Record<string, unknown>][] = [
      ["talk", groupMessage("a page about us would be nice")],
      ["a mention of somebody whose name begins like ours", groupMessage("@site_builder_bot2 a page")],
      ["our name without a mention", groupMessage("@site_builder_bot a page", { entities: [] })],
      ["an e-mail address", message({ chat: group, text: "mail me@site_builder_bot.com" })],
      ["a mention of another bot", groupMessage("@other_bot a page")],
      ["a command to another bot", groupMessage("/new@other_bot a page")],
      ["a command that we do not know", groupMessage("/roll 2d6")],
      ["a reply to somebody else", groupMessage("nice", { reply_to_message: { message_id: 1, from: bob } })],
      [
        "a message in a topic that we opened",
        groupMessage("hello", { reply_to_message: { message_id: 1, from: bot, forum_topic_created: { name: "x" } } }),
      ],
      ["a picture", message({ chat: group, photo: [{ file_id: "x" }] })],
      [
        "a mention whose place is not in the text",
        message({ chat: group, text: "hi", entities: [{ type: "mention", offset: -17, length: 17 }] }),
      ],
      [
        "a post forwarded automatically from the channel",
        groupMessage("@site_builder_bot a page", {
          from: { id: 777000, is_bot: false },
          is_automatic_forward: true,
          sender_chat: { id: -1, type: "channel" },
        }),
      ],
      ["another bot", groupMessage("@site_builder_bot a page", { from: { id: 5, is_bot: true } })],
    ];
    test.each(notAddressed)("%s is not for us", async (_, body) => {
      await take(body);
      expect([await prompts(), await said()]).toEqual([[], []]);
    });

    test("a channel that speaks is asked to write as a person", async () => {
      await take(
        groupMessage("@site_builder_bot a page", {
          from: { id: 136817688, is_bot: true, username: "Channel_Bot" },
          sender_chat: { id: -1009, type: "channel" },
        }),
      );
      expect([await prompts(), await said()]).toEqual([[], ["anonymous"]]);
    });

    test("until our name is known, a mention of any bot is taken for ours", async () => {
      await take(groupMessage("@whatever_bot a page"), { username: undefined });
      await take(groupMessage("@alice_baker a page"), { username: undefined });
      expect(await prompts()).toEqual(["a page"]);
    });

    test("the answer goes to the topic, and to no other kind of thread", async () => {
      await take(groupMessage("/new a page", { message_thread_id: 42, is_topic_message: true }));
      await take(groupMessage("/new a page", { message_thread_id: 43 }));
      const threads = sql`select thread_id from notifications order by id`;
      expect(await db.query(threads)).toEqual([{ thread_id: 42 }, { thread_id: null }]);
    });

    test("the bot greets once, when it is added", async () => {
      const change = (before: string, after: string, chat: object = group) =>
        take(
          update({
            my_chat_member: {
              chat,
              from: alice,
              date: 1,
              old_chat_member: { user: bot, status: before },
              new_chat_member: { user: bot, status: after },
            },
          }),
        );
      await change("left", "member");
      await change("member", "administrator");
      expect(await said()).toEqual(["greeting"]);
      await change("administrator", "kicked");
      expect(await db.query(sql`select unreachable_at is null as reachable from chats`)).toEqual([
        { reachable: false },
      ]);
      await change("left", "administrator", { id: -1009, type: "channel", title: "News" });
      expect(await said()).toEqual(["greeting"]);
    });
  });

  test("a chat whose user blocked the bot is unreachable until the user comes back", async () => {
    const change = (before: string, after: string) =>
      take(
        update({
          my_chat_member: {
            chat: { id: alice.id, type: "private" },
            from: alice,
            date: 1,
            old_chat_member: { user: bot, status: before },
            new_chat_member: { user: bot, status: after },
          },
        }),
      );
    const reachable = async () => (await db.query(sql`select unreachable_at is null as yes from chats`))[0];
    await change("member", "kicked");
    expect(await reachable()).toEqual({ yes: false });
    await change("kicked", "member");
    expect(await reachable()).toEqual({ yes: true });
    expect(await said()).toEqual([]);
  });

  describe("commands", () => {
    const answers: [string, string][] = [
      ["/start", "start"],
      ["/START site_abc", "start"],
      ["/help@site_builder_bot", "help"],
      ["/new", "describe"],
      ["/new \u200b", "describe"],
      ["/cancel", "nothing_to_cancel"],
      ["/__proto__", "unknown_command"],
      ["/constructor", "unknown_command"],
      ["/usr/bin/env", "unknown_command"],
    ];
    test.each(answers)("%s is answered with %s", async (command, kind) => {
      await take(text(command));
      expect([await prompts(), await said()]).toEqual([[], [kind]]);
    });

    test("a slash that is no command is a prompt", async () => {
      await take(text("/ is the root"));
      expect(await prompts()).toEqual(["/ is the root"]);
    });
  });

  describe("a friendly word", () => {
    const privately: [string, string][] = [
      ["hi", "start"],
      ["thanks", "gladly"],
      ["👍", "gladly"],
    ];
    test.each(privately)("%s makes no page, and is answered with %s", async (words, kind) => {
      await take(text(words));
      expect([await prompts(), await said()]).toEqual([[], [kind]]);
    });

    test("in reply to a page changes nothing", async () => {
      await take(text("a page"));
      await db.query(sql`update notifications set status = 'sent', message_id = 9001`);
      await take(message({ text: "thank you!", reply_to_message: { message_id: 9001, from: bot } }));
      expect([await prompts(), await said()]).toEqual([["a page"], ["accepted", "gladly"]]);
    });

    test("in a group is answered when it is for us", async () => {
      await take(groupMessage("thanks"));
      await take(groupMessage("hello", { reply_to_message: { message_id: 1, from: bob } }));
      await take(groupMessage("@site_builder_bot thanks", { from: { id: 5, is_bot: true } }));
      expect(await said()).toEqual([]);
      await take(groupMessage("@site_builder_bot hello"));
      await take(groupMessage("thanks!", { reply_to_message: { message_id: 1, from: bot } }));
      expect([await prompts(), await said()]).toEqual([[], ["greeting", "gladly"]]);
    });

    test("below a picture asks what to make of it, and after /new is a prompt", async () => {
      await take(message({ caption: "hi", photo: [{ file_id: "x" }] }));
      await take(text("/new thank you"));
      expect([await prompts(), await said()]).toEqual([["thank you"], ["caption", "accepted"]]);
    });
  });

  describe("/cancel", () => {
    test("stops what the sender has waiting and running in this chat, and nobody else's", async () => {
      await take(text("first"));
      await take(text("second"));
      await take(message({ from: bob, chat: { id: bob.id, type: "private" }, text: "bob's" }));
      await take(groupMessage("/new in the group"));
      await claimJob(db, { name: "w", lockKey: 1, provider: "mock" }, { redelivered: false });

      await take(text("/cancel"));
      const states = sql`select prompt, status, cancel_requested_at is not null as asked from jobs order by created_at`;
      expect(await db.query(states)).toEqual([
        { prompt: "first", status: "running", asked: true },
        { prompt: "second", status: "cancelled", asked: true },
        { prompt: "bob's", status: "queued", asked: false },
        { prompt: "in the group", status: "queued", asked: false },
      ]);
      expect((await said()).filter((kind) => kind !== "accepted")).toEqual(["cancelled"]);
    });

    test("delivered again stops nothing that came after it", async () => {
      const cancel = text("/cancel");
      await take(cancel);
      await take(text("a page"));
      await take(cancel);
      expect(await db.query(sql`select status from jobs`)).toEqual([{ status: "queued" }]);
      expect(await said()).toEqual(["nothing_to_cancel", "accepted"]);
    });

    test("is what Telegram's own stop button means", async () => {
      await take(text("a page"));
      await take(update({ stopped_message_generation: { chat: { id: alice.id, type: "private" }, draft_id: 1 } }));
      expect(await db.query(sql`select status from jobs`)).toEqual([{ status: "cancelled" }]);
    });
  });

  describe("the allow-list", () => {
    const allowedUsers = new Set([bob.id]);

    test("lets in who is on it", async () => {
      await take(message({ from: bob, chat: { id: bob.id, type: "private" }, text: "a page" }), { allowedUsers });
      expect(await prompts()).toEqual(["a page"]);
    });

    test("tells everyone else their id, whatever they send", async () => {
      for (const body of [text("a page"), text("/start"), text("/cancel"), message({ sticker: {} })]) {
        await take(body, { allowedUsers });
      }
      expect(await prompts()).toEqual([]);
      expect(await db.query(sql`select distinct kind, payload from notifications`)).toEqual([
        { kind: "not_allowed", payload: { user: "700" } },
      ]);
    });

    test("is silent about talk that was not for us", async () => {
      await take(groupMessage("hello everyone"), { allowedUsers });
      expect(await said()).toEqual([]);
    });
  });

  describe("a text that the client split", () => {
    const full = "x".repeat(4096);
    const date = 1_795_446_000;

    test("becomes one prompt, which waits for its rest and then goes", async () => {
      expect(published(await take(message({ text: full, date })))).toBe(false);
      expect(
        await db.query(sql`select available_at > now() as waits, dispatch_after = available_at as held from jobs`),
      ).toEqual([{ waits: true, held: true }]);
      expect(published(await take(message({ text: full, date })))).toBe(false);
      const rest = await take(message({ text: " and the rest", date: date + 1 }));
      expect(rest).toMatchObject({ jobId: undefined, publish: expect.any(String) });
      expect(await prompts()).toEqual([`${full}${full}and the rest`]);
      expect(await said()).toEqual(["accepted"]);
      expect(await db.query(sql`select available_at <= now() as due, part_sent_at from jobs`)).toEqual([
        { due: true, part_sent_at: null },
      ]);
    });

    test("between words gets back the break that Telegram took", async () => {
      await take(message({ text: "y".repeat(4050), date }));
      await take(message({ text: "rest", date }));
      expect(await prompts()).toEqual([`${"y".repeat(4050)}\nrest`]);
    });

    test("goes on in a group without naming us again", async () => {
      await take(groupMessage(`/new ${"x".repeat(4091)}`, { date }));
      await take(message({ chat: group, from: bob, text: "not mine", date }));
      await take(message({ chat: group, text: "the rest", date }));
      await take(message({ chat: group, text: "just talk", date, from: { ...bob, language_code: "ru" } }));
      expect(await prompts()).toEqual([`${"x".repeat(4091)}the rest`]);
      expect(await db.query(sql`select language from chats`)).toEqual([{ language: "en" }]);
    });

    const separate: [string, Record<string, unknown>][] = [
      ["sent much later but delivered together", { date: date + 3 }],
      ["of somebody else", { from: bob }],
      ["in another topic", { message_thread_id: 7, is_topic_message: true }],
      ["with a picture", { text: undefined, caption: "rest", photo: [{}] }],
      ["with a command", { text: "/new rest" }],
    ];
    test.each(separate)("does not take in a message %s", async (_, content) => {
      await take(message({ text: full, date }));
      await take(message({ text: "rest", date, ...content }));
      expect(await prompts()).toEqual([full, "rest"]);
    });

    test("does not take in a message that came after a while", async () => {
      await take(message({ text: full, date }));
      await db.query(sql`update jobs set available_at = now() - interval '1 millisecond'`);
      await take(message({ text: "rest", date }));
      expect(await prompts()).toEqual([full, "rest"]);
    });

    test("does not take in a message after its rest", async () => {
      for (const words of [full, "rest", "another page"]) await take(message({ text: words, date }));
      expect(await prompts()).toEqual([`${full}rest`, "another page"]);
    });

    test("is cut where it becomes too long, and that is said once", async () => {
      for (const words of [full, full, full, full]) await take(message({ text: words, date }));
      expect(await said()).toEqual(["accepted"]);
      for (const words of [full, full, "rest"]) await take(message({ text: words, date }));
      expect((await prompts()).map((prompt) => prompt.length)).toEqual([16_384]);
      expect(await said()).toEqual(["accepted", "shortened"]);
    });

    test("delivered again, in parts or whole, stays as it is", async () => {
      const parts = [message({ text: full, date }), message({ text: "rest", date })];
      for (const part of [...parts, ...parts, parts[1]]) await take(part);
      expect(await prompts()).toEqual([`${full}rest`]);
    });
  });

  describe("an album", () => {
    const part = (content: object = {}) => message({ photo: [{ file_id: "x" }], media_group_id: "1357", ...content });

    test("is one prompt wherever its caption is", async () => {
      for (const body of [part(), part({ caption: "use these" }), part()]) await take(body);
      expect(await prompts()).toEqual(["use these"]);
      expect(await said()).toEqual(["accepted"]);
    });

    test("without a caption is answered once, a moment later", async () => {
      for (const body of [part(), part(), part()]) await take(body);
      expect(await said()).toEqual(["caption"]);
      expect(await db.query(sql`select available_at > now() as later from notifications`)).toEqual([{ later: true }]);
    });

    test("is another one in another chat", async () => {
      await take(part({ caption: "mine" }));
      await take(part({ caption: "bob's", from: bob, chat: { id: bob.id, type: "private" } }));
      expect(await prompts()).toEqual(["mine", "bob's"]);
    });

    test("of somebody who may not is refused once", async () => {
      const allowedUsers = new Set([bob.id]);
      for (const body of [part({ caption: "mine" }), part()]) await take(body, { allowedUsers });
      expect([await prompts(), await said()]).toEqual([[], ["not_allowed"]]);
    });
  });

  describe("a file that is no picture", () => {
    const pdf = { file_id: "x", mime_type: "application/pdf" };
    test.each([
      ["a document", { document: pdf }],
      ["a video", { video: { file_id: "x" } }],
      ["an animation", { animation: { file_id: "x" }, document: { file_id: "x", mime_type: "video/mp4" } }],
      ["a voice", { voice: { file_id: "x" } }],
    ])("%s with words makes a page, and the person is told that only pictures are used", async (_, content) => {
      await take(message({ ...content, caption: "a page of this" }));
      expect([await prompts(), await said()]).toEqual([["a page of this"], ["accepted", "only_pictures"]]);
    });

    test("without words is not asked for words about it", async () => {
      await take(message({ document: pdf }));
      await take(message({ document: { file_id: "x", mime_type: "image/png" } }));
      expect(await said()).toEqual(["text_only", "caption"]);
    });
  });

  test("an update delivered many times at once makes one job", async () => {
    const body = text("a page");
    const results = await Promise.all(Array.from({ length: 20 }, () => take(body)));
    expect(new Set(results.map((one) => one.kind === "accepted" && one.jobId)).size).toBe(1);
    expect(results.filter(published)).toHaveLength(1);
    expect([await prompts(), await said()]).toEqual([["a page"], ["accepted"]]);
  });

  test("a text longer than any client sends is refused kindly", async () => {
    await take(text("x".repeat(16_385)));
    expect([await prompts(), await said()]).toEqual([[], ["too_long"]]);
  });

  test.each([9e15, -9e15, 2 ** 53 - 1, 2 ** 33])("a long text of the year %p is a prompt", async (date) => {
    await take(message({ text: "a page ".repeat(580), date }));
    expect(await said()).toEqual(["accepted"]);
  });

  test("nobody has an id below one", async () => {
    const nobody = { ...alice, id: 0 };
    await take(message({ text: "a page", from: nobody }));
    await take(message({ text: "a page", from: { ...alice, id: -700 } }));
    await take(message({ text: "a page", chat: { id: 0, type: "private" } }));
    await take(message({ text: "/new a page", chat: { ...group, id: 100500 } }));
    await take(update({ callback_query: { id: "1", from: nobody, data: "sites:0" } }));
    expect([await prompts(), await said()]).toEqual([[], []]);
  });

  test("what the database cannot store is passed over once, and never asked for again", async () => {
    const body = text("a page");
    let refusals = 0;
    const fussy: Database = {
      ...db,
      query: (statement) => (refusals++ === 0 ? db.query(sql`select to_timestamp(9e15)`) : db.query(statement)),
    };
    const intake = createIntake({ db: fussy, logger, bot: identity, allowedUsers: undefined });
    expect(await intake.take(body)).toMatchObject({ kind: "accepted", jobId: undefined, fresh: true });
    expect(await intake.take(body)).toMatchObject({ kind: "accepted", jobId: undefined, fresh: false });
    expect([await prompts(), await said()]).toEqual([[], []]);
  });

  test("whatever is wrong with an update, it is taken", async () => {
    const values = fc.oneof(
      fc.constantFrom(null, true, -1, 0, 1.5, 9e15, 2 ** 53, "", "x", [], {}, "\u0000", "\ud83d", [null], { id: 1 }),
      fc.jsonValue({ maxDepth: 2 }),
    );
    // Each run spoils up to three places of a good update, at any depth.
    const spoiled = fc.tuple(
      fc.constantFrom(
        ...updates
          .filter((one) => one.update !== null && typeof one.update === "object")
          .map((one) => one.update as object),
      ),
      fc.array(fc.tuple(fc.nat(), values), { minLength: 1, maxLength: 3 }),
      fc.integer({ min: 1, max: 2 ** 52 }),
    );
    await fc.assert(
      fc.asyncProperty(spoiled, async ([good, changes, id]) => {
        const body: Record<string, unknown> = structuredClone({ ...good });
        for (const [place, value] of changes) {
          const holders = holdersIn(body);
          const holder = holders[place % holders.length] ?? body;
          const keys = Object.keys(holder);
          holder[keys[place % keys.length] ?? "x"] = structuredClone(value);
        }
        body["update_id"] = id;
        expect((await take(JSON.parse(JSON.stringify(body)))).kind).toBe("accepted");
      }),
      { numRuns: 100 },
    );
  }, 30_000);
});

function holdersIn(value: unknown): Record<string, unknown>[] {
  if (typeof value !== "object" || value === null) return [];
  return [value as Record<string, unknown>, ...Object.values(value).flatMap(holdersIn)];
}
