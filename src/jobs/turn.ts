import { type SQL, sql } from "drizzle-orm";

/**
 * The turn of a tenant's new job. Workers take the lowest turn, so one tenant's thousand jobs do not delay another's
 * first: each tenant's jobs stand one behind the other, and a tenant who comes in starts where the queue is now.
 *
 * This is start-time fair queueing with every job of cost 1: the virtual time is the turn last started. That is the
 * highest of those running, or just before the head of the queue when those that run began long ago.
 *
 * @see https://doi.org/10.1109/90.649569
 */
export function nextTurn(tenant: string): SQL {
  return sql`greatest(
      coalesce((select max(turn) from jobs where status = 'running'), 0),
      coalesce((select turn - 1 from jobs where waiting order by priority desc, turn limit 1), 0),
      (select turn + 1 from jobs where tenant = ${tenant}::text and waiting order by turn desc limit 1))`;
}
