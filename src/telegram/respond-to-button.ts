import type { UpdateChat } from "../jobs/accept-update.ts";
import { type ButtonPress, parseButtonData } from "./button-data.ts";
import { asInteger, asObject, asString, type JsonObject } from "./json-object.ts";
import { type Chat, readChat, readLanguage } from "./read-message.ts";
import type { Response, Rules } from "./response.ts";
import { tenantOf } from "./tenant.ts";

/**
 * Every button must be answered, or the person watches it spin. Whether it is theirs to press is decided where the
 * job or the site is known.
 */
export function respondToButton(query: JsonObject, { allowedUsers, dailyLimit }: Rules): Response {
  const callbackQueryId = asString(query["id"]);
  const from = asObject(query["from"]);
  const userId = asInteger(from?.["id"]);
  if (callbackQueryId === undefined || !/^\w{1,64}$/.test(callbackQueryId)) return {};
  if (userId === undefined || userId <= 0) return {};
  const language = readLanguage(from?.["language_code"]);
  const answer = (kind: string) => ({ kind, callbackQueryId });
  const place = readPlace(query["message"]);
  // An answer goes by way of a chat. Without one it is as if by the person's own, which they may never have opened.
  if (place === undefined) return { chat: { id: userId, type: "unknown", language }, answer: answer("button_expired") };
  const { chat, messageId, threadId } = place;
  const there: UpdateChat = { ...chat, language: chat.type === "private" ? language : undefined, threadId };
  const press = parseButtonData(asString(query["data"]) ?? "");
  if (press === undefined) return { chat: there, answer: answer("button_expired") };
  if (allowedUsers?.has(userId) === false) return { chat: there, answer: answer("not_yours") };
  const sender = `${chat.id}:${userId}`;
  return respond(press, { tenant: tenantOf(userId), sender, there, messageId, answer, dailyLimit });
}

interface Pressed {
  tenant: string;
  /** Whose waiting pictures are for the prompt that a button stands for. */
  sender: string;
  there: UpdateChat;
  /** The message that the button is on. */
  messageId: number;
  answer(kind: string): { kind: string; callbackQueryId: string };
  dailyLimit: number | undefined;
}

function respond(press: ButtonPress, { tenant, sender, there, messageId, answer, dailyLimit }: Pressed): Response {
  const replying = { ...there, messageId };
  const about = (kind: string, word = "done"): Response =>
    "siteId" in press
      ? { chat: replying, site: { find: press, tenant }, notifications: [{ kind }], answer: answer(word) }
      : {};
  switch (press.verb) {
    case "cancel":
      return { chat: there, cancel: { tenant, jobId: press.jobId }, answer: answer("stopping") };
    case "again": {
      const job = { prompt: "", tenant, target: { kind: press.verb, jobId: press.jobId }, dailyLimit } as const;
      return { chat: replying, job, notifications: [{ kind: "accepted" }], answer: answer("making") };
    }
    case "rebuild": {
      const job = { prompt: "", tenant, target: { kind: press.verb, siteId: press.siteId }, dailyLimit } as const;
      return { chat: replying, job, notifications: [{ kind: "accepted" }], answer: answer("making") };
    }
    case "undo": {
      const job = { prompt: "undo", tenant, target: { kind: "edit", siteId: press.siteId }, dailyLimit } as const;
      return { chat: replying, job, notifications: [{ kind: "accepted" }], answer: answer("making") };
    }
    case "wish_change":
    case "wish_new": {
      const target = { kind: "asked", siteId: press.siteId, messageId, asNew: press.verb === "wish_new" } as const;
      // The question becomes the message that follows the job.
      const accepted = { kind: "accepted", payload: { editMessageId: messageId } };
      return {
        chat: replying,
        job: { prompt: "", tenant, sender, target, dailyLimit },
        notifications: [accepted],
        answer: answer("making"),
      };
    }
    case "site":
    case "change":
    case "download":
      return about(press.verb);
    case "zip":
    case "file":
      return about(press.verb, "sending");
    case "delete":
      return about("delete_sure");
    case "delete_now":
      return { chat: there, site: { find: press, tenant, remove: true }, answer: answer("done") };
    case "keep":
      return {
        chat: there,
        site: { find: press, tenant },
        notifications: [{ kind: "kept", payload: { editMessageId: messageId } }],
        answer: answer("done"),
      };
    case "sites": {
      const { page, toDelete } = press;
      const list = { kind: "sites", payload: { tenant, page, toDelete, editMessageId: messageId } };
      return { chat: there, menu: { tenant, messageId }, notifications: [list], answer: answer("done") };
    }
    case "language":
      return {
        chat: there,
        menu: { tenant, messageId },
        chosenLanguage: press.language ?? null,
        notifications: [{ kind: "language_set", payload: { editMessageId: messageId } }],
        answer: answer("done"),
      };
  }
}

function readPlace(value: unknown): { chat: Chat; messageId: number; threadId: number | undefined } | undefined {
  const message = asObject(value);
  const chat = readChat(message?.["chat"]);
  const messageId = asInteger(message?.["message_id"]);
  if (chat === undefined || messageId === undefined) return undefined;
  return {
    chat,
    messageId,
    threadId: message?.["is_topic_message"] === true ? asInteger(message["message_thread_id"]) : undefined,
  };
}
