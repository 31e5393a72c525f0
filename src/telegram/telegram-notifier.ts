import { InputFile } from "grammy";
import type { Database } from "../db/database.ts";
import type { SiteId } from "../ids.ts";
import type { DeliveryResult, Notification, Notifier } from "../jobs/notifier.ts";
import type { Logger } from "../logger.ts";
import { composeMessage } from "./compose-message.ts";
import type { Links } from "./compose-site.ts";
import type { Composed, ComposedMessage } from "./composed.ts";
import { isMessageGone, isRefused, isTokenRefused, resultOf } from "./delivery-failure.ts";
import { asInteger } from "./json-object.ts";
import { type Facts, loadFacts } from "./load-facts.ts";
import { editAnyway, sendAnyway } from "./send-anyway.ts";
import { isCaption, shapeMessage } from "./shape-message.ts";
import { abortedBy, type TelegramApi } from "./telegram-api.ts";

/** For everything one notification needs; half the time after which another process would try. */
const deadlineMs = 25_000;
/**
 * When the process is to end, a message on its way gets this long: broken off, it may have arrived, and would be sent
 * once more after the restart.
 */
const graceMs = 2000;

type SiteFormat = "zip" | "file";

/** Packs a published revision as one file. `undefined` when it is gone. */
export type ExportSite = (
  siteId: SiteId,
  revision: number,
  format: SiteFormat,
) => Promise<{ name: string; bytes: Uint8Array } | undefined>;

export interface PageFiles {
  exportSite: ExportSite;
  /** The picture of a published page, if there is one. */
  findPicture(siteId: SiteId, revision: number): Promise<Uint8Array | undefined>;
}

export interface TelegramNotifierOptions {
  api: TelegramApi;
  db: Database;
  logger: Logger;
  links: Links;
  /** Finished pages per person and day; `undefined` without a limit. */
  dailyLimit: number | undefined;
  /** Left out where the pages are not: another process then sends them. */
  files?: PageFiles | undefined;
}

/** Sends notifications as Telegram messages. */
export function createTelegramNotifier(options: TelegramNotifierOptions): Notifier {
  const { api, db, logger, links, dailyLimit, files } = options;
  return {
    unable: files === undefined ? ["zip", "file"] : [],
    reluctant: files === undefined ? ["completed"] : [],
    deliver: (notification, signal) =>
      inTime(signal, notification, async (deadline) => {
        const facts = await loadFacts(db, notification, dailyLimit);
        const composed = composeMessage(notification, { links, facts, dailyLimit });
        if (composed === undefined) {
          return { kind: "undeliverable", reason: `unknown kind ${notification.kind}`, chatGone: false };
        }
        return send(composed, notification, facts, deadline);
      }),
    edit: (stale, signal) =>
      inTime(signal, stale, async (deadline) => {
        const composed = composeMessage(stale, { links, facts: {}, dailyLimit });
        if (composed?.kind !== "message") return { kind: "undeliverable", reason: "nothing to say", chatGone: false };
        await editAnyway(api, composed, stale, deadline);
        return { kind: "sent" };
      }),
  };

  async function inTime(
    signal: AbortSignal,
    { attempt }: Notification,
    work: (deadline: AbortSignal) => Promise<DeliveryResult>,
  ): Promise<DeliveryResult> {
    const deadline = new AbortController();
    const timer = setTimeout(() => deadline.abort(), deadlineMs);
    const hurry = () => setTimeout(() => deadline.abort(), graceMs).unref();
    signal.addEventListener("abort", hurry, { once: true });
    try {
      return await work(deadline.signal);
    } catch (error) {
      if (isTokenRefused(error)) {
        logger.error("Telegram refuses TELEGRAM_BOT_TOKEN: nothing can be sent. Get a valid token from @BotFather.");
      }
      return resultOf(error, attempt);
    } finally {
      clearTimeout(timer);
      signal.removeEventListener("abort", hurry);
    }
  }

  async function send(
    composed: Composed,
    notification: Notification,
    facts: Facts,
    signal: AbortSignal,
  ): Promise<DeliveryResult> {
    switch (composed.kind) {
      case "callback_answer": {
        const { callbackQueryId, text, alert } = composed;
        const words = text === "" ? {} : { text, ...(alert ? { show_alert: true } : {}) };
        await api.answerCallbackQuery(callbackQueryId, words, abortedBy(signal));
        return { kind: "sent" };
      }
      case "document":
        return sendDocument(composed.format, notification, facts, signal);
      case "message":
        return sendOrEdit(composed, notification, signal);
    }
  }

  /** A list that is paged through stays one message, as long as it is there. */
  async function sendOrEdit(
    composed: ComposedMessage,
    notification: Notification,
    signal: AbortSignal,
  ): Promise<DeliveryResult> {
    const messageId = asInteger(notification.payload["editMessageId"]);
    if (messageId !== undefined) {
      try {
        await editAnyway(api, composed, { ...notification, messageId }, signal);
        return { kind: "sent", messageId };
      } catch (error) {
        if (!isMessageGone(error)) throw error;
      }
    }
    const picture = await pictureFor(notification);
    if (picture !== undefined && isCaption(composed)) {
      try {
        return await sendPicture(picture, composed, notification, signal);
      } catch (error) {
        // The words matter more than the picture.
        if (!isRefused(error)) throw error;
      }
    }
    return sendAnyway(db, notification, async (place, without) => {
      const { text, options: how, keyboard, question } = shapeMessage(composed, notification, without);
      const markup = { ...question, ...keyboard };
      const { message_id } = await api.sendMessage(
        place.chatId,
        text,
        { ...how, ...markup, ...place.options },
        abortedBy(signal),
      );
      return message_id;
    });
  }

  async function pictureFor({ kind, siteId, payload }: Notification): Promise<Uint8Array | undefined> {
    const revision = asInteger(payload["revision"]);
    return kind === "completed" && siteId !== undefined && revision !== undefined
      ? files?.findPicture(siteId, revision)
      : undefined;
  }

  function sendPicture(
    picture: Uint8Array,
    composed: ComposedMessage,
    notification: Notification,
    signal: AbortSignal,
  ): Promise<DeliveryResult> {
    return sendAnyway(db, notification, async (place, without) => {
      const { text: caption, options: how, keyboard } = shapeMessage(composed, notification, without);
      const { link_preview_options: _, ...markup } = how;
      const photo = new InputFile(picture, "page.png");
      const options = { caption, ...markup, ...keyboard, ...place.options };
      return (await api.sendPhoto(place.chatId, photo, options, abortedBy(signal))).message_id;
    });
  }

  async function sendDocument(
    format: SiteFormat,
    notification: Notification,
    { site }: Facts,
    signal: AbortSignal,
  ): Promise<DeliveryResult> {
    const file = site && (await files?.exportSite(site.id, site.revision, format));
    if (file === undefined) {
      const gone = composeMessage({ ...notification, kind: "site_gone" }, { links, facts: {}, dailyLimit });
      return gone?.kind === "message"
        ? sendOrEdit(gone, notification, signal)
        : { kind: "undeliverable", reason: "the page is gone", chatGone: false };
    }
    return sendAnyway(db, notification, async (place) => {
      const document = new InputFile(file.bytes, file.name);
      const { message_id } = await api.sendDocument(place.chatId, document, place.options, abortedBy(signal));
      return message_id;
    });
  }
}
