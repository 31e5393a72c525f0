import { sql } from "drizzle-orm";
import type { Database } from "../db/database.ts";
import type { Logger } from "../logger.ts";
import { pause } from "./pause.ts";

const everyMs = 30_000;
/** Three reports may fail before anybody wonders. */
const trust = sql`interval '2 minutes'`;

/** Says until `signal` aborts that there is a worker: gone silent, it is missed even when there is nothing to do. */
export async function reportPresence(
  { db, logger }: { db: Database; logger: Logger },
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    try {
      await report(db);
    } catch (error) {
      logger.debug({ err: error }, "cannot report the worker's presence");
    }
    await pause(everyMs, signal);
  }
}

/** All workers share one row: which of them is there is for the container platform to know. */
async function report(db: Database): Promise<void> {
  await db.query(sql`
    insert into schedules (name, due_at) values ('worker', now() + ${trust})
    on conflict (name) do update set due_at = excluded.due_at`);
}

/** Part of a statement: there were workers, and none has been heard of for a while. */
export const workersAreMissed = sql`exists (select from schedules where name = 'worker' and due_at < now())`;
