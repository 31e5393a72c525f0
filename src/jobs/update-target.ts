import { type SQL, sql } from "drizzle-orm";
import type { JobId, SiteId } from "../ids.ts";
import type { UpdateChat, UpdateJob, UpdateSite } from "./accept-update.ts";
import { maxPromptLength } from "./clean-prompt.ts";
import { countOpen, countTowardsLimit } from "./daily-limit.ts";

/** What a prompt is about; without any, it is about a new site. */
export type JobTarget =
  /** The site that one of our messages is about, if it is about one. */
  | { kind: "reply"; messageId: number }
  /** Words that sound like a change and reply to nothing: with a page in the chat we ask, without one it may be a prompt. */
  | { kind: "wish"; needsPage: boolean }
  /** A change asked for by a button. */
  | { kind: "edit"; siteId: SiteId }
  /** What our message asked about: the site it names, or a new one, by the words that were recorded with it. */
  | { kind: "asked"; siteId: SiteId; messageId: number; asNew: boolean }
  /** The site once more, from everything that was asked for so far. */
  | { kind: "rebuild"; siteId: SiteId }
  /** What failed or was stopped, once more. */
  | { kind: "again"; jobId: JobId };

/**
 * Part of a statement: `verdict`, one row that says what job to make — `site_id` (null for a new site), `kind` and
 * `prompt` — or why none is made: a `refusal` for the messenger to put into words.
 */
export function judgeJob(job: UpdateJob, chat: UpdateChat | undefined): SQL {
  const { tenant, dailyLimit } = job;
  const limited =
    dailyLimit === undefined
      ? sql`null`
      : sql`case when ${countTowardsLimit(sql`${tenant}::text`)} >= ${dailyLimit}::int then 'limit'
                 when ${countTowardsLimit(sql`${tenant}::text`)} + ${countOpen(sql`${tenant}::text`)} >= ${dailyLimit}::int then 'limit_open' end`;
  return sql`target as (
      ${findTarget(job, chat)}
    ), verdict as (
      select site_id, kind, left(prompt, ${maxPromptLength}::int) as prompt, coalesce(refusal, ${limited}) as refusal from target
    )`;
}

/** The words that made a site what it is, in the order they came in. */
function promptsOf(siteId: SQL): SQL {
  return sql`(select string_agg(made.prompt, E'\\n\\n' order by made.revision) from jobs made
              where made.site_id = ${siteId} and made.status = 'completed' and made.kind <> 'replay')`;
}

/** Whether the site is at work already: the same button pressed twice asks once. */
function isBusy(siteId: SQL): SQL {
  return sql`exists (select from jobs busy where busy.site_id = ${siteId} and busy.status in ('queued', 'running'))`;
}

function findTarget({ tenant, prompt, target }: UpdateJob, chat: UpdateChat | undefined): SQL {
  const mine = sql`when s.tenant <> ${tenant}::text then 'not_yours' when s.removal is not null then 'site_gone'`;
  switch (target?.kind) {
    case undefined:
      return sql`select null::text as site_id, 'new' as kind, ${prompt}::text as prompt, null::text as refusal`;
    case "reply":
      // A page that never came to be is no page to change: what is said about it is a new wish.
      return sql`
        select case when as_it_is then s.id end as site_id, case when as_it_is then 'edit' else 'new' end as kind,
               case when about.kind = 'own_version' then coalesce(${promptsOf(sql`s.id`)} || E'\\n\\n', '') else '' end || ${prompt}::text as prompt,
               case when about.kind = 'own_version' then case when s.removal is not null then 'site_gone' end
                    ${mine} end as refusal
        from (select) as one left join (${aboutMessage(chat, target.messageId)}) as about on true left join sites s on s.id = about.site_id
        cross join lateral (select coalesce(about.kind <> 'own_version' and (s.current_revision is not null or ${isBusy(sql`s.id`)}), false)) as a (as_it_is)`;
    case "wish":
      return sql`
        select latest.site_id, 'new' as kind, ${prompt}::text as prompt,
               case when latest.site_id is not null then 'change_or_new' when ${target.needsPage}::boolean then 'nothing_to_change' end as refusal
        from (select) as one left join (${latestSite(tenant, chat)}) as latest on true`;
    case "edit":
      return sql`
        select s.id as site_id, 'edit' as kind, ${prompt}::text as prompt,
               case when s.id is null then 'site_gone' ${mine} when ${isBusy(sql`s.id`)} then 'making' end as refusal
        from (select) as one left join sites s on s.id = ${target.siteId}::text`;
    case "asked": {
      // Locked, so that of two presses at the same moment the second finds the question settled.
      // A page that is being made is changed after that, as with a reply.
      const changed = target.asNew ? sql`` : sql`${mine} when s.id is null then 'site_gone'`;
      return sql`
        select ${target.asNew ? sql`null::text` : sql`s.id`} as site_id, ${target.asNew ? "new" : "edit"}::text as kind, n.payload ->> 'prompt' as prompt,
               case when n.payload ->> 'tenant' <> ${tenant}::text then 'not_yours'
                    when n.payload ->> 'prompt' is null then 'button_expired' ${changed} end as refusal
        from (select) as one left join (${messageAt(chat, target.messageId)} for update) as n on true
        left join sites s on s.id = n.site_id and s.id = ${target.siteId}::text`;
    }
    case "rebuild":
      return sql`
        select s.id as site_id, 'new' as kind, ${promptsOf(sql`s.id`)} as prompt,
               case when s.id is null or s.current_revision is null then 'site_gone' ${mine} when ${isBusy(sql`s.id`)} then 'making' end as refusal
        from (select) as one left join sites s on s.id = ${target.siteId}::text`;
    case "again":
      return sql`
        select s.id as site_id, j.kind, j.prompt,
               case when s.id is null then 'button_expired' ${mine} when ${isBusy(sql`s.id`)} then 'making'
                    when exists (
                      select from jobs done where done.site_id = s.id and done.created_at >= j.created_at
                        and done.kind = j.kind and done.prompt = j.prompt and done.status = 'completed'
                    ) then 'ready' end as refusal
        from (select) as one left join jobs j on j.id = ${target.jobId}::uuid left join sites s on s.id = j.site_id`;
  }
}

/** Part of a statement: `verdict` about a site that something is to be said of, or done to. */
export function judgeSite({ find, tenant }: UpdateSite, chat: UpdateChat | undefined): SQL {
  const found = "siteId" in find ? sql`select ${find.siteId}::text as site_id` : aboutMessage(chat, find.messageId);
  const theirs = tenant === undefined ? sql`` : sql`when s.tenant <> ${tenant}::text then 'not_yours'`;
  return sql`verdict as (
      select s.id as site_id,
             case when s.id is null or s.removal is not null or s.current_revision is null then 'site_gone' ${theirs} end as refusal
      from (select) as one left join (${found}) as about on true left join sites s on s.id = about.site_id
    )`;
}

/** Part of a statement: `verdict` about a menu, which is for whoever called for it. */
export function judgeMenu({ tenant, messageId }: { tenant: string; messageId: number }, chat: UpdateChat): SQL {
  return sql`verdict as (
      select null::text as site_id, case when n.payload ->> 'tenant' <> ${tenant}::text then 'not_yours' end as refusal
      from (select) as one left join (${messageAt(chat, messageId)}) as n on true
    )`;
}

/** Part of a statement: `verdict` about stopping one job, after `found` and `stopped`. Who stops it twice has stopped it. */
export function judgeCancel({ tenant, jobId }: { tenant: string; jobId: JobId }): SQL {
  return sql`verdict as (
      select null::text as site_id,
             case when exists (select from stopped) then null
                  when j.tenant <> ${tenant}::text then 'not_yours'
                  when j.status = 'cancelled' then null
                  else 'late' end as refusal
      from (select) as one left join jobs j on j.id = ${jobId}::uuid
    )`;
}

/** The site that a person in the chat has in mind who names none: the one being made, or else the one changed last. */
function latestSite(tenant: string, chat: UpdateChat | undefined): SQL {
  const here = sql`chat_id = ${chat?.id ?? null}::bigint`;
  return sql`
    (select site_id, created_at as at from jobs open
      where tenant = ${tenant}::text and finished_at is null and ${here}
        and exists (select from sites where id = open.site_id and removal is null)
      order by created_at desc limit 1)
    union all
    (select id, updated_at from sites
      where tenant = ${tenant}::text and current_revision is not null and removal is null
        and exists (select from jobs where site_id = sites.id and ${here})
      order by updated_at desc limit 1)
    order by at desc limit 1`;
}

/** The site that one of our messages in the chat is about. */
function aboutMessage(chat: UpdateChat | undefined, messageId: number): SQL {
  return sql`
    select coalesce(n.site_id, j.site_id) as site_id, n.kind from notifications n left join jobs j on j.id = n.job_id
    where n.chat_id = ${chat?.id ?? null}::bigint and n.message_id = ${messageId}::bigint
    order by n.id desc limit 1`;
}

/** What we said last in one of our messages in the chat. */
function messageAt(chat: UpdateChat | undefined, messageId: number): SQL {
  return sql`
    select site_id, payload from notifications
    where chat_id = ${chat?.id ?? null}::bigint and message_id = ${messageId}::bigint order by id desc limit 1`;
}
