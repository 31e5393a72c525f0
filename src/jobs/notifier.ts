import type { JobId } from "../ids.ts";

/** Something to tell a person, recorded in the same statement as the state change it tells of. */
export interface Notification {
  id: number;
  chatId: number;
  threadId: number | undefined;
  replyToMessageId: number | undefined;
  jobId: JobId | undefined;
  /** What it says: `accepted`, `completed`, `failed`, `cancelled`, or a kind of the messenger's own. */
  kind: string;
  payload: Record<string, unknown>;
  /** Language of the person, as the messenger gave it (BCP 47). */
  language: string | undefined;
  /** Deliveries tried, including this one. */
  attempt: number;
}

export type DeliveryResult =
  | { kind: "sent"; messageId?: number | undefined }
  /** Try again, no earlier than after `delayMs`. Later messages of the same chat wait behind it. */
  | { kind: "deferred"; delayMs: number; reason: string }
  /** It will never arrive. `chatGone`: nor will any other message to this chat. */
  | { kind: "undeliverable"; reason: string; chatGone: boolean };

/** Carries notifications to people. Implementation: `src/telegram/`. */
export interface Notifier {
  /** Never throws: whatever happens is a result. */
  deliver(notification: Notification, signal: AbortSignal): Promise<DeliveryResult>;
}
