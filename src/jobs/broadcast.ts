import { sql } from "drizzle-orm";
import type { Database } from "../db/database.ts";
import type { Logger } from "../logger.ts";
import { pause } from "./pause.ts";
import { notify } from "./signals.ts";

/** Telegram takes some 30 messages a second from a bot; the rest is for answers to people. */
const sliceSize = 20;
const sliceMs = 1000;
const idleMs = 5000;

/** Everybody who has written to the bot in private, and has not blocked it. */
const everybody = sql`type = 'private' and unreachable_at is null`;

export interface DraftBroadcast {
  id: number;
  recipients: number;
}

/**
 * Records a message to everybody. Nothing is sent before it is confirmed.
 *
 * @param command Notification that the command came as: carried out twice, it makes one broadcast.
 */
export async function draftBroadcast(
  db: Database,
  { command, chatId, body }: { command: number; chatId: number; body: string },
): Promise<DraftBroadcast> {
  const [row] = await db.query<DraftBroadcast>(sql`
    with draft as (
      insert into broadcasts (notification_id, chat_id, body) values (${command}::bigint, ${chatId}::bigint, ${body}::text)
      on conflict (notification_id) do update set body = excluded.body
      returning id
    )
    select id, (select count(*)::int from chats where ${everybody}) as recipients from draft`);
  if (row === undefined) throw new TypeError("an insert returned no row");
  return row;
}

/** @returns Whether it goes out now; not when it is under way already, or nobody wrote it in this chat. */
export async function confirmBroadcast(db: Database, { id, chatId }: { id: number; chatId: number }): Promise<boolean> {
  const rows = await db.query(sql`
    update broadcasts set confirmed_at = now(), next_at = now()
    where id = ${id}::bigint and chat_id = ${chatId}::bigint and confirmed_at is null and created_at > now() - interval '1 day'
    returning id`);
  return rows.length > 0;
}

/**
 * Puts the next slice of a confirmed broadcast into the outbox, in one statement: a crash in between neither loses a
 * recipient nor writes to one twice, and however many processes do this, a second's slice is one slice.
 *
 * @returns Whether there was anything to do.
 */
export async function broadcastSlice(db: Database): Promise<boolean> {
  const rows = await db.query(sql`
    with due as (
      select id, chat_id, body, last_chat_id, recipients from broadcasts
      where confirmed_at is not null and finished_at is null and next_at <= now()
      order by id limit 1 for update skip locked
    ), slice as (
      select chats.id, due.body from due join chats on chats.id > due.last_chat_id
      where ${everybody} order by chats.id limit ${sliceSize}::int
    ), total as (
      select count(*)::int as count, max(id) as last from slice
    ), said as (
      insert into notifications (chat_id, kind, payload)
      select id, 'broadcast', jsonb_build_object('text', body) from slice
      returning ${notify("notification", sql`chat_id::text`)}
    ), told as (
      insert into notifications (chat_id, kind, payload)
      select chat_id, 'broadcast_done', jsonb_build_object('recipients', recipients + total.count)
      from due, total where total.count < ${sliceSize}::int
      returning ${notify("notification", sql`chat_id::text`)}
    )
    update broadcasts set
      last_chat_id = coalesce(total.last, broadcasts.last_chat_id), recipients = broadcasts.recipients + total.count,
      next_at = now() + make_interval(secs => ${sliceMs / 1000}::double precision),
      finished_at = case when total.count < ${sliceSize}::int then now() end
    from due, total where broadcasts.id = due.id
    returning broadcasts.id`);
  return rows.length > 0;
}

/** Sends confirmed broadcasts, slice by slice, until `signal` aborts. */
export async function runBroadcasts(
  { db, logger }: { db: Database; logger: Logger },
  signal: AbortSignal,
): Promise<void> {
  let healthy = true;
  while (!signal.aborted) {
    let busy = false;
    try {
      busy = await broadcastSlice(db);
      healthy = true;
    } catch (error) {
      if (healthy) logger.warn({ err: error }, "cannot look for broadcasts, trying again");
      healthy = false;
    }
    await pause(busy ? sliceMs : idleMs, signal);
  }
}
