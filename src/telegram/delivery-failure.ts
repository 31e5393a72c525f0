import { GrammyError, HttpError } from "grammy";
import type { DeliveryResult } from "../jobs/notifier.ts";

/** What to do about an error of the Bot API, as far as sending the same again cannot mend it. */
export type Remedy = "as_plain_text" | "without_button" | "without_reply" | "without_thread";

const remedies: readonly (readonly [RegExp, Remedy])[] = [
  [/can't parse entities|ENTIT(Y|IES)_/i, "as_plain_text"],
  [/button|keyboard|reply markup/i, "without_button"],
  [/message to be replied|reply message|replied message/i, "without_reply"],
  [/thread not found|TOPIC_DELETED|TOPIC_ID_INVALID/i, "without_thread"],
];

/** How to send the message after all, if Telegram only dislikes a part of it. */
export function findRemedy(error: unknown): Remedy | undefined {
  if (!(error instanceof GrammyError) || error.error_code !== 400) return undefined;
  return remedies.find(([pattern]) => pattern.test(error.description))?.[1];
}

/** The new id of a group that became a supergroup. */
export function findNewChatId(error: unknown): number | undefined {
  return error instanceof GrammyError ? error.parameters.migrate_to_chat_id : undefined;
}

/** Telegram does not want this, however often it is sent. */
export function isRefused(error: unknown): boolean {
  return error instanceof GrammyError && error.error_code === 400;
}

/** The message to edit was deleted, or is too old to be edited. */
export function isMessageGone(error: unknown): boolean {
  return (
    error instanceof GrammyError &&
    error.error_code === 400 &&
    /message to edit not found|message can't be edited|MESSAGE_ID_INVALID/i.test(error.description)
  );
}

/** The token is wrong or revoked: nothing can be sent until an operator acts. */
export function isTokenRefused(error: unknown): boolean {
  // A malformed token is simply not found.
  return error instanceof GrammyError && (error.error_code === 401 || error.error_code === 404);
}

const tokenRefusedMs = 600_000;
const maxBackoffMs = 60_000;
const maxRetryAfterMs = 86_400_000;

/**
 * @param attempt Deliveries tried, including this one.
 */
export function resultOf(error: unknown, attempt: number): DeliveryResult {
  const reason = describeFailure(error);
  if (!(error instanceof GrammyError)) return { kind: "deferred", delayMs: backoffMs(attempt), reason };
  if (isTokenRefused(error)) return { kind: "deferred", delayMs: tokenRefusedMs, reason };
  const retryAfterMs = findRetryAfterMs(error);
  if (retryAfterMs !== undefined) return { kind: "deferred", delayMs: retryAfterMs, reason, flood: true };
  const { error_code: code, description } = error;
  switch (code) {
    case 400:
      if (/not modified/i.test(description)) return { kind: "sent" };
      return {
        kind: "undeliverable",
        reason,
        chatGone: /chat not found|user not found|PEER_ID_INVALID/i.test(description),
      };
    case 403:
      return { kind: "undeliverable", reason, chatGone: true };
    default:
      return { kind: "deferred", delayMs: backoffMs(attempt), reason };
  }
}

/** What Telegram asks to wait after too many requests. */
export function findRetryAfterMs(error: unknown): number | undefined {
  if (!(error instanceof GrammyError) || error.error_code !== 429) return undefined;
  return Math.min(Math.max(error.parameters.retry_after ?? 1, 1) * 1000, maxRetryAfterMs);
}

/** An error of the Bot API client in words that may be logged: without the URL, which holds the token. */
export function describeFailure(error: unknown): string {
  if (error instanceof GrammyError) {
    const description = /can't parse/i.test(error.description) ? "can't parse entities" : error.description;
    return `${error.method}: ${error.error_code} ${String(description).slice(0, 200)}`;
  }
  if (error instanceof HttpError) {
    const { code, name } = (error.error ?? {}) as { code?: unknown; name?: unknown };
    return `no answer from Telegram (${typeof code === "string" ? code : String(name)})`;
  }
  return error instanceof Error ? error.name : "unknown error";
}

function backoffMs(attempt: number): number {
  return Math.min(1000 * 2 ** Math.max(attempt - 1, 0), maxBackoffMs);
}
