import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { sql } from "drizzle-orm";
import pino from "pino";
import type { Database } from "../../src/db/database.ts";
import { migrate } from "../../src/db/migrate.ts";
import { createIntake } from "../../src/telegram/intake.ts";
import { databases } from "../helpers/database.ts";
import { alice, bot, group, groupMessage, message, update } from "../helpers/update.ts";

type Wanted = "job" | "reply" | "ignore";

let lastPerson = 900_000;
/** Somebody new each time, so that nothing follows from what was said before. */
function person(more: Record<string, unknown> = {}) {
  return { ...alice, id: ++lastPerson, ...more };
}
function privately(content: Record<string, unknown>, from: Record<string, unknown> = person()) {
  return message({ from, chat: { id: from["id"], type: "private" }, ...content });
}
const pressed = (content: Record<string, unknown>) =>
  update({ callback_query: { id: `q${++lastPerson}`, from: person(), chat_instance: "1", ...content } });
const onMessage = { message_id: 3, date: 1, chat: { id: alice.id, type: "private" }, from: bot, text: "x" };
const picture = [{ file_id: "AAA", file_unique_id: "u", width: 1280, height: 960, file_size: 90_000 }];
const named = (text: string, entity: Record<string, unknown>) => message({ chat: group, text, entities: [entity] });
const channel = { id: -100777, type: "channel", title: "C" };
const repliedTo = (from: unknown, more = {}) => ({ message_id: 5, date: 1, chat: group, from, text: "x", ...more });
const membership = (chat: unknown, before: unknown, after: unknown) =>
  update({ my_chat_member: { chat, from: alice, date: 1, old_chat_member: before, new_chat_member: after } });

const each = (names: readonly string[], make: (name: string) => unknown) =>
  names.map((name): [string, unknown] => [name, make(name)]);

const ignored: [string, unknown][] = [
  ...each(["business_message", "edited_business_message", "guest_message", "channel_post"], (kind) =>
    update({ [kind]: { message_id: 1, date: 1, chat: channel, from: person(), text: "/new a page" } }),
  ),
  ...each(
    ["deleted_business_messages", "inline_query", "shipping_query", "pre_checkout_query", "poll_answer"],
    (kind) => update({ [kind]: { id: "1", from: person(), query: "a page" } }),
  ),
  ...each(["chat_member", "chat_join_request", "message_reaction_count", "chat_boost", "subscription"], (kind) =>
    update({ [kind]: { chat: group, from: person(), date: 1 } }),
  ),
  ["a kind with a hostile name", update({ "'; drop table jobs;--": {} })],
  ["a message that is null", update({ message: null })],
  ["a message that is a list", update({ message: [1] })],
  ...each(["gift", "checklist_tasks_done", "giveaway_completed", "migrate_to_chat_id", "users_shared"], (field) =>
    privately({ [field]: { a: 1 } }),
  ),
  ["the bot was given rights", membership(group, { status: "member" }, { status: "administrator" })],
  ["the bot was added to a channel", membership(channel, { status: "left" }, { status: "administrator" })],
  ["members that are none", membership({ id: "x" }, { status: {} }, { status: null })],
  ["a stop in a group", update({ stopped_message_generation: { chat: group, draft_id: 4 } })],
  ["a stop of nothing", update({ stopped_message_generation: {} })],
  ["a button of nobody", update({ callback_query: { id: "1", message: onMessage, data: "sites:0" } })],
  ["a button with a hostile id", update({ callback_query: { id: "1 2", from: alice, data: "sites:0" } })],
  ["a command to another bot in a group", message({ chat: group, text: "/start@OtherBot" })],
  ["an unknown command in a group", message({ chat: group, text: "/constructor" })],
  ["a name that begins with ours", groupMessage("@site_builder_bot2 a page")],
  ["our name in code", named("@site_builder_bot a page", { type: "code", offset: 0, length: 17 })],
  ["our name beside its mark", named("@site_builder_bot a page", { type: "mention", offset: 1, length: 17 })],
  [
    "our name where characters are counted",
    named("👨‍👩‍👧 @site_builder_bot x", { type: "mention", offset: 6, length: 17 }),
  ],
  ["a reply to somebody else", message({ chat: group, text: "nice", reply_to_message: repliedTo(person()) })],
  [
    "a message in a topic that we opened",
    message({
      chat: group,
      text: "hi",
      is_topic_message: true,
      message_thread_id: 5,
      reply_to_message: repliedTo(bot, { forum_topic_created: { name: "T" } }),
    }),
  ],
  ["another bot that calls us", groupMessage("@site_builder_bot a page", { from: { ...bot, id: 12 } })],
  ["words that another bot put there", privately({ text: "a page", via_bot: { ...bot, id: 5 } })],
  ["a caption that is null", privately({ photo: picture, caption: null })],
];

const replied: [string, unknown][] = [
  ...each(["checklist", "story", "dice", "game", "paid_media", "giveaway", "invoice", "something_new"], (field) =>
    privately({ [field]: { a: 1 } }),
  ),
  ...each(["\u0000\u0000", "\u200f\u202b\u2066", "\ufe0f\u00ad\u034f\u{e0061}", "\u0301\u20dd", "\ud800"], (text) =>
    privately({ text }),
  ).map(([text, body]): [string, unknown] => [`nothing to be seen: ${JSON.stringify(text)}`, body]),
  ...each(["/START", "/start site_xxx", `/start site_${"a".repeat(26)}`, "/start \u0000", "/__proto__"], (text) =>
    privately({ text }),
  ),
  ["a command to another bot in private", privately({ text: "/start@OtherBot" })],
  ["a command below a picture", privately({ photo: picture, caption: "/start" })],
  ["text beyond a message", privately({ text: "page ".repeat(4000) })],
  ["a voice that replies to us", message({ chat: group, voice: {}, reply_to_message: repliedTo(bot) })],
  ["a button of a message that is gone", pressed({ data: "sites:0" })],
  ["a button of an inaccessible message", pressed({ message: { ...onMessage, date: 0 }, data: "sites:0" })],
  ["a button with 65 bytes", pressed({ message: onMessage, data: "a".repeat(65) })],
  ["a button with half a megabyte", pressed({ message: onMessage, data: "x".repeat(500_000) })],
  ["a button that cannot be stored", pressed({ message: onMessage, data: "site:\u0000\ud800" })],
  ["a button of a game", pressed({ message: onMessage, game_short_name: "chess" })],
  ["a page that is none", pressed({ message: onMessage, data: "sites:-1" })],
  ["a language that is none", pressed({ message: onMessage, data: "language:__proto__" })],
  ...each(["delete_now", "rebuild", "undo", "zip"], (verb) =>
    pressed({ message: onMessage, data: `${verb}:${"a".repeat(26)}` }),
  ),
  ["a button in a channel", pressed({ message: { ...onMessage, chat: channel }, data: "sites:0" })],
];

const worked: [string, unknown][] = [
  ["emoji only", privately({ text: "🍕" })],
  ["an escape sequence", privately({ text: "a page \u001b[31m\u0085" })],
  ["marks upon marks", privately({ text: `p${"\u0301".repeat(4000)}` })],
  ["text and caption", privately({ text: "a page", caption: "other", photo: picture })],
  ["a forward of our own words", privately({ text: "a page", forward_origin: { type: "user", sender_user: bot } })],
  ["a reply to something inaccessible", privately({ text: "x", reply_to_message: { message_id: 3, date: 0 } })],
  ["a reply to a number beyond all", privately({ text: "x", reply_to_message: { message_id: 1e300, from: bot } })],
  ["a thread beyond all", groupMessage("@site_builder_bot x", { is_topic_message: true, message_thread_id: 1e20 })],
  [
    "ten thousand entities",
    privately({ text: "x", entities: Array.from({ length: 10_000 }, () => ({ type: "bold" })) }),
  ],
  ["our name behind an emoji", named("👨‍👩‍👧 @site_builder_bot x", { type: "mention", offset: 9, length: 17 })],
  ["our name in other letters", message({ chat: group, text: "/new@SITE_Builder_BOT a page" })],
  ["a language that is none", privately({ text: "x" }, person({ language_code: "xx'; drop" }))],
  ["a picture without a file", privately({ photo: [null, 5, { file_id: 5 }], caption: "x" })],
  [
    "a picture that cannot be stored",
    privately({ photo: [{ ...picture[0], file_id: "A\u0000\ud800" }], caption: "x" }),
  ],
  ["an album with a hostile name", privately({ photo: picture, caption: "x", media_group_id: "'; drop" })],
  ["a message without a number", privately({ text: "x", message_id: "7", date: undefined })],
  ["a person with 52 bits", privately({ text: "x" }, person({ id: 2 ** 52 - 1 }))],
  ["a voice with words", privately({ voice: {}, caption: "x" })],
];

describe.each(databases("odd updates"))("$name", ({ open }) => {
  let db: Database;
  beforeAll(async () => {
    db = await open();
    await migrate(db);
  }, 60_000);
  afterAll(() => db[Symbol.asyncDispose]());

  async function takeAndCount(body: unknown): Promise<[jobs: number, said: number]> {
    const counts = async () => {
      const [row] = await db.query<{ jobs: number; said: number }>(
        sql`select (select count(*)::int from jobs) as jobs, (select count(*)::int from notifications) as said`,
      );
      return row ?? { jobs: 0, said: 0 };
    };
    const before = await counts();
    const logger = pino({}, { write: (line: string) => expect(line).toBe("nothing") });
    const identity = { id: bot.id, username: bot.username };
    const intake = createIntake({ db, logger, bot: identity, allowedUsers: undefined });
    expect((await intake.take(JSON.parse(JSON.stringify(body)))).kind).toBe("accepted");
    const after = await counts();
    return [after.jobs - before.jobs, after.said - before.said];
  }

  const table = (wanted: Wanted, cases: [string, unknown][]) =>
    cases.map(([name, body]) => [wanted, name, body] as const);
  test.each([...table("ignore", ignored), ...table("reply", replied), ...table("job", worked)])(
    "%s: %s",
    async (wanted, _, body) => {
      const [jobs, said] = await takeAndCount(body);
      expect([jobs, said > 0]).toEqual([wanted === "job" ? 1 : 0, wanted !== "ignore"]);
      expect(await takeAndCount(body)).toEqual([0, 0]);
    },
  );
});
