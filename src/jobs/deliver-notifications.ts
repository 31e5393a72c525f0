import { sql } from "drizzle-orm";
import type { Database } from "../db/database.ts";
import { runDeliveryLoop } from "./delivery-loop.ts";
import { createFloodGate } from "./flood-gate.ts";
import { editPace, followJobs } from "./follow-jobs.ts";
import { isFinalLook, line, look } from "./job-look.ts";
import type { DeliveryResult, Notification } from "./notifier.ts";
import {
  type Delivering,
  deliveryLeaseSeconds,
  type NotificationRow,
  type TakenNotification,
  toNotification,
} from "./taken-notification.ts";
import { whileDatabaseIsDown } from "./while-database-is-down.ts";

/** Chats served at once. Bounded by sockets, not by Telegram, which says itself when it is too much. */
const maxInFlight = 100;
/** Of these, kept free for what cannot wait. */
const urgentReserve = 10;
/** How long a message is left to a process that delivers it better. */
const reluctance = sql`interval '3 seconds'`;
/** Telegram keeps an update for a day; a message that could not be sent for a day is news no longer. */
const maxAge = sql`interval '24 hours'`;

/**
 * Sends what is recorded in `notifications`, in order per chat, until `signal` aborts, and keeps the messages that
 * follow a job up to date. Runs in every API and worker process. A crash between sending and recording may repeat one
 * message, and loses none.
 */
export async function deliverNotifications(delivering: Delivering, signal: AbortSignal): Promise<void> {
  const { db, notifier, logger } = delivering;
  const gate = createFloodGate();
  const sending = runDeliveryLoop<TakenNotification>(
    {
      ...delivering,
      wakeOn: "notification",
      limit: maxInFlight,
      async take(free) {
        if (gate.isShut()) return [];
        const { unable, reluctant } = notifier;
        const others = free - urgentReserve;
        return takeDue(
          db,
          others > 0
            ? { free: others, urgentOnly: false, unable, reluctant }
            : { free, urgentOnly: true, unable, reluctant },
        );
      },
      async deliver(notification) {
        const result = await notifier.deliver(notification, signal);
        if (result.kind !== "sent") {
          const { id, jobId } = notification;
          logger.info({ notification: id, jobId, reason: result.reason }, `message ${result.kind}`);
        }
        if (result.kind === "deferred" && result.flood) gate.close(notification.chatId, result.delayMs);
        // A database that is away for a moment is no reason to send it twice. Too late, this changes nothing.
        await whileDatabaseIsDown(() => record(db, notification, result), signal);
      },
    },
    signal,
  );
  await Promise.all([sending, followJobs({ ...delivering, gate }, signal)]);
}

/** What this process would deliver now. */
interface Due {
  free: number;
  urgentOnly: boolean;
  unable: readonly string[];
  reluctant: readonly string[];
}

/**
 * The oldest waiting message of each chat, unless somebody is sending it; and what is urgent, whatever waits before it.
 *
 * An outbox is empty whenever the planner's statistics are made, so it expects one row and not a backlog of thousands.
 * Each step is therefore written so that no plan reads the waiting messages more than once: the candidates are sorted
 * before they are locked, and each is found by its key, with a condition that no partial index answers.
 */
export async function takeDue(
  db: Database,
  { free, urgentOnly, unable, reluctant }: Due,
): Promise<TakenNotification[]> {
  const rows = await db.query<NotificationRow>(sql`
    with ${line}, heads as materialized (
      select distinct on (chat_id, case when urgent then id end) id, chat_id, kind, urgent, available_at, lease_expires_at
      from notifications where status = 'pending' ${urgentOnly ? sql`and urgent` : sql``}
      order by chat_id, case when urgent then id end, id
    ), due as materialized (
      select heads.id from heads join chats on chats.id = heads.chat_id
      where heads.available_at <= now() and (heads.lease_expires_at is null or heads.lease_expires_at < now())
        and (heads.urgent or chats.quiet_until is null or chats.quiet_until <= now())
        and heads.kind not in (select jsonb_array_elements_text(${JSON.stringify(unable)}::text::jsonb))
        and (heads.available_at < now() - ${reluctance} or heads.kind not in (select jsonb_array_elements_text(${JSON.stringify(reluctant)}::text::jsonb)))
      order by heads.urgent desc, heads.available_at
    ), mine as (
      select locked.id from due cross join lateral (
        select n.id from notifications n
        where n.id = due.id and n.finished_at is null and (n.lease_expires_at is null or n.lease_expires_at < now())
        for update skip locked
      ) as locked
      limit ${free}::int
    ), taken as (
      update notifications n set attempt = n.attempt + 1, lease_token = gen_random_uuid(),
        lease_expires_at = now() + make_interval(secs => ${deliveryLeaseSeconds}::int)
      from mine where n.id = mine.id
      returning n.*
    )
    select n.id, n.chat_id, n.thread_id, n.reply_to_message_id, n.job_id, coalesce(n.site_id, j.site_id) as site_id, n.kind, n.payload,
           coalesce(chats.chosen_language, chats.language) as language, n.attempt, n.lease_token,
           case when n.kind = 'accepted' and j.id is not null then ${look} end as look, j.traceparent
    from taken n join chats on chats.id = n.chat_id left join jobs j on j.id = n.job_id`);
  return rows.map(toNotification);
}

async function record(db: Database, notification: TakenNotification, result: DeliveryResult): Promise<void> {
  const { id, token, chatId } = notification;
  const mine = sql`where id = ${id}::bigint and lease_token = ${token}::uuid`;
  switch (result.kind) {
    case "sent":
      await db.query(sql`
        with paced as (
          update chats set next_edit_at = now() + ${editPace} where id = ${chatId}::bigint and ${follows(notification)}::boolean
        )
        update notifications set status = 'sent', finished_at = now(), message_id = ${result.messageId ?? null}::bigint,
          shown = ${follows(notification) ? (notification.look ?? null) : null}::text,
          error = null, lease_token = null, lease_expires_at = null ${mine}`);
      return;
    case "deferred":
      await db.query(sql`
        with quiet as (
          update chats set quiet_until = now() + make_interval(secs => ${result.delayMs / 1000}::double precision)
          where id = ${chatId}::bigint and ${result.flood ?? false}::boolean
        )
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

/** The message that says a prompt was accepted goes on saying where its job is. */
function follows({ kind, look: now }: Notification): boolean {
  return kind === "accepted" && now !== undefined && !isFinalLook(now);
}
