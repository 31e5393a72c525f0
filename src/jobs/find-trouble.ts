import { statfs } from "node:fs/promises";
import { sql } from "drizzle-orm";
import type { Database } from "../db/database.ts";
import { workersAreMissed } from "./worker-presence.ts";

/** What an operator has to hear of without asking. */
export type AlertCause = "no_worker" | "provider_failing" | "provider_refusing" | "storage_failing";

/** A job waits this long only when nobody takes it. */
const patience = sql`interval '2 minutes'`;
/** Failures are counted over this time, and this many of them are no accident. */
const recent = sql`interval '15 minutes'`;
const several = 3;

/** Some hundred pages with their pictures: time enough to do something about it. */
const minFreeBytes = 256 * 1024 * 1024;

/**
 * What is wrong at this moment, as far as the database shows it. A job that is tried again and again counts with each
 * of its attempts: where few people write, one of them must be enough to notice. What a provider refuses is tried once and mended by
 * nobody but the operator, so there no earlier success counts: a key is taken or it is not.
 */
export async function findTrouble(db: Database): Promise<AlertCause[]> {
  const [row] = await db.query<Record<AlertCause, boolean>>(sql`
    with looked_at as (
      select status, error_code, attempt, provider, finished_at from jobs where finished_at > now() - ${recent}
      union all
      select status, error_code, attempt, provider, finished_at from jobs where finished_at is null and error_code is not null
    ), failing as (
      select * from looked_at where status <> 'completed'
    ), provider as (
      select count(*) as jobs, coalesce(sum(greatest(attempt, 1)), 0) as attempts from failing where error_code like 'provider%'
    ), refused as (
      select count(*) filter (where error_code = 'provider_unauthorized') as keys, count(*) as requests from failing
      where error_code in ('provider_unauthorized', 'provider_rejected') and finished_at > coalesce(
        (select max(finished_at) from looked_at where status = 'completed' and provider is distinct from 'none'), '-infinity')
    ), refusing as (
      select keys > 0 or requests >= ${several}::int as so from refused
    )
    select
      ${workersAreMissed} or (
        exists (select from jobs where finished_at is null and status = 'queued' and available_at < now() - ${patience})
        and not exists (select from jobs where status = 'running' and lease_expires_at > now())) as no_worker,
      (select attempts >= ${several}::int and jobs > (select count(*) from looked_at where status = 'completed') and not so from provider, refusing) as provider_failing,
      (select so from refusing) as provider_refusing,
      exists (select from failing where error_code = 'storage') as storage_failing`);
  return Object.entries(row ?? {}).flatMap(([cause, found]) => (found ? [cause as AlertCause] : []));
}

/** Whether the disk of a directory has less than `minBytes` left for us. False where there is no such directory. */
export async function isDiskFull(path: string, minBytes: number = minFreeBytes): Promise<boolean> {
  const disk = await statfs(path).catch(() => undefined);
  return disk !== undefined && disk.bavail * disk.bsize < minBytes;
}
