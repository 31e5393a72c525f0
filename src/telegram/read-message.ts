import { isSiteId } from "../ids.ts";
import { cleanPrompt, maxPromptLength } from "../jobs/clean-prompt.ts";
import { parseAdminCommand } from "./admin/admin-command.ts";
import { type BotIdentity, isBotName } from "./bot-identity.ts";
import { type Intent, ignore, say, type TextSource, type Word } from "./intent.ts";
import { asInteger, asObject, asString, type JsonObject } from "./json-object.ts";
import { answerWordless, hasOtherFile, isServiceMessage } from "./message-content.ts";
import { type Command, type MessageText, mentionsOf, readCommand, readText, withoutMentions } from "./message-text.ts";
import { readPicture } from "./read-picture.ts";
import { readSmallTalk } from "./small-talk.ts";

/** Whose turn it is, and where to answer. */
export interface Message {
  chat: Chat;
  userId: number;
  language: string | undefined;
  messageId: number | undefined;
  /** The topic to answer in. Other threads need none: there the answer is a reply. */
  threadId: number | undefined;
  /** Seconds since 1970 by Telegram's clock. */
  sentAt: number;
  mediaGroupId: string | undefined;
  /** The message of ours that it replies to. */
  repliedTo: number | undefined;
  /** `file_id` of the picture in it, or in what it replies to if that is the same person's. */
  picture: string | undefined;
  /** There is a file in it that is no picture, and goes unused. */
  otherFile: boolean;
  intent: Intent;
}

export interface Chat {
  id: number;
  type: "private" | "group" | "supergroup";
}

/** The account that Telegram shows as the sender of automatic forwards and of its own notices. */
const telegramAccount = 777000;

/** @returns `undefined` when the message is for nobody we could answer. */
export function readMessage(message: JsonObject, bot: BotIdentity): Message | undefined {
  const chat = readChat(message["chat"]);
  const from = asObject(message["from"]);
  const userId = asInteger(from?.["id"]);
  if (chat === undefined || userId === undefined || userId <= 0 || userId === telegramAccount) return undefined;
  const senderChat = asObject(message["sender_chat"]);
  if (from?.["is_bot"] === true && senderChat === undefined) return undefined;

  return {
    chat,
    userId,
    language: readLanguage(from?.["language_code"]),
    messageId: asInteger(message["message_id"]),
    threadId: message["is_topic_message"] === true ? asInteger(message["message_thread_id"]) : undefined,
    sentAt: readDate(message["date"]),
    mediaGroupId: readMediaGroup(message["media_group_id"]),
    repliedTo: readRepliedTo(message, bot),
    picture: readPicture(message) ?? readPictureRepliedTo(message, userId),
    otherFile: hasOtherFile(message),
    intent: readIntent(message, { chat, bot, anonymous: senderChat !== undefined }),
  };
}

/** A private chat or a group. A channel's own chat of direct messages is the channel's business. */
export function readChat(value: unknown): Chat | undefined {
  const chat = asObject(value);
  const id = asInteger(chat?.["id"]);
  const type = chat?.["type"];
  if (id === undefined || chat?.["is_direct_messages"] === true) return undefined;
  if (type === "private") return id > 0 ? { id, type } : undefined;
  return (type === "group" || type === "supergroup") && id < 0 ? { id, type } : undefined;
}

/** Seconds since 1970, of which Telegram has 32 bits; 0 for what is no date of its. */
function readDate(value: unknown): number {
  const seconds = asInteger(value) ?? 0;
  return seconds >= 0 && seconds < 2 ** 32 ? seconds : 0;
}

/** A BCP 47 tag, if it looks like one. */
export function readLanguage(value: unknown): string | undefined {
  const tag = asString(value);
  return tag !== undefined && /^[a-z]{2,8}(-[a-z0-9]{1,8}){0,3}$/i.test(tag) ? tag : undefined;
}

function readMediaGroup(value: unknown): string | undefined {
  const id = asString(value);
  return id !== undefined && /^\w{1,64}$/.test(id) ? id : undefined;
}

function readPictureRepliedTo(message: JsonObject, userId: number): string | undefined {
  const repliedTo = asObject(message["reply_to_message"]);
  if (repliedTo === undefined || asInteger(asObject(repliedTo["from"])?.["id"]) !== userId) return undefined;
  return readPicture(repliedTo);
}

interface Surroundings {
  chat: Chat;
  bot: BotIdentity;
  /** A channel, or an administrator who hides behind the group. */
  anonymous: boolean;
}

function readIntent(message: JsonObject, { chat, bot, anonymous }: Surroundings): Intent {
  // Words that another bot or Telegram itself put there were not meant for us.
  if (asObject(message["via_bot"]) || message["is_automatic_forward"] === true) return ignore;
  if (isServiceMessage(message)) return ignore;

  const text = readText(message);
  const command = text && readCommand(text);
  if (chat.type !== "private" && !isAddressed(message, text, command, bot)) {
    const mayContinue = text?.source === "text" && !anonymous && command === undefined;
    return mayContinue ? readPrompt(text.text, text.text.length, "rest") : ignore;
  }
  if (anonymous) return say("anonymous");
  if (text === undefined) return answerWordless(message);
  if (command !== undefined) return obey(command, text);
  const words = withoutMentions(text, bot);
  const talk = readSmallTalk(words);
  if (talk === undefined) return readPrompt(words, text.text.length, text.source);
  if (text.source === "caption") return say("caption");
  if (talk === "thanks") return say("gladly");
  return say(chat.type === "private" ? "start" : "greeting");
}

/** In a group only what names the bot is for it. */
function isAddressed(
  message: JsonObject,
  text: MessageText | undefined,
  command: Command | undefined,
  bot: BotIdentity,
): boolean {
  if (command !== undefined) {
    // To a command that names nobody each bot answers if it knows it.
    return command.target === undefined ? knownCommands.has(command.name) : isBotName(bot, command.target);
  }
  if (text !== undefined && mentionsOf(text, bot).length > 0) return true;
  return readRepliedTo(message, bot) !== undefined;
}

function readRepliedTo(message: JsonObject, bot: BotIdentity): number | undefined {
  const repliedTo = asObject(message["reply_to_message"]);
  // Every message of a topic looks like a reply to the notice that opened it.
  if (repliedTo === undefined || Object.hasOwn(repliedTo, "forum_topic_created")) return undefined;
  if (asInteger(asObject(repliedTo["from"])?.["id"]) !== bot.id) return undefined;
  return asInteger(repliedTo["message_id"]);
}

const replies: Readonly<Record<string, Word>> = { start: "start", help: "help" };
const requests: Readonly<Record<string, Intent>> = {
  cancel: { kind: "cancel" },
  sites: { kind: "sites" },
  settings: { kind: "settings" },
  delete: { kind: "delete" },
};
const knownCommands: ReadonlySet<string> = new Set([...Object.keys(replies), ...Object.keys(requests), "new"]);

function obey({ name, argument }: Command, { text, source }: MessageText): Intent {
  if (name === "new") return readPrompt(argument, text.length, source === "caption" ? source : "command");
  if (name === "start") return readDeepLink(argument);
  if (Object.hasOwn(requests, name)) return requests[name] ?? ignore;
  const admin = parseAdminCommand(name, argument);
  if (admin !== undefined) return { kind: "admin", command: admin };
  return say((Object.hasOwn(replies, name) && replies[name]) || "unknown_command");
}

/** What follows `/start` comes from a link, or from whoever types: anything else than ours is no more than a hello. */
function readDeepLink(payload: string): Intent {
  const siteId = payload.startsWith("site_") ? payload.slice("site_".length) : undefined;
  return isSiteId(siteId) ? { kind: "own_version", siteId } : say("start");
}

function readPrompt(raw: string, length: number, source: TextSource): Intent {
  const text = cleanPrompt(raw);
  if (source === "rest") return text === "" ? ignore : { kind: "prompt", text, length, source };
  if (text === "") return say("describe");
  if (text.length > maxPromptLength) return say("too_long");
  return { kind: "prompt", text, length, source };
}
