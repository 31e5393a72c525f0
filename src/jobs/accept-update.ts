import { type SQL, sql } from "drizzle-orm";
import type { Database } from "../db/database.ts";
import { createJobId, createSiteId, type JobId, type SiteId } from "../ids.ts";
import { stopJobs } from "./cancel-job.ts";
import { editableSite } from "./editable-site.ts";
import { notify } from "./signals.ts";
import { continueJob, findOpenJob, type MessagePart, partWindow } from "./split-message.ts";
import { nextTurn } from "./turn.ts";

export interface AcceptedUpdate {
  updateId: number;
  /** Name of the update's payload, e.g. `message`. */
  kind: string;
  chat?: UpdateChat | undefined;
  /** The prompt, if the update is one or may be the rest of one. */
  job?: UpdateJob | undefined;
  /** Stops what this tenant has waiting or running in the chat. */
  cancel?: { tenant: string } | undefined;
  /** Identifies the album that the update is a part of: all its parts together are one prompt and get one answer. */
  album?: string | undefined;
  /** What to say at once, in order. Left unsaid when the update joins an earlier one, or `cancel` stopped something. */
  notifications: readonly { kind: string; payload?: Record<string, unknown> }[];
}

export interface UpdateChat {
  id: number;
  type: string;
  language?: string | undefined;
  threadId?: number | undefined;
  /** Message to answer. */
  messageId?: number | undefined;
  /** The person blocked the bot, or it was removed from the group. */
  unreachable?: boolean | undefined;
}

export interface UpdateJob {
  prompt: string;
  tenant: string;
  /** Set when chat clients split such a message if it is too long for one. */
  part?: MessagePart | undefined;
  /**
   * The site to change, or with `rebuild` to make anew; without it the job gets a new one. When it is not there or not
   * the tenant's, no job is made, and a notification of the kind `refusal` takes the place of the update's own.
   */
  site?: { id: SiteId; rebuild?: boolean | undefined; refusal: string } | undefined;
}

export interface AcceptResult {
  /** False: Telegram delivered this update before. */
  fresh: boolean;
  /** The job that the update made, now or the first time. */
  jobId: JobId | undefined;
  /** A job that is ready to be published to the queue. */
  publish: JobId | undefined;
}

/** The part of an album that has the caption need not come first: "add a caption" waits a moment for it. */
const albumWindow = sql`interval '1 second'`;

/**
 * Records a Telegram update and everything that follows from it in one statement: chat, site, job and what to say.
 * The update id is claimed by membership, not by order: Telegram restarts the numbers after an idle week.
 */
export async function acceptUpdate(db: Database, update: AcceptedUpdate): Promise<AcceptResult> {
  const steps = [...lookAround(update), ...claimAndFollow(update, createJobId())];
  const { chat, job } = update;
  const [row] = await db.query<{
    fresh: boolean;
    made: JobId | null;
    continued: JobId | null;
    known: JobId | null;
  }>(sql`
    with ${sql.join(steps, sql`, `)}
    select exists (select from fresh) as fresh,
           (select job_id from fresh) as made,
           ${chat && continues(job) ? sql`(select id from continued)` : sql`null::uuid`} as continued,
           (select job_id from telegram_updates where update_id = ${update.updateId}::bigint) as known`);

  if (!row?.fresh) {
    return { fresh: false, jobId: row?.known ?? (await findUpdateJob(db, update.updateId)), publish: undefined };
  }
  // A message that may go on is published by the dispatcher when its time has come.
  const publish = job?.part?.glue === undefined ? (row.made ?? row.continued) : null;
  return { fresh: true, jobId: row.made ?? undefined, publish: publish ?? undefined };
}

/** Whether the message may be the rest of another. */
function continues(job: UpdateJob | undefined): job is UpdateJob & { part: MessagePart } {
  return job?.part !== undefined && job.part.place !== "first";
}

/** What was there before: the open job that this part continues, the site to change, the earlier parts of the album. */
function lookAround({ updateId, chat, job, album }: AcceptedUpdate): SQL[] {
  return [
    ...(chat && continues(job) ? [findOpenJob(chat, job, job.part)] : []),
    ...(job?.site ? [sql`target as (select id from sites where ${editableSite(job.site.id, job.tenant)})`] : []),
    ...(album
      ? [
          sql`earlier as (
            select job_id from telegram_updates where album = ${album}::text and update_id <> ${updateId}::bigint
          )`,
        ]
      : []),
  ];
}

function claimAndFollow(update: AcceptedUpdate, jobId: JobId): SQL[] {
  const { chat, job, album, cancel, notifications } = update;
  // What may only be the rest of a prompt is otherwise talk in a group, which is none of our business.
  const overheard = job?.part?.place === "rest";
  const newJob = overheard ? undefined : job;
  return [
    claimUpdate(update, newJob ? jobId : undefined),
    ...(chat && !overheard ? [recordChat(chat)] : []),
    ...(newJob ? [insertJob(jobId, newJob, chat)] : []),
    ...(chat && continues(job) ? [continueJob(chat, job.part)] : []),
    ...(newJob && chat && album ? [withdrawAlbumAnswer(chat.id, album)] : []),
    ...(chat && cancel ? [stopJobs(jobsInChat(cancel.tenant, chat.id))] : []),
    ...(chat && notifications.length > 0 ? [say(update, chat)] : []),
    ...(chat && newJob?.site ? [refuse(chat, newJob.site.refusal)] : []),
  ];
}

/** `fresh` has a row if nobody had this update, and in it the job to make if it joins nothing that was there before. */
function claimUpdate({ updateId, kind, chat, album, job }: AcceptedUpdate, jobId: JobId | undefined): SQL {
  const alone = [
    sql`true`,
    ...(album ? [sql`not exists (select from earlier where job_id is not null)`] : []),
    ...(chat && continues(job) ? [sql`not exists (select from open)`] : []),
    ...(job?.site ? [sql`exists (select from target)`] : []),
  ];
  return sql`fresh as (
      insert into telegram_updates (update_id, kind, album, job_id)
      select ${updateId}::bigint, ${kind}::text, ${album ?? null}::text,
             case when ${sql.join(alone, sql` and `)} then ${jobId ?? null}::uuid end
      on conflict (update_id) do nothing
      returning update_id, job_id
    )`;
}

function recordChat(chat: UpdateChat): SQL {
  return sql`chat as (
      insert into chats (id, type, language, unreachable_at)
      select ${chat.id}::bigint, ${chat.type}::text, ${chat.language ?? null}::text, case when ${chat.unreachable ?? false}::boolean then now() end
      from fresh
      on conflict (id) do update set
        type = excluded.type, language = coalesce(excluded.language, chats.language), unreachable_at = excluded.unreachable_at
    )`;
}

function insertJob(jobId: JobId, { tenant, prompt, part, site }: UpdateJob, chat: UpdateChat | undefined): SQL {
  const siteId = site?.id ?? createSiteId();
  const kind = site && !site.rebuild ? "edit" : "new";
  const newSite = sql`site as (
      insert into sites (id, tenant) select ${siteId}::text, ${tenant}::text from fresh where job_id is not null
    ), `;
  const waits = part?.glue !== undefined;
  return sql`${site ? sql`` : newSite}job as (
      insert into jobs (id, site_id, kind, tenant, prompt, chat_id, thread_id, message_id, language, part_sent_at, part_glue, available_at, dispatch_after, turn)
      select ${jobId}::uuid, ${siteId}::text, ${kind}::text, ${tenant}::text, ${prompt}::text,
             ${chat?.id ?? null}::bigint, ${chat?.threadId ?? null}::bigint, ${chat?.messageId ?? null}::bigint, ${chat?.language ?? null}::text,
             ${waits ? sql`to_timestamp(${part.sentAt}::double precision)` : sql`null::timestamptz`}, ${part?.glue ?? null}::text,
             ${waits ? sql`now() + ${partWindow}, now() + ${partWindow}` : sql`now(), now() + interval '1 second'`},
             ${nextTurn(tenant)}
      from fresh where job_id is not null
    )`;
}

function withdrawAlbumAnswer(chatId: number, album: string): SQL {
  return sql`withdrawn as (
      delete from notifications using fresh
      where chat_id = ${chatId}::bigint and status = 'pending' and attempt = 0 and payload ->> 'album' = ${album}::text
    )`;
}

function jobsInChat(tenant: string, chatId: number): SQL {
  return sql`tenant = ${tenant}::text and chat_id = ${chatId}::bigint and status in ('queued', 'running') and exists (select from fresh)`;
}

function say({ album, cancel, job, notifications }: AcceptedUpdate, chat: UpdateChat): SQL {
  const one = notifications.map(({ kind, payload }) => ({
    kind,
    payload: { ...payload, ...(album ? { album } : {}) },
  }));
  const when = [
    ...(job ? [sql`fresh.job_id is not null`] : []),
    ...(album ? [sql`not exists (select from earlier${job ? sql` where job_id is not null` : sql``})`] : []),
    ...(cancel ? [sql`not exists (select from stopped)`] : []),
  ];
  return sql`said as (
      insert into notifications (chat_id, thread_id, reply_to_message_id, job_id, kind, payload, available_at)
      select ${chat.id}::bigint, ${chat.threadId ?? null}::bigint, ${chat.messageId ?? null}::bigint, fresh.job_id, one.kind, one.payload,
             now()${album && !job ? sql` + ${albumWindow}` : sql``}
      from fresh, jsonb_to_recordset(${JSON.stringify(one)}::text::jsonb) as one (kind text, payload jsonb)
      ${when.length > 0 ? sql`where ${sql.join(when, sql` and `)}` : sql``}
      returning ${notify("notification", sql`chat_id::text`)}
    )`;
}

function refuse(chat: UpdateChat, kind: string): SQL {
  return sql`refused as (
      insert into notifications (chat_id, thread_id, reply_to_message_id, kind)
      select ${chat.id}::bigint, ${chat.threadId ?? null}::bigint, ${chat.messageId ?? null}::bigint, ${kind}::text
      from fresh where job_id is null and not exists (select from target)
      returning ${notify("notification", sql`chat_id::text`)}
    )`;
}

/** Two deliveries at once: the loser's snapshot does not show what the winner wrote, so it looks again. */
async function findUpdateJob(db: Database, updateId: number): Promise<JobId | undefined> {
  const [row] = await db.query<{ job_id: JobId | null }>(
    sql`select job_id from telegram_updates where update_id = ${updateId}::bigint`,
  );
  return row?.job_id ?? undefined;
}
