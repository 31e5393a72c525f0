import type { Notification } from "../jobs/notifier.ts";
import type { ComposedMessage } from "./composed.ts";
import type { Remedy } from "./delivery-failure.ts";
import { toPlainText } from "./html.ts";

/** What `sendMessage` and `editMessageText` take, without what Telegram would not. */
export function shapeMessage(
  { html, keyboard, askWith }: ComposedMessage,
  { chatId }: Pick<Notification, "chatId">,
  without: ReadonlySet<Remedy>,
) {
  const plain = without.has("as_plain_text");
  const inline_keyboard = without.has("without_button") ? [] : keyboard;
  // In a group everybody's field would open.
  const asks = askWith !== undefined && chatId > 0 && !without.has("without_button");
  return {
    text: plain ? toPlainText(html) : html,
    options: {
      ...(plain ? {} : { parse_mode: "HTML" as const }),
      // The link is the only key to the page, and Telegram's crawler need not have it.
      link_preview_options: { is_disabled: true },
    },
    keyboard: inline_keyboard.length > 0 ? { reply_markup: { inline_keyboard } } : {},
    question: asks ? { reply_markup: { force_reply: true as const, input_field_placeholder: askWith } } : {},
  };
}

/** Whether it is short enough to stand below a picture: in the worst case every character counts. */
export function isCaption({ html }: ComposedMessage): boolean {
  return toPlainText(html).length <= 1024;
}

/** Which message it answers, and in which topic. */
export function shapePlace({ chatId, threadId, replyToMessageId, jobId }: Notification, without: ReadonlySet<Remedy>) {
  // In a private chat an answer needs no quote, unless it comes later than the next message.
  const replyTo = jobId !== undefined || chatId < 0 ? replyToMessageId : undefined;
  return {
    ...(replyTo !== undefined && !without.has("without_reply")
      ? { reply_parameters: { message_id: replyTo, allow_sending_without_reply: true } }
      : {}),
    ...(threadId !== undefined && !without.has("without_thread") ? { message_thread_id: threadId } : {}),
  };
}
