import { type SQL, sql } from "drizzle-orm";
import type { Database } from "../db/database.ts";

/** Rows deleted by one statement: few enough that nobody waits for it. */
const batchSize = 1000;
/** Between two batches others have the database to themselves. */
const pauseMs = 20;
/** A dry run counts no further. */
const mostCounted = 1_000_000;

interface OldRows {
  table: SQL;
  which: SQL;
  order: SQL;
}

/** What is no longer of use to anybody, and how old it has to be. Each by an index. */
export const oldRows = {
  /** Telegram delivers again for a day, and starts its numbers anew after an idle week. */
  updates: {
    table: sql`telegram_updates`,
    which: sql`received_at < now() - interval '14 days'`,
    order: sql`received_at`,
  },
  /** Words that nobody can reply to. A message about a site or job stays: a reply to it is about the same. */
  notifications: {
    table: sql`notifications`,
    which: sql`finished_at < now() - interval '30 days'
      and (message_id is null or (job_id is null and site_id is null) or finished_at < now() - interval '1 year')`,
    order: sql`finished_at`,
  },
  /** What models wrote, past the date it is kept for. */
  replies: {
    table: sql`replies`,
    which: sql`expires_at < now()`,
    order: sql`expires_at`,
  },
  /** Pictures that came without words, and never got any. */
  pictures: {
    table: sql`pictures`,
    which: sql`job_id is null and received_at < now() - interval '1 day'`,
    order: sql`id`,
  },
} as const satisfies Record<string, OldRows>;

export type RowKind = keyof typeof oldRows;

/** Deletes old rows of a kind, batch after batch, until none is left or `signal` aborts. @returns How many. */
export async function pruneRows(db: Database, kind: RowKind, signal: AbortSignal): Promise<number> {
  let total = 0;
  while (!signal.aborted) {
    const [row] = await db.query<{ count: number }>(deleteBatch(oldRows[kind]));
    total += row?.count ?? 0;
    if ((row?.count ?? 0) < batchSize) break;
    await Bun.sleep(pauseMs);
  }
  return total;
}

/** How many {@link pruneRows} would delete. */
export async function countOldRows(db: Database, kind: RowKind): Promise<number> {
  const { table, which } = oldRows[kind];
  const [row] = await db.query<{ count: number }>(
    sql`select count(*)::int as count from (select from ${table} where ${which} limit ${mostCounted}::int) as old`,
  );
  return row?.count ?? 0;
}

/** By place in the table: given a thousand keys, the planner would rather read the table from end to end. */
function deleteBatch({ table, which, order }: OldRows): SQL {
  return sql`
    with gone as (
      delete from ${table} where ctid = any (array(
        select ctid from ${table} where ${which} order by ${order} limit ${batchSize}::int for update skip locked
      )) returning 1
    )
    select count(*)::int as count from gone`;
}
