import type { Database } from "../db/database.ts";
import type { JobId, SiteId } from "../ids.ts";
import type { Logger } from "../logger.ts";
import type { JobLook } from "./job-look.ts";
import type { Notification, Notifier } from "./notifier.ts";
import type { Signals } from "./signals.ts";

/** How long a delivery may take before another process tries: twice the messenger's own deadline. */
export const deliveryLeaseSeconds = 60;

export interface Delivering {
  db: Database;
  signals: Signals;
  notifier: Notifier;
  logger: Logger;
}

/** A notification that this process, and no other, may deliver now. */
export interface TakenNotification extends Notification {
  token: string;
}

export interface NotificationRow {
  id: number;
  chat_id: number;
  thread_id: number | null;
  reply_to_message_id: number | null;
  job_id: JobId | null;
  site_id: SiteId | null;
  look: JobLook | null;
  kind: string;
  payload: Record<string, unknown>;
  language: string | null;
  attempt: number;
  lease_token: string;
  traceparent: string | null;
}

export function toNotification(row: NotificationRow): TakenNotification {
  return {
    id: row.id,
    chatId: row.chat_id,
    threadId: row.thread_id ?? undefined,
    replyToMessageId: row.reply_to_message_id ?? undefined,
    jobId: row.job_id ?? undefined,
    siteId: row.site_id ?? undefined,
    look: row.look ?? undefined,
    kind: row.kind,
    payload: row.payload,
    language: row.language ?? undefined,
    attempt: row.attempt,
    token: row.lease_token,
    traceparent: row.traceparent ?? undefined,
  };
}
