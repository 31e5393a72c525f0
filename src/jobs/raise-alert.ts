import { sql } from "drizzle-orm";
import type { Database } from "../db/database.ts";
import type { Logger } from "../logger.ts";
import { type AlertCause, findTrouble, isDiskFull } from "./find-trouble.ts";
import { pause } from "./pause.ts";
import { notify } from "./signals.ts";

const lookEveryMs = 30_000;
/** Who starts with everything else leaves the others time to start, and jobs of the night time to begin. */
const firstLookMs = 120_000;

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

/**
 * Looks for trouble until `signal` aborts, and raises what it finds.
 *
 * @param previewsPath Directory of the bundles, in a process that has it.
 */
export async function watchForTrouble(
  {
    db,
    logger,
    operators,
    previewsPath,
  }: { db: Database; logger: Logger; operators: ReadonlySet<number>; previewsPath?: string | undefined },
  signal: AbortSignal,
): Promise<void> {
  if (operators.size === 0) return;
  for (await pause(firstLookMs, signal); !signal.aborted; await pause(lookEveryMs, signal)) {
    try {
      const full = previewsPath !== undefined && (await isDiskFull(previewsPath));
      const causes = new Set<AlertCause>([...(await findTrouble(db)), ...(full ? ["storage_failing" as const] : [])]);
      for (const cause of causes) {
        if (await raiseAlert(db, cause, operators)) logger.warn({ cause }, "operators are alerted");
      }
    } catch (error) {
      logger.debug({ err: error }, "cannot look for trouble");
    }
  }
}
