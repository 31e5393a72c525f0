import { sql } from "drizzle-orm";
import type { Database } from "../db/database.ts";
import { NotFoundError } from "../errors.ts";
import { createJobId, createSiteId, type JobId, type SiteId } from "../ids.ts";
import { currentTraceparent } from "../tracing.ts";
import { editableSite, isEditable } from "./editable-site.ts";
import { nextTurn } from "./turn.ts";

export interface JobRequest {
  prompt: string;
  /** Whose turn and limit it is, e.g. `telegram:12345`, `api`, `terminal`. */
  tenant: string;
  /** The same key of the same tenant gives the same job again. */
  idempotencyKey?: string | undefined;
  model?: string | undefined;
  /** A site to change. Without it and `rebuild`, the job gets a new site. */
  edit?: SiteId | undefined;
  /** A site to make anew from the prompt, at the same address. */
  rebuild?: SiteId | undefined;
  /** Pictures for the page, as `carried-picture.ts` writes them. */
  pictures?: readonly string[] | undefined;
}

export interface SubmittedJob {
  jobId: JobId;
  siteId: SiteId;
  /** False when the idempotency key had already made this job. */
  created: boolean;
  /** False when the key had made a job of another wish: other words, or another site. */
  asAsked: boolean;
}

/**
 * Records a job, and its site if that is new, in one statement. The row is the outbox: once it is there, the job will
 * run.
 *
 * @throws {NotFoundError} When there is no such site to change, or it is not the tenant's.
 */
export async function submitJob(db: Database, request: JobRequest): Promise<SubmittedJob> {
  const jobId = createJobId();
  const { edit, rebuild } = request;
  const existing = edit ?? rebuild;
  const siteId = existing ?? createSiteId();
  const site = existing
    ? sql`select id from sites where ${editableSite(existing, request.tenant)}`
    : sql`insert into sites (id, tenant) select ${siteId}::text, ${request.tenant}::text where not exists (select from known) returning id`;
  const key = request.idempotencyKey ?? null;
  // Left out when there are none: opening a table costs time though nothing is written.
  const pictures = request.pictures?.length
    ? sql`, picture as (
      insert into pictures (job_id, sender, file_id)
      select job.id, ${request.tenant}::text, one.picture
      from job, jsonb_array_elements_text(${JSON.stringify(request.pictures)}::text::jsonb) with ordinality as one (picture, number)
      order by one.number
    )`
    : sql``;
  // `on conflict` decides between two requests at once; the loser's site goes unused, which costs a row.
  const [job] = await db.query<{ id: JobId; site_id: SiteId; as_asked: boolean }>(sql`
    with known as (
      select id, site_id, prompt = ${request.prompt}::text and kind = ${edit ? "edit" : "new"}::text
          and (${existing ?? null}::text is null or site_id = ${existing ?? null}::text) as as_asked
      from jobs where tenant = ${request.tenant} and idempotency_key = ${key}::text
    ), site as (
      ${site}
    ), job as (
      insert into jobs (id, site_id, kind, tenant, idempotency_key, prompt, model, traceparent, turn)
      select ${jobId}::uuid, site.id, ${edit ? "edit" : "new"}::text, ${request.tenant}::text, ${key}::text, ${request.prompt}::text, ${request.model ?? null}::text, ${currentTraceparent() ?? null}::text,
             ${nextTurn(request.tenant)}
      from site where not exists (select from known)
      on conflict (tenant, idempotency_key) where idempotency_key is not null do nothing
      returning id, site_id
    )${pictures}
    select id, site_id, true as as_asked from job union all select id, site_id, as_asked from known`);
  if (job === undefined && existing && !(await isEditable(db, existing, request.tenant))) {
    throw new NotFoundError(`There is no site ${existing}.`);
  }
  if (job === undefined) return submitJob(db, request);
  return { jobId: job.id, siteId: job.site_id, created: job.id === jobId, asAsked: job.as_asked };
}
