import type { JobId, SiteId } from "../ids.ts";
import type { JobLook } from "./job-look.ts";

/** Something to tell a person, recorded in the same statement as the state change it tells of. */
export interface Notification {
  id: number;
  chatId: number;
  threadId: number | undefined;
  replyToMessageId: number | undefined;
  jobId: JobId | undefined;
  /** The site it is about: the job's, or the one it names itself. */
  siteId: SiteId | undefined;
  /** Where its job is at this moment. */
  look: JobLook | undefined;
  /** What it says: `accepted`, `completed`, `failed`, `cancelled`, or a kind of the messenger's own. */
  kind: string;
  payload: Record<string, unknown>;
  /** The language the person chose, or else the one the messenger gave (BCP 47). */
  language: string | undefined;
  /** Trace of the job it tells of. */
  traceparent?: string | undefined;
  /** Deliveries tried, including this one. */
  attempt: number;
}

/** A message that follows its job, and no longer says where that is. */
export interface StaleMessage extends Notification {
  look: JobLook;
  messageId: number;
}

export type DeliveryResult =
  | { kind: "sent"; messageId?: number | undefined }
  /**
   * Try again, no earlier than after `delayMs`. Later messages of the same chat wait behind it. `flood`: the messenger
   * asked for the pause.
   */
  | { kind: "deferred"; delayMs: number; reason: string; flood?: boolean }
  /** It will never arrive. `chatGone`: nor will any other message to this chat. */
  | { kind: "undeliverable"; reason: string; chatGone: boolean };

/** Carries notifications to people. Implementation: `src/telegram/`. */
export interface Notifier {
  /** Kinds that this process cannot deliver, because it lacks what belongs to them; another can. */
  readonly unable: readonly string[];
  /** Kinds that a process with those files delivers better: left to it for a moment. */
  readonly reluctant: readonly string[];
  /** Never throws: whatever happens is a result. */
  deliver(notification: Notification, signal: AbortSignal): Promise<DeliveryResult>;
  /** Makes a message sent before say where its job is now. Never throws. */
  edit(message: StaleMessage, signal: AbortSignal): Promise<DeliveryResult>;
}
