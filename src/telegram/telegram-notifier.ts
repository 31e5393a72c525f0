import type { Database } from "../db/database.ts";
import type { DeliveryResult, Notification, Notifier } from "../jobs/notifier.ts";
import type { Logger } from "../logger.ts";
import { type Composed, composeMessage } from "./compose-message.ts";
import { findNewChatId, findRemedy, isTokenRefused, type Remedy, resultOf } from "./delivery-failure.ts";
import { toPlainText } from "./html.ts";
import { moveChat } from "./move-chat.ts";
import { abortedBy, type TelegramApi } from "./telegram-api.ts";

/** For everything one notification needs; half the time after which another process would try. */
const deadlineMs = 25_000;
/**
 * When the process is to end, a message on its way gets this long: broken off, it may have arrived, and would be sent
 * once more after the restart.
 */
const graceMs = 2000;

/** Sends notifications as Telegram messages. */
export function createTelegramNotifier({
  api,
  db,
  logger,
}: {
  api: TelegramApi;
  db: Database;
  logger: Logger;
}): Notifier {
  return {
    async deliver(notification, signal) {
      const composed = composeMessage(notification);
      if (composed === undefined) {
        return { kind: "undeliverable", reason: `unknown kind ${notification.kind}`, chatGone: false };
      }
      const deadline = new AbortController();
      const timer = setTimeout(() => deadline.abort(), deadlineMs);
      const hurry = () => setTimeout(() => deadline.abort(), graceMs).unref();
      signal.addEventListener("abort", hurry, { once: true });
      try {
        return await send(composed, notification, deadline.signal);
      } catch (error) {
        if (isTokenRefused(error)) {
          logger.error("Telegram refuses TELEGRAM_BOT_TOKEN: nothing can be sent. Get a valid token from @BotFather.");
        }
        return resultOf(error, notification.attempt);
      } finally {
        clearTimeout(timer);
        signal.removeEventListener("abort", hurry);
      }
    },
  };

  async function send(composed: Composed, notification: Notification, signal: AbortSignal): Promise<DeliveryResult> {
    if (composed.kind === "callback_answer") {
      await api.answerCallbackQuery(composed.callbackQueryId, { text: composed.text }, abortedBy(signal));
      return { kind: "sent" };
    }
    let { chatId } = notification;
    const without = new Set<Remedy>();
    for (;;) {
      try {
        const { text, options } = shape(composed, notification, without);
        const { message_id } = await api.sendMessage(chatId, text, options, abortedBy(signal));
        return { kind: "sent", messageId: message_id };
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
}

function shape(
  { html, button }: Extract<Composed, { kind: "message" }>,
  { chatId, threadId, replyToMessageId, jobId }: Notification,
  without: ReadonlySet<Remedy>,
) {
  const plain = without.has("as_plain_text");
  // In a private chat an answer needs no quote, unless it comes later than the next message.
  const replyTo = jobId !== undefined || chatId < 0 ? replyToMessageId : undefined;
  return {
    text: plain ? toPlainText(html) : html,
    options: {
      ...(plain ? {} : { parse_mode: "HTML" as const }),
      ...(button && !without.has("without_button")
        ? { reply_markup: { inline_keyboard: [[{ text: button.text, url: button.url }]] } }
        : {}),
      ...(replyTo !== undefined && !without.has("without_reply")
        ? { reply_parameters: { message_id: replyTo, allow_sending_without_reply: true } }
        : {}),
      ...(threadId !== undefined && !without.has("without_thread") ? { message_thread_id: threadId } : {}),
      // The link is the only key to the page, and Telegram's crawler need not have it.
      link_preview_options: { is_disabled: true },
    },
  };
}
