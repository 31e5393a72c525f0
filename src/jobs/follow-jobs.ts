import { sql } from "drizzle-orm";
import type { Database } from "../db/database.ts";
import { runDeliveryLoop } from "./delivery-loop.ts";
import type { FloodGate } from "./flood-gate.ts";
import { isFinalLook, type JobLook, line, look } from "./job-look.ts";
import type { DeliveryResult, StaleMessage } from "./notifier.ts";
import { type Delivering, deliveryLeaseSeconds, type NotificationRow, toNotification } from "./taken-notification.ts";
import { whileDatabaseIsDown } from "./while-database-is-down.ts";

const maxInFlight = 50;
/**
 * Between two edits in one chat, and after the message itself. Telegram counts about one a second in private and twenty a minute in groups.
 *
 * @see https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this
 */
export const editPace = sql`case when id < 0 then interval '3.1 seconds' else interval '1.1 seconds' end`;

/**
 * Edits each message that follows a job when that job looks different, until `signal` aborts. What a message skips
 * while it waits for its next edit was not worth one.
 */
export async function followJobs(
  { db, signals, notifier, logger, gate }: Delivering & { gate: FloodGate },
  signal: AbortSignal,
): Promise<void> {
  await runDeliveryLoop<Taken>(
    {
      signals,
      wakeOn: "changed",
      limit: maxInFlight,
      logger,
      take: async (free) => (gate.isShut() ? [] : takeStale(db, free)),
      async deliver(message) {
        const result = await notifier.edit(message, signal);
        if (result.kind !== "sent") {
          logger.info({ notification: message.id, jobId: message.jobId, reason: result.reason }, `edit ${result.kind}`);
        }
        if (result.kind === "deferred" && result.flood) gate.close(message.chatId, result.delayMs);
        await whileDatabaseIsDown(() => record(db, message, result), signal);
      },
    },
    signal,
  );
}

interface Taken extends StaleMessage {
  token: string;
}

/**
 * One message of each chat that may be edited now, those of finished jobs first. Written like {@link takeDue} for a
 * planner that expects a single row.
 */
export async function takeStale(db: Database, free: number): Promise<Taken[]> {
  const rows = await db.query<NotificationRow & { message_id: number; look: JobLook }>(sql`
    with ${line}, looks as materialized (
      select n.id, n.chat_id, n.shown, ${look} as look
      from notifications n join jobs j on j.id = n.job_id
      where n.shown is not null and n.message_id is not null
    ), behind as materialized (
      select distinct on (looks.chat_id) looks.id, looks.look from looks join chats on chats.id = looks.chat_id
      where looks.shown <> looks.look and chats.next_edit_at <= now() and (chats.quiet_until is null or chats.quiet_until <= now())
      order by looks.chat_id, looks.look in ('completed', 'failed', 'cancelled') desc, looks.id
    ), mine as (
      select locked.id, locked.chat_id, behind.look from behind cross join lateral (
        select n.id, n.chat_id from notifications n
        where n.id = behind.id and coalesce(n.shown, behind.look) <> behind.look and (n.lease_expires_at is null or n.lease_expires_at < now())
        for update skip locked
      ) as locked
      limit ${free}::int
    ), paced as (
      update chats set next_edit_at = now() + ${editPace} where id in (select chat_id from mine)
    ), taken as (
      update notifications n set lease_token = gen_random_uuid(), lease_expires_at = now() + make_interval(secs => ${deliveryLeaseSeconds}::int)
      from mine where n.id = mine.id
      returning n.*, mine.look
    )
    select n.id, n.chat_id, n.thread_id, n.reply_to_message_id, n.job_id, j.site_id, n.kind, n.payload, n.message_id,
           coalesce(chats.chosen_language, chats.language) as language, n.attempt, n.lease_token, n.look
    from taken n join chats on chats.id = n.chat_id join jobs j on j.id = n.job_id`);
  return rows.map((row) => ({ ...toNotification(row), look: row.look, messageId: row.message_id }));
}

async function record(db: Database, { id, token, chatId, look: now }: Taken, result: DeliveryResult): Promise<void> {
  const mine = sql`where id = ${id}::bigint and lease_token = ${token}::uuid`;
  if (result.kind === "deferred") {
    await db.query(sql`
      with later as (
        update chats set next_edit_at = now() + make_interval(secs => ${result.delayMs / 1000}::double precision) where id = ${chatId}::bigint
      )
      update notifications set lease_token = null, lease_expires_at = null ${mine}`);
    return;
  }
  // A message that is gone follows nothing any more.
  const shown = result.kind === "sent" && !isFinalLook(now) ? now : null;
  const gone = result.kind === "undeliverable" && result.chatGone;
  await db.query(sql`
    with followed as (
      update notifications set shown = ${shown}::text, lease_token = null, lease_expires_at = null ${mine} returning chat_id
    )
    update chats set unreachable_at = now() from followed where chats.id = followed.chat_id and ${gone}::boolean`);
}
