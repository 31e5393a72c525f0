import { type SQL, sql } from "drizzle-orm";

/** Midnight UTC: the messenger does not tell where a person is. */
const today = sql`date_trunc('day', now() at time zone 'UTC') at time zone 'UTC'`;

/** Part of a statement: how many of a tenant's jobs were completed today. Nothing else counts. */
export function countTowardsLimit(tenant: SQL): SQL {
  return sql`(select count(*)::int from jobs as done where done.tenant = ${tenant} and done.status = 'completed' and done.finished_at >= ${today})`;
}

/** Part of a statement: how many may still be completed, and so take a place until they have ended. */
export function countOpen(tenant: SQL): SQL {
  return sql`(select count(*)::int from jobs as open_job where open_job.tenant = ${tenant} and open_job.finished_at is null)`;
}
