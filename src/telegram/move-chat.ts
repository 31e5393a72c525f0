import { sql } from "drizzle-orm";
import type { Database } from "../db/database.ts";

/** A group became a supergroup and has another id: what waits for the one goes to the other. */
export async function moveChat(db: Database, from: number, to: number): Promise<void> {
  await db.query(sql`
    with moved as (
      insert into chats (id, type, language)
      select ${to}::bigint, 'supergroup', language from chats where id = ${from}::bigint
      on conflict (id) do update set unreachable_at = null
    ), jobs_moved as (
      update jobs set chat_id = ${to}::bigint where chat_id = ${from}::bigint and finished_at is null
    ), notifications_moved as (
      update notifications set chat_id = ${to}::bigint where chat_id = ${from}::bigint and status = 'pending'
    )
    update chats set unreachable_at = now() where id = ${from}::bigint`);
}
