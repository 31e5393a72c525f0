import { type SQL, sql } from "drizzle-orm";
import type { Database } from "../db/database.ts";
import { createJobId, createSiteId, type JobId, type SiteId } from "../ids.ts";
import { currentTraceparent } from "../tracing.ts";
import { stopJobs } from "./cancel-job.ts";
import { adoptPictures, extendAlbum, insertPicture, type ShownPicture } from "./job-pictures.ts";
import { albumWindow, say } from "./say-at-once.ts";
import { notify } from "./signals.ts";
import { continueJob, continues, findOpenJob, type MessagePart, partWindow } from "./split-message.ts";
import { nextTurn } from "./turn.ts";
import { type JobTarget, judgeCancel, judgeJob, judgeMenu, judgeSite } from "./update-target.ts";

export interface AcceptedUpdate {
  updateId: number;
  /** Name of the update's payload, e.g. `message`. */
  kind: string;
  chat?: UpdateChat | undefined;
  /** The prompt, if the update is one or may be the rest of one. */
  job?: UpdateJob | undefined;
  /** Stops what this tenant has waiting or running in the chat, or the one job. */
  cancel?: { tenant: string; jobId?: JobId | undefined } | undefined;
  /** The site that the notifications are about. */
  site?: UpdateSite | undefined;
  /** The menu that was used, which is for the tenant who called for it. */
  menu?: { tenant: string; messageId: number } | undefined;
  /** The language chosen for the chat; `null` goes back to the one the messenger tells. */
  chosenLanguage?: string | null | undefined;
  /** Identifies the album that the update is a part of: all its parts together are one prompt and get one answer. */
  album?: string | undefined;
  /** A picture for the update's own job, or that of its album. */
  picture?: ShownPicture | undefined;
  /**
   * What to say at once, in order. Left unsaid when the update joins an earlier one, when `cancel` stopped something,
   * and when what was asked for is refused: then the refusal is said.
   */
  notifications: readonly { kind: string; payload?: Record<string, unknown> }[];
  /** A button waits for this word; a refusal takes its place. */
  answer?: { kind: string; callbackQueryId: string } | undefined;
}

export interface UpdateChat {
  id: number;
  /** `unknown`: nobody spoke there. It is recorded for the answer, counted nowhere, and left as it is if it was known. */
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
  /** Whose waiting pictures are for this prompt. */
  sender?: string | undefined;
  /** Set when chat clients split such a message if it is too long for one. */
  part?: MessagePart | undefined;
  /** Without it the job gets a new site. */
  target?: JobTarget | undefined;
  /** Finished jobs a day; those on their way hold a place until they end. */
  dailyLimit?: number | undefined;
}

export interface UpdateSite {
  /** By its id, or by a message of ours that is about it. */
  find: { siteId: SiteId } | { messageId: number };
  /** Whose it has to be; anyone's without it. */
  tenant: string | undefined;
  /** Takes the site away: a worker deletes what is published, and says so. */
  remove?: boolean;
}

export interface AcceptResult {
  /** False: Telegram delivered this update before. */
  fresh: boolean;
  /** The job that the update made, now or the first time. */
  jobId: JobId | undefined;
  /** A job that is ready to be published to the queue. */
  publish: JobId | undefined;
}

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
  const publish = waitFor(update) === undefined ? (row.made ?? row.continued) : null;
  return { fresh: true, jobId: row.made ?? undefined, publish: publish ?? undefined };
}

/** How long a new job waits for more of its message: the rest of a long text, the other pictures of an album. */
function waitFor({ job, album }: AcceptedUpdate): SQL | undefined {
  if (job?.part?.glue !== undefined) return partWindow;
  return album === undefined ? undefined : albumWindow;
}

/** What was there before: the open job that this part continues, the earlier parts of the album. */
function lookAround({ updateId, chat, job, album, site, menu }: AcceptedUpdate): SQL[] {
  return [
    ...(site ? [judgeSite(site, chat)] : []),
    ...(chat && menu ? [judgeMenu(menu, chat)] : []),
    ...(chat && continues(job) ? [findOpenJob(chat, job, job.part)] : []),
    ...(job ? [judgeJob(job, chat)] : []),
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
  const { chat, job, album, cancel, picture, site } = update;
  // What may only be the rest of a prompt is otherwise talk in a group, which is none of our business.
  const overheard = job?.part?.place === "rest";
  const newJob = overheard ? undefined : job;
  return [
    claimUpdate(update, newJob ? jobId : undefined),
    ...(chat && !overheard ? [recordChat(chat, update)] : []),
    ...(newJob ? [insertJob(jobId, newJob, update)] : []),
    ...(chat && continues(job) ? [continueJob(chat, job.part)] : []),
    ...(picture ? [insertPicture(picture, { ofAlbum: album !== undefined })] : []),
    ...(picture && album ? [extendAlbum(albumWindow)] : []),
    ...(newJob?.sender ? [adoptPictures(newJob.sender)] : []),
    ...(newJob && chat && album ? [withdrawAlbumAnswer(chat.id, album)] : []),
    ...(chat && cancel ? [stopJobs(jobsToStop(cancel, chat.id))] : []),
    ...(cancel?.jobId ? [judgeCancel({ ...cancel, jobId: cancel.jobId })] : []),
    ...(site?.remove && chat ? [requestRemoval(chat)] : []),
    ...(chat && !overheard ? say(update, chat) : []),
  ];
}

/** `fresh` has a row if nobody had this update, and in it the job to make if it joins nothing that was there before. */
function claimUpdate({ updateId, kind, chat, album, job }: AcceptedUpdate, jobId: JobId | undefined): SQL {
  const alone = [
    sql`true`,
    ...(album ? [sql`not exists (select from earlier where job_id is not null)`] : []),
    ...(chat && continues(job) ? [sql`not exists (select from open)`] : []),
    ...(job ? [sql`(select refusal from verdict) is null`] : []),
  ];
  return sql`fresh as (
      insert into telegram_updates (update_id, kind, album, job_id)
      select ${updateId}::bigint, ${kind}::text, ${album ?? null}::text,
             case when ${sql.join(alone, sql` and `)} then ${jobId ?? null}::uuid end
      on conflict (update_id) do nothing
      returning update_id, job_id
    )`;
}

function recordChat(chat: UpdateChat, { chosenLanguage: chosen, menu }: AcceptedUpdate): SQL {
  const allowed = menu ? sql`(select refusal from verdict) is null` : sql`true`;
  const choice =
    chosen === undefined
      ? sql`chats.chosen_language`
      : sql`case when ${allowed} then excluded.chosen_language else chats.chosen_language end`;
  return sql`chat as (
      insert into chats (id, type, language, chosen_language, unreachable_at)
      select ${chat.id}::bigint, ${chat.type}::text, ${chat.language ?? null}::text, ${chosen ?? null}::text,
             case when ${chat.unreachable ?? chat.type === "unknown"}::boolean then now() end
      from fresh
      on conflict (id) do update set
        type = excluded.type, language = coalesce(excluded.language, chats.language), chosen_language = ${choice},
        unreachable_at = excluded.unreachable_at
      where excluded.type <> 'unknown'
    )`;
}

function insertJob(jobId: JobId, { tenant, part, target }: UpdateJob, update: AcceptedUpdate): SQL {
  const { chat } = update;
  const newSiteId = createSiteId();
  const wait = waitFor(update);
  return sql`site as (
      insert into sites (id, tenant)
      select ${newSiteId}::text, ${tenant}::text from fresh, verdict where fresh.job_id is not null and verdict.site_id is null
    ), job as (
      insert into jobs (id, site_id, kind, tenant, prompt, chat_id, thread_id, message_id, language, part_sent_at, part_glue, traceparent, available_at, dispatch_after, turn)
      select ${jobId}::uuid, coalesce(verdict.site_id, ${newSiteId}::text), verdict.kind, ${tenant}::text, verdict.prompt,
             ${chat?.id ?? null}::bigint, ${chat?.threadId ?? null}::bigint, ${chat?.messageId ?? null}::bigint, ${chat?.language ?? null}::text,
             ${part?.glue === undefined ? sql`null::timestamptz` : sql`to_timestamp(${part.sentAt}::double precision)`}, ${part?.glue ?? null}::text, ${currentTraceparent() ?? null}::text,
             ${wait ? sql`now() + ${wait}, now() + ${wait}` : sql`now(), now() + interval '1 second'`},
             ${nextTurn(tenant)}
      from fresh, verdict where fresh.job_id is not null
    )${chat && target?.kind === "asked" ? settleQuestion(chat.id, target.messageId) : sql``}`;
}

/** Whatever is on its way for the site goes with it. */
function requestRemoval(chat: UpdateChat): SQL {
  return sql`${stopJobs(sql`site_id = (select site_id from verdict where refusal is null) and status in ('queued', 'running') and exists (select from fresh)`)}, removal as (
      update sites set removal = 'deleted', removal_requested_at = now(),
        removal_chat_id = ${chat.id}::bigint, removal_thread_id = ${chat.threadId ?? null}::bigint
      from verdict, fresh where sites.id = verdict.site_id and verdict.refusal is null
      returning ${notify("removal", sql`sites.id`)}
    )`;
}

function withdrawAlbumAnswer(chatId: number, album: string): SQL {
  return sql`withdrawn as (
      delete from notifications using fresh
      where chat_id = ${chatId}::bigint and status = 'pending' and attempt = 0 and payload ->> 'album' = ${album}::text
    )`;
}

/** A question is answered once, however often its buttons are pressed. */
function settleQuestion(chatId: number, messageId: number): SQL {
  return sql`, settled as (
      update notifications set payload = payload - 'prompt' from fresh
      where chat_id = ${chatId}::bigint and message_id = ${messageId}::bigint and fresh.job_id is not null
    )`;
}

function jobsToStop({ tenant, jobId }: NonNullable<AcceptedUpdate["cancel"]>, chatId: number): SQL {
  const which = jobId ? sql`id = ${jobId}::uuid` : sql`chat_id = ${chatId}::bigint`;
  return sql`tenant = ${tenant}::text and ${which} and status in ('queued', 'running') and exists (select from fresh)`;
}

/** Two deliveries at once: the loser's snapshot does not show what the winner wrote, so it looks again. */
async function findUpdateJob(db: Database, updateId: number): Promise<JobId | undefined> {
  const [row] = await db.query<{ job_id: JobId | null }>(
    sql`select job_id from telegram_updates where update_id = ${updateId}::bigint`,
  );
  return row?.job_id ?? undefined;
}
