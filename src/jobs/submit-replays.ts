import { sql } from "drizzle-orm";
import type { Database } from "../db/database.ts";
import { NotFoundError } from "../errors.ts";
import { createJobId, type JobId } from "../ids.ts";
import { nextTurn } from "./turn.ts";

/** Behind every page that somebody waits for. */
const priority = -10;
const tenant = "terminal";

/**
 * Records a job that makes the revision of `source` again.
 *
 * @throws {NotFoundError} When there is no such job, it has not ended, or its site is gone.
 */
export async function submitReplay(db: Database, source: JobId): Promise<JobId> {
  const jobId = createJobId();
  const [row] = await db.query<{ id: JobId }>(sql`
    insert into jobs (id, site_id, kind, replay_of, tenant, prompt, model, priority, turn)
    select ${jobId}::uuid, jobs.site_id, 'replay', jobs.id, ${tenant}::text, jobs.prompt, jobs.model, ${priority}::int, ${nextTurn(tenant)}
    from jobs join sites on sites.id = jobs.site_id
    where jobs.id = ${source}::uuid and jobs.status in ('completed', 'failed') and sites.removal is null
    returning id`);
  if (row === undefined) throw new NotFoundError("There is no ended job with this id, or its site is gone.");
  return row.id;
}

/** The jobs that made what the sites show now. */
export async function findCurrentJobs(db: Database): Promise<JobId[]> {
  const rows = await db.query<{ id: JobId }>(sql`
    select jobs.id from sites join jobs on jobs.site_id = sites.id and jobs.revision = sites.current_revision
    where sites.removal is null and jobs.status = 'completed' order by sites.id`);
  return rows.map((row) => row.id);
}
