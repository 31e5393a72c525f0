import { sql } from "drizzle-orm";
import type { Database } from "../db/database.ts";
import type { Logger } from "../logger.ts";
import { pause } from "./pause.ts";
import { notify } from "./signals.ts";

/** What an operator has to hear of without asking. */
export type AlertCause = "no_worker" | "provider_failing" | "storage_failing";

const lookEveryMs = 30_000;
/** A job waits this long only when nobody takes it. */
const patience = sql`interval '2 minutes'`;
/** Failures are counted over this time, and this many of them are no accident. */
const recent = sql`interval '15 minutes'`;
const several = 3;

/** What is wrong at this moment, as far as the database shows it. */
export async function findTrouble(db: Database): Promise<AlertCause[]> {
  const [row] = await db.query<Record<AlertCause, boolean>>(sql`
    with latest as (
      select status, error_code, stage, finished_at from jobs
      where created_at > now() - ${recent} order by created_at desc limit 200
    )
    select
      exists (select from jobs where status = 'queued' and available_at < now() - ${patience})
        and not exists (select from jobs where status = 'running' and lease_expires_at > now()) as no_worker,
      (select count(*) filter (where error_code like 'provider%') >= ${several}::int and count(*) filter (where status = 'completed') = 0 from latest) as provider_failing,
      exists (select from latest where error_code = 'storage' and status in ('queued', 'running', 'failed')) as storage_failing`);
  return Object.entries(row ?? {}).flatMap(([cause, true_]) => (true_ ? [cause as AlertCause] : []));
}

/**
 * Tells the operators' chats, at most once per cause and hour however many processes notice it: one statement decides.
 *
 * @returns Whether it was told now.
 */
export async function raiseAlert(db: Database, cause: AlertCause, operators: Iterable<number>): Promise<boolean> {
  const chats = JSON.stringify([...operators]);
  const rows = await db.query(sql`
    with raised as (
      insert into alerts (cause) values (${cause}::text)
      on conflict (cause) do update set raised_at = now() where alerts.raised_at < now() - interval '1 hour'
      returning cause
    ), said as (
      insert into notifications (chat_id, kind, payload)
      select chats.id, 'alert', jsonb_build_object('cause', cause)
      from raised, chats where chats.id in (select value::bigint from jsonb_array_elements_text(${chats}::text::jsonb))
      returning ${notify("notification", sql`chat_id::text`)}
    )
    select cause from raised`);
  return rows.length > 0;
}

/** Looks for trouble until `signal` aborts, and raises what it finds. */
export async function watchForTrouble(
  { db, logger, operators }: { db: Database; logger: Logger; operators: ReadonlySet<number> },
  signal: AbortSignal,
): Promise<void> {
  while (operators.size > 0 && !signal.aborted) {
    await pause(lookEveryMs, signal);
    if (signal.aborted) return;
    try {
      for (const cause of await findTrouble(db)) {
        if (await raiseAlert(db, cause, operators)) logger.warn({ cause }, "operators are alerted");
      }
    } catch (error) {
      logger.debug({ err: error }, "cannot look for trouble");
    }
  }
}
