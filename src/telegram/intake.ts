import { type Database, isDataRefused } from "../db/database.ts";
import { isPlainWish, needsPage } from "../edits/plain-wish.ts";
import type { JobId } from "../ids.ts";
import { acceptUpdate, type UpdateJob } from "../jobs/accept-update.ts";
import type { ShownPicture } from "../jobs/job-pictures.ts";
import type { MessagePart } from "../jobs/split-message.ts";
import type { JobTarget } from "../jobs/update-target.ts";
import type { Logger } from "../logger.ts";
import type { BotIdentity } from "./bot-identity.ts";
import type { Intent, Word } from "./intent.ts";
import { asObject, type JsonObject } from "./json-object.ts";
import { type Message, readChat, readLanguage, readMessage } from "./read-message.ts";
import { readUpdate, type Update } from "./read-update.ts";
import { respondToButton } from "./respond-to-button.ts";
import type { Response, Rules } from "./response.ts";
import { tenantOf } from "./tenant.ts";

export type IntakeResult =
  | {
      kind: "accepted";
      updateId: number;
      /** The job that the update made, now or at its first delivery. */
      jobId: JobId | undefined;
      /** False: it was delivered before. */
      fresh: boolean;
      /** A job to be published to the queue now. */
      publish: JobId | undefined;
    }
  /** Not an update: there is no usable `update_id` in it. */
  | { kind: "malformed" };

/** Takes one update, however it came. Delivering it again changes nothing. */
export interface Intake {
  /**
   * @param body The parsed JSON; nothing about it is trusted.
   * @throws {DatabaseError} The update is not recorded: it must be delivered again.
   */
  take(body: unknown): Promise<IntakeResult>;
}

export interface IntakeOptions extends Rules {
  db: Database;
  bot: BotIdentity;
  logger: Logger;
}

/** What `setWebhook` and `getUpdates` should ask for: nothing else is acted on. */
export const allowedUpdates = ["message", "callback_query", "my_chat_member", "stopped_message_generation"] as const;

export function createIntake({ db, bot, logger, ...rules }: IntakeOptions): Intake {
  return {
    async take(body) {
      const update = readUpdate(body);
      if (update === undefined) return { kind: "malformed" };
      const { id: updateId, kind } = update;
      const nothing = { updateId, kind, notifications: [] };
      const { jobId, publish, fresh } = await acceptUpdate(db, { ...nothing, ...respond(update, bot, rules) }).catch(
        (error: unknown) => {
          if (!isDataRefused(error)) throw error;
          // It would be refused again and again, and Telegram holds back what else the chat has to say meanwhile.
          logger.error(
            { err: error, updateId, kind },
            "an update holds what the database cannot store, it is passed over",
          );
          return acceptUpdate(db, nothing);
        },
      );
      return { kind: "accepted", updateId, jobId, fresh, publish };
    },
  };
}

function respond({ kind, payload }: Update, bot: BotIdentity, rules: Rules): Response {
  if (payload === undefined) return {};
  switch (kind) {
    case "message": {
      const message = readMessage(payload, bot);
      return message === undefined ? {} : respondToMessage(message, rules);
    }
    case "callback_query":
      return respondToButton(payload, rules);
    case "my_chat_member":
      return respondToMembership(payload);
    case "stopped_message_generation":
      return respondToStop(payload);
    default:
      return {};
  }
}

function respondToMessage(message: Message, { allowedUsers, dailyLimit, adminUsers }: Rules): Response {
  const { intent, userId, chat, mediaGroupId, repliedTo } = message;
  const sender = `${chat.id}:${userId}`;
  const picture = pictureOf(message, sender);
  const where = { id: chat.id, type: chat.type, language: message.language, threadId: message.threadId };
  const answerable = { chat: { ...where, messageId: message.messageId } };
  const album = mediaGroupId === undefined ? undefined : `${chat.id}:${mediaGroupId}`;
  if (allowedUsers?.has(userId) === false) {
    if (intent.kind === "ignore" || (intent.kind === "prompt" && intent.source === "rest")) return {};
    return { ...answerable, album, notifications: [{ kind: "not_allowed", payload: { user: String(userId) } }] };
  }
  const tenant = tenantOf(userId);
  switch (intent.kind) {
    case "ignore":
      return picture ? { album, picture } : {};
    case "say":
      return { ...answerable, album, picture, notifications: [word(intent.word)] };
    case "cancel":
      return { ...answerable, cancel: { tenant }, notifications: [word("nothing_to_cancel")] };
    case "admin":
      // What operators are told is not for a group, and who asks there learns nothing of it.
      return adminUsers?.has(userId) && chat.type === "private"
        ? { ...answerable, notifications: [{ kind: "admin", payload: { ...intent.command } }] }
        : { ...answerable, notifications: [word("unknown_command")] };
    case "sites":
      return { ...answerable, notifications: [{ kind: "sites", payload: { tenant } }] };
    case "settings":
      return { ...answerable, notifications: [{ kind: "settings", payload: { tenant } }] };
    case "delete":
      return repliedTo === undefined
        ? { ...answerable, notifications: [{ kind: "sites", payload: { tenant, toDelete: true } }] }
        : { ...answerable, site: { find: { messageId: repliedTo }, tenant }, notifications: [{ kind: "delete_sure" }] };
    case "own_version":
      return {
        ...answerable,
        site: { find: { siteId: intent.siteId }, tenant: undefined },
        notifications: [{ kind: "own_version" }],
      };
    case "prompt":
      return { ...answerable, album, picture, ...respondToPrompt(intent, message, { tenant, sender, dailyLimit }) };
  }
}

type Prompt = Extract<Intent, { kind: "prompt" }>;

function respondToPrompt(
  intent: Prompt,
  { repliedTo, picture, otherFile, sentAt }: Message,
  { tenant, sender, dailyLimit }: Pick<UpdateJob, "tenant" | "sender" | "dailyLimit">,
): Response {
  const alone = intent.source === "text" && repliedTo === undefined && picture === undefined;
  // `/new` is new wherever it is said.
  const about = intent.source === "command" ? undefined : repliedTo;
  return {
    job: {
      prompt: intent.text,
      tenant,
      sender,
      part: partOf(intent, sentAt),
      target: about === undefined ? (alone ? targetOf(intent.text) : undefined) : { kind: "reply", messageId: about },
      dailyLimit,
    },
    notifications: [{ kind: "accepted" }, ...(otherFile ? [word("only_pictures")] : [])],
  };
}

/** Without a page that it is about, "make it darker" would make a page about that. */
function targetOf(text: string): JobTarget | undefined {
  return isPlainWish(text) ? { kind: "wish", needsPage: needsPage(text) } : undefined;
}

/** The picture in a message, as far as it is for us. */
function pictureOf({ picture, intent, mediaGroupId }: Message, sender: string): ShownPicture | undefined {
  if (picture === undefined) return undefined;
  // In a group only the picture with the caption calls the bot; the others of its album are meant too.
  if (intent.kind === "ignore")
    return mediaGroupId === undefined ? undefined : { fileId: picture, sender, waits: false };
  const overheard = intent.kind === "prompt" && intent.source === "rest";
  const nobodys = intent.kind === "say" && intent.word === "anonymous";
  return overheard || nobodys ? undefined : { fileId: picture, sender, waits: true };
}

/** Longest message that Telegram takes, in UTF-16 units. Clients split what is longer. */
const maxMessageLength = 4096;
/** Clients like to split between words, so a part can be a little shorter than the longest message. */
const minSplitLength = 4000;

const places = { text: "either", command: "first", rest: "rest" } as const;

function partOf({ length, source }: Prompt, sentAt: number): MessagePart | undefined {
  if (source === "caption") return undefined;
  // A part of exactly the maximum was cut where it stood; a shorter one between words, and Telegram trims the space.
  const glue = length < minSplitLength ? undefined : length === maxMessageLength ? "" : "\n";
  return { sentAt, glue, place: places[source] };
}

/** The bot was blocked, removed, let back in, or added to a group: which is when it says how to call it. */
function respondToMembership(change: JsonObject): Response {
  const chat = readChat(change["chat"]);
  const before = readMembership(change["old_chat_member"]);
  const after = readMembership(change["new_chat_member"]);
  if (chat === undefined || after === undefined) return {};
  const greets = chat.type !== "private" && before === "out" && after === "in";
  return {
    chat: {
      ...chat,
      language: readLanguage(asObject(change["from"])?.["language_code"]),
      unreachable: after === "out",
    },
    notifications: greets ? [word("greeting")] : [],
  };
}

function readMembership(value: unknown): "in" | "out" | undefined {
  const member = asObject(value);
  switch (member?.["status"]) {
    case "member":
    case "administrator":
    case "creator":
      return "in";
    case "restricted":
      return member["is_member"] === false ? "out" : "in";
    case "left":
    case "kicked":
      return "out";
    default:
      return undefined;
  }
}

/** The Stop button that Telegram itself shows is a `/cancel`. It names no user: in a private chat that is the chat. */
function respondToStop(stop: JsonObject): Response {
  const chat = readChat(stop["chat"]);
  if (chat?.type !== "private") return {};
  return { chat, cancel: { tenant: tenantOf(chat.id) }, notifications: [word("nothing_to_cancel")] };
}

function word(kind: Word) {
  return { kind };
}
