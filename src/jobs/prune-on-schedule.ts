import { sql } from "drizzle-orm";
import type { Database } from "../db/database.ts";
import type { Logger } from "../logger.ts";
import { pause } from "./pause.ts";
import { prune } from "./prune.ts";

const every = sql`interval '1 hour'`;
/** Also before the first look: a process that lives for one page has better things to do. */
const lookMs = 60_000;

/** Prunes once an hour, in one of all workers, until `signal` aborts. */
export async function pruneOnSchedule(
  context: { db: Database; logger: Logger; previewsPath: string },
  signal: AbortSignal,
): Promise<void> {
  const { db, logger } = context;
  for (await pause(lookMs, signal); !signal.aborted; await pause(lookMs, signal)) {
    try {
      if (await claimTurn(db)) {
        const removed = await prune(context, { dryRun: false, signal });
        if (Object.values(removed).some((count) => count > 0)) logger.info({ removed }, "pruned");
      }
    } catch (error) {
      logger.warn({ err: error }, "could not prune, trying again within the hour");
    }
  }
}

/** True in exactly one process an hour. */
export async function claimTurn(db: Database): Promise<boolean> {
  const claimed = await db.query(sql`
    insert into schedules (name, due_at) values ('prune', now() + ${every})
    on conflict (name) do update set due_at = excluded.due_at where schedules.due_at <= now()
    returning name`);
  return claimed.length > 0;
}
