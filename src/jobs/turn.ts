import { type SQL, sql } from "drizzle-orm";

/**
 * The turn of a tenant's new job. Workers take the lowest turn, so one tenant's thousand jobs do not delay another's
 * first: each tenant's jobs stand one behind the other, and a tenant who comes in starts where the queue is now.
 *
 * This is start-time fair queueing with every job of cost 2: the virtual time is the turn last started. That is the
 * highest of those running, or just before the head of the queue when those that run began long ago.
 *
 * Jobs that a tenant submits at the same moment share a turn. Whoever comes in has an odd one, those who follow another of
 * their own an even one: so a newcomer stands before all that share the turn at the head, and behind earlier newcomers.
 *
 * @see https://doi.org/10.1109/90.649569
 */
export function nextTurn(tenant: string): SQL {
  return sql`greatest(
      (greatest(
        coalesce((select max(turn) from jobs where status = 'running'), 0),
        coalesce((select turn - 1 from jobs where waiting order by priority desc, turn limit 1), 0)
      ) - 1) | 1,
      (select (turn + 2) & ~1 from jobs where tenant = ${tenant}::text and waiting order by turn desc limit 1))`;
}
