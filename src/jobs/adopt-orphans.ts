import { sql } from "drizzle-orm";
import type { Database } from "../db/database.ts";

/**
 * Embedded only, at start: nobody else is there, so every running job lost its worker and every waiting job its
 * pointer when the last process ended.
 */
export async function adoptOrphans(db: Database): Promise<void> {
  await db.query(sql`
    update jobs set
      lease_expires_at = case when status = 'running' then now() end,
      dispatch_after = case when status = 'running' then now() else available_at end
    where finished_at is null`);
}
