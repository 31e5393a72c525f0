import type { Notification } from "../../jobs/notifier.ts";
import { type ComposedMessage, message } from "../composed.ts";
import { escapeHtml } from "../html.ts";
import { asInteger, asString } from "../json-object.ts";
import { describeAlert } from "./describe.ts";

/**
 * What operators hear, and what they have everybody told.
 *
 * @param answer What came of the command that the notification is.
 * @returns `undefined` when it is neither.
 */
export function composeAdmin({ kind, payload }: Notification, answer: string | undefined): ComposedMessage | undefined {
  const html = wordsOf(kind, payload, answer);
  return html === undefined ? undefined : message(html);
}

function wordsOf(kind: string, payload: Record<string, unknown>, answer: string | undefined): string | undefined {
  switch (kind) {
    case "admin":
      return answer;
    case "alert":
      return describeAlert(asString(payload["cause"]) ?? "");
    case "broadcast":
      return escapeHtml(asString(payload["text"]) ?? "");
    case "broadcast_done":
      return `Everybody has it: ${asInteger(payload["recipients"]) ?? 0} chats.`;
    default:
      return undefined;
  }
}
