import { sql } from "drizzle-orm";
import type { Database } from "../db/database.ts";

/** The whole of it in numbers, as an operator asks for it. */
export interface Stats {
  people: number;
  unreachable: number;
  groups: number;
  sites: number;
  queued: number;
  running: number;
  /** How long the first in the queue has been waiting. */
  oldestSeconds: number | null;
  /** Of the last 24 hours. */
  day: {
    completed: number;
    failed: number;
    cancelled: number;
    active: number;
    medianSeconds: number | null;
    tokens: number;
    failures: { code: string; count: number }[];
  };
  /** Messages that wait to be sent. */
  unsent: number;
}

export async function readStats(db: Database): Promise<Stats> {
  const [row] = await db.query<{ stats: Stats }>(sql`
    with day as (
      select * from jobs where created_at > now() - interval '24 hours'
    )
    select jsonb_build_object(
      'people', (select count(*) from chats where type = 'private'),
      'unreachable', (select count(*) from chats where type = 'private' and unreachable_at is not null),
      'groups', (select count(*) from chats where type <> 'private' and unreachable_at is null),
      'sites', (select count(*) from sites where current_revision is not null and removal is null),
      'queued', (select count(*) from jobs where finished_at is null and status = 'queued'),
      'running', (select count(*) from jobs where status = 'running'),
      'oldestSeconds', (select extract(epoch from now() - min(available_at))::int from jobs where finished_at is null and status = 'queued' and available_at <= now()),
      'unsent', (select count(*) from notifications where status = 'pending'),
      'day', (select jsonb_build_object(
        'completed', count(*) filter (where status = 'completed'),
        'failed', count(*) filter (where status = 'failed'),
        'cancelled', count(*) filter (where status = 'cancelled'),
        'active', count(distinct tenant),
        'medianSeconds', percentile_cont(0.5) within group (order by extract(epoch from finished_at - created_at)) filter (where status = 'completed'),
        'tokens', coalesce(sum(input_tokens + output_tokens), 0),
        'failures', (select coalesce(jsonb_agg(f), '[]') from (
          select error_code as code, count(*) as count from day where status = 'failed' group by error_code order by count(*) desc, error_code limit 5) as f)
      ) from day)
    ) as stats`);
  if (row === undefined) throw new TypeError("a query for numbers returned no row");
  return row.stats;
}
