import { sql } from "drizzle-orm";
import type { Database } from "../db/database.ts";
import { createJobId, createSiteId, type JobId, type SiteId } from "../ids.ts";
import { nextTurn } from "./turn.ts";

export interface JobRequest {
  prompt: string;
  /** Whose turn and limit it is, e.g. `telegram:12345`, `api`, `terminal`. */
  tenant: string;
  /** The same key of the same tenant gives the same job again. */
  idempotencyKey?: string | undefined;
  model?: string | undefined;
}

export interface SubmittedJob {
  jobId: JobId;
  siteId: SiteId;
  /** False when the idempotency key had already made this job. */
  created: boolean;
}

/** Longest prompt taken, in UTF-16 units: four full Telegram messages. */
export const maxPromptLength = 16_384;

/** Records a job and its site in one statement. The row is the outbox: once it is there, the job will run. */
export async function submitJob(db: Database, request: JobRequest): Promise<SubmittedJob> {
  const jobId = createJobId();
  const siteId = createSiteId();
  const key = request.idempotencyKey ?? null;
  // `on conflict` decides between two requests at once; the loser's site goes unused, which costs a row.
  const [job] = await db.query<{ id: JobId; site_id: SiteId }>(sql`
    with known as (
      select id, site_id from jobs where tenant = ${request.tenant} and idempotency_key = ${key}::text
    ), site as (
      insert into sites (id, tenant) select ${siteId}::text, ${request.tenant}::text where not exists (select from known)
    ), job as (
      insert into jobs (id, site_id, tenant, idempotency_key, prompt, model, turn)
      select ${jobId}::uuid, ${siteId}::text, ${request.tenant}::text, ${key}::text, ${request.prompt}::text, ${request.model ?? null}::text,
             ${nextTurn(request.tenant)}
      where not exists (select from known)
      on conflict (tenant, idempotency_key) where idempotency_key is not null do nothing
      returning id, site_id
    )
    select id, site_id from job union all select id, site_id from known`);
  if (job === undefined) return submitJob(db, request);
  return { jobId: job.id, siteId: job.site_id, created: job.id === jobId };
}
