import { sql } from "drizzle-orm";
import type { Database } from "../db/database.ts";
import { createJobId, createSiteId, type JobId } from "../ids.ts";
import { notify } from "./signals.ts";

export interface AcceptedUpdate {
  updateId: number;
  /** Name of the update's payload, e.g. `message`. */
  kind: string;
  chat?: UpdateChat | undefined;
  /** The prompt, if the update is one. */
  job?: UpdateJob | undefined;
  /** What to say at once, in order. */
  notifications: readonly { kind: string; payload?: Record<string, unknown> }[];
}

export interface UpdateChat {
  id: number;
  type: string;
  language?: string | undefined;
  threadId?: number | undefined;
  /** Message to answer. */
  messageId?: number | undefined;
}

export interface UpdateJob {
  prompt: string;
  tenant: string;
}

export interface AcceptResult {
  /** False: Telegram delivered this update before. */
  fresh: boolean;
  /** The job that the update made, now or the first time. */
  jobId: JobId | undefined;
}

/**
 * Records a Telegram update and everything that follows from it in one statement: chat, site, job and what to say.
 * The update id is claimed by membership, not by order: Telegram restarts the numbers after an idle week.
 */
export async function acceptUpdate(db: Database, update: AcceptedUpdate): Promise<AcceptResult> {
  const { chat, job } = update;
  const jobId = createJobId();
  const siteId = createSiteId();
  const says = JSON.stringify(update.notifications.map(({ kind, payload }) => ({ kind, payload: payload ?? {} })));

  const chatPart = sql`, chat as (
      insert into chats (id, type, language)
      select ${chat?.id ?? null}::bigint, ${chat?.type ?? null}::text, ${chat?.language ?? null}::text from fresh
      on conflict (id) do update set type = excluded.type, language = coalesce(excluded.language, chats.language), unreachable_at = null
    ), said as (
      insert into notifications (chat_id, thread_id, reply_to_message_id, job_id, kind, payload)
      select ${chat?.id ?? null}::bigint, ${chat?.threadId ?? null}::bigint, ${chat?.messageId ?? null}::bigint,
             ${job ? jobId : null}::uuid, one.kind, one.payload
      from fresh, jsonb_to_recordset(${says}::text::jsonb) as one (kind text, payload jsonb)
      returning ${notify("notification", sql`chat_id::text`)}
    )`;
  const jobPart = sql`, site as (
      insert into sites (id, tenant) select ${siteId}::text, ${job?.tenant ?? null}::text from fresh
    ), job as (
      insert into jobs (id, site_id, tenant, prompt, chat_id, thread_id, message_id, language)
      select ${jobId}::uuid, ${siteId}::text, ${job?.tenant ?? null}::text, ${job?.prompt ?? null}::text,
             ${chat?.id ?? null}::bigint, ${chat?.threadId ?? null}::bigint, ${chat?.messageId ?? null}::bigint, ${chat?.language ?? null}::text
      from fresh
    )`;
  const [row] = await db.query<{ fresh: boolean; known_job: JobId | null }>(sql`
    with fresh as (
      insert into telegram_updates (update_id, kind, job_id)
      values (${update.updateId}::bigint, ${update.kind}::text, ${job ? jobId : null}::uuid)
      on conflict (update_id) do nothing
      returning update_id
    )${chat ? chatPart : sql``}${job ? jobPart : sql``}
    select exists (select from fresh) as fresh,
           (select job_id from telegram_updates where update_id = ${update.updateId}::bigint) as known_job`);

  if (row?.fresh) return { fresh: true, jobId: job ? jobId : undefined };
  return { fresh: false, jobId: row?.known_job ?? (await findUpdateJob(db, update.updateId)) };
}

/** Two deliveries at once: the loser's snapshot does not show what the winner wrote, so it looks again. */
async function findUpdateJob(db: Database, updateId: number): Promise<JobId | undefined> {
  const [row] = await db.query<{ job_id: JobId | null }>(
    sql`select job_id from telegram_updates where update_id = ${updateId}::bigint`,
  );
  return row?.job_id ?? undefined;
}
