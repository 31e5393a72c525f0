import type { Database } from "../db/database.ts";
import type { DeliveryResult, Notification, StaleMessage } from "../jobs/notifier.ts";
import type { ComposedMessage } from "./composed.ts";
import { findNewChatId, findRemedy, type Remedy } from "./delivery-failure.ts";
import { moveChat } from "./move-chat.ts";
import { shapeMessage, shapePlace } from "./shape-message.ts";
import { abortedBy, type TelegramApi } from "./telegram-api.ts";

/** Where a message goes, as the methods that send one want it. */
interface Place {
  chatId: number;
  options: ReturnType<typeof shapePlace>;
}

/**
 * Sends, and does without what Telegram refuses as far as the message says the same without it. A group that moved is
 * followed.
 *
 * @param sendTo Sends it once and gives the id of the new message.
 */
export async function sendAnyway(
  db: Database,
  notification: Notification,
  sendTo: (place: Place, without: ReadonlySet<Remedy>) => Promise<number>,
): Promise<DeliveryResult> {
  let { chatId } = notification;
  const without = new Set<Remedy>();
  for (;;) {
    try {
      const messageId = await sendTo({ chatId, options: shapePlace(notification, without) }, without);
      return { kind: "sent", messageId };
    } catch (error) {
      const newChatId = findNewChatId(error);
      const remedy = findRemedy(error);
      if (newChatId !== undefined && newChatId !== chatId) {
        await moveChat(db, chatId, newChatId);
        chatId = newChatId;
        // What it answers and where are of the old group.
        without.add("without_reply").add("without_thread");
      } else if (remedy !== undefined && !without.has(remedy)) {
        without.add(remedy);
      } else {
        throw error;
      }
    }
  }
}

/** Edits, and does without what Telegram refuses. */
export async function editAnyway(
  api: TelegramApi,
  composed: ComposedMessage,
  message: Omit<StaleMessage, "look">,
  signal: AbortSignal,
): Promise<void> {
  const without = new Set<Remedy>();
  for (;;) {
    try {
      const { text, options: how, keyboard } = shapeMessage(composed, message, without);
      const { chatId, messageId } = message;
      await api.editMessageText(chatId, messageId, text, { ...how, ...keyboard }, abortedBy(signal));
      return;
    } catch (error) {
      const remedy = findRemedy(error);
      if (remedy === undefined || without.has(remedy)) throw error;
      without.add(remedy);
    }
  }
}
