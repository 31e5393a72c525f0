import { sql } from "drizzle-orm";
import type { Database } from "../db/database.ts";
import type { JobId } from "../ids.ts";
import type { Logger } from "../logger.ts";
import type { DeliveryResult, Notification, Notifier } from "./notifier.ts";
import type { Signals } from "./signals.ts";

const pollMs = 1000;
/** Chats served at once. Telegram asks for no more than about 30 messages a second over all chats. */
const batchSize = 20;
/** How long a delivery may take before another process tries: twice the messenger's own deadline. */
const leaseSeconds = 60;
/** Telegram keeps an update for a day; a message that could not be sent for a day is news no longer. */
const maxAge = sql`interval '24 hours'`;

/**
 * Sends what is recorded in `notifications`, in order per chat, until `signal` aborts. Runs in every API and worker
 * process. A crash between sending and recording may repeat one message, and loses none.
 */
export async function deliverNotifications(
  { db, signals, notifier, logger }: { db: Database; signals: Signals; notifier: Notifier; logger: Logger },
  signal: AbortSignal,
): Promise<void> {
  let wake = Promise.withResolvers<void>();
  using _ = signals.on("notification", () => wake.resolve());
  signal.addEventListener("abort", () => wake.resolve(), { once: true });
  let healthy = true;
  while (!signal.aborted) {
    try {
      const due = await takeDue(db);
      await Promise.all(due.map((one) => deliver(one)));
      healthy = true;
      if (due.length > 0) continue;
    } catch (error) {
      if (healthy) logger.warn({ err: error }, "cannot read notifications, trying again every second");
      healthy = false;
    }
    const timer = setTimeout(() => wake.resolve(), pollMs);
    await wake.promise;
    clearTimeout(timer);
    if (!signal.aborted) wake = Promise.withResolvers();
  }

  async function deliver(notification: TakenNotification): Promise<void> {
    const result = await notifier.deliver(notification, signal);
    if (result.kind !== "sent") {
      logger.info(
        { notification: notification.id, jobId: notification.jobId, reason: result.reason },
        `message ${result.kind}`,
      );
    }
    await record(db, notification, result);
  }
}

interface TakenNotification extends Notification {
  token: string;
}

interface NotificationRow {
  id: number;
  chat_id: number;
  thread_id: number | null;
  reply_to_message_id: number | null;
  job_id: JobId | null;
  kind: string;
  payload: Record<string, unknown>;
  language: string | null;
  attempt: number;
  lease_token: string;
}

/** The oldest waiting message of each chat, unless somebody is sending it. */
async function takeDue(db: Database): Promise<TakenNotification[]> {
  const rows = await db.query<NotificationRow>(sql`
    with heads as (
      select distinct on (chat_id) id, available_at, lease_expires_at from notifications where status = 'pending' order by chat_id, id
    ), due as (
      select n.id from notifications n join heads using (id)
      where heads.available_at <= now() and (heads.lease_expires_at is null or heads.lease_expires_at < now()) and n.status = 'pending'
      order by heads.available_at limit ${batchSize}::int
      for update of n skip locked
    )
    update notifications n set attempt = n.attempt + 1, lease_token = gen_random_uuid(),
      lease_expires_at = now() + make_interval(secs => ${leaseSeconds}::int)
    from due, chats
    where n.id = due.id and chats.id = n.chat_id and (n.lease_expires_at is null or n.lease_expires_at < now())
    returning n.id, n.chat_id, n.thread_id, n.reply_to_message_id, n.job_id, n.kind, n.payload, chats.language, n.attempt, n.lease_token`);
  return rows.map((row) => ({
    id: row.id,
    chatId: row.chat_id,
    threadId: row.thread_id ?? undefined,
    replyToMessageId: row.reply_to_message_id ?? undefined,
    jobId: row.job_id ?? undefined,
    kind: row.kind,
    payload: row.payload,
    language: row.language ?? undefined,
    attempt: row.attempt,
    token: row.lease_token,
  }));
}

async function record(db: Database, { id, token }: TakenNotification, result: DeliveryResult): Promise<void> {
  const mine = sql`where id = ${id}::bigint and lease_token = ${token}::uuid`;
  switch (result.kind) {
    case "sent":
      await db.query(sql`
        update notifications set status = 'sent', finished_at = now(), message_id = ${result.messageId ?? null}::bigint, error = null, lease_token = null ${mine}`);
      return;
    case "deferred":
      await db.query(sql`
        update notifications set
          status = case when created_at < now() - ${maxAge} then 'undeliverable' else 'pending' end,
          finished_at = case when created_at < now() - ${maxAge} then now() end,
          available_at = now() + make_interval(secs => ${result.delayMs / 1000}::double precision),
          error = ${result.reason}::text, lease_token = null, lease_expires_at = null ${mine}`);
      return;
    case "undeliverable":
      await db.query(sql`
        with gone as (
          update notifications set status = 'undeliverable', finished_at = now(), error = ${result.reason}::text, lease_token = null ${mine} returning chat_id
        )
        update chats set unreachable_at = now() from gone where chats.id = gone.chat_id and ${result.chatGone}::boolean`);
      return;
  }
}
