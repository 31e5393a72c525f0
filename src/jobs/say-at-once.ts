import { type SQL, sql } from "drizzle-orm";
import type { AcceptedUpdate, UpdateChat } from "./accept-update.ts";
import { notify } from "./signals.ts";
import { continues } from "./split-message.ts";

/** The parts of an album come one by one: "add a caption" waits a moment for the one that has it, and a job for every picture. */
export const albumWindow = sql`interval '1.5 seconds'`;
/** Refusals that a button's short word cannot explain. */
const longRefusals = sql`('limit', 'limit_open')`;

/** Parts of a statement: what an update is answered with, after `fresh` and, where it can be refused, `verdict`. */
export function say(update: AcceptedUpdate, chat: UpdateChat): SQL[] {
  const place = sql`${chat.id}::bigint, ${chat.threadId ?? null}::bigint, ${chat.messageId ?? null}::bigint`;
  const from = isJudged(update) ? sql`fresh cross join verdict` : sql`fresh`;
  return [
    ...(update.notifications.length > 0 ? [sayWhatFollows(update, place, from)] : []),
    ...(isJudged(update) ? [sayRefusal(update, place, from)] : []),
    ...(update.answer ? [answerButton(update, update.answer, place, from)] : []),
  ];
}

/** Whether what the update asks for can be refused. */
function isJudged({ job, cancel, site, menu }: AcceptedUpdate): boolean {
  return job !== undefined || cancel?.jobId !== undefined || site !== undefined || menu !== undefined;
}

function sayWhatFollows(update: AcceptedUpdate, place: SQL, from: SQL): SQL {
  const { album, cancel, job, site, notifications } = update;
  const one = notifications.map(({ kind, payload }) => ({
    kind,
    payload: { ...payload, ...(album ? { album } : {}) },
  }));
  const when = [
    ...joinsNoAlbum(update),
    ...(job ? [sql`fresh.job_id is not null`] : isJudged(update) ? [sql`verdict.refusal is null`] : []),
    ...(cancel && !cancel.jobId ? [sql`not exists (select from stopped)`] : []),
  ];
  return sql`said as (
      insert into notifications (chat_id, thread_id, reply_to_message_id, job_id, site_id, kind, payload, available_at)
      select ${place}, fresh.job_id, ${site ? sql`verdict.site_id` : sql`null::text`}, one.kind, one.payload,
             now()${album && !job ? sql` + ${albumWindow}` : sql``}
      from ${from} cross join jsonb_to_recordset(${JSON.stringify(one)}::text::jsonb) as one (kind text, payload jsonb)
      ${when.length > 0 ? sql`where ${sql.join(when, sql` and `)}` : sql``}
      returning ${notify("notification", sql`chat_id::text`)}
    )`;
}

function sayRefusal(update: AcceptedUpdate, place: SQL, from: SQL): SQL {
  const when = [
    ...joinsNoAlbum(update),
    sql`verdict.refusal is not null`,
    ...(continues(update.job) ? [sql`not exists (select from open)`] : []),
    ...(update.answer ? [sql`verdict.refusal in ${longRefusals}`] : []),
  ];
  // The question keeps what it is about for whoever answers it.
  const { job } = update;
  const asks = job?.target?.kind === "wish" ? { tenant: job.tenant, prompt: job.prompt } : undefined;
  return sql`refused as (
      insert into notifications (chat_id, thread_id, reply_to_message_id, kind${asks ? sql`, site_id, payload` : sql``})
      select ${place}, verdict.refusal${asks ? sql`, verdict.site_id, ${JSON.stringify(asks)}::text::jsonb` : sql``} from ${from} where ${sql.join(when, sql` and `)}
      returning ${notify("notification", sql`chat_id::text`)}
    )`;
}

/** The word that a button waits for, or the refusal in its place. */
function answerButton(
  update: AcceptedUpdate,
  answer: NonNullable<AcceptedUpdate["answer"]>,
  place: SQL,
  from: SQL,
): SQL {
  const kind = isJudged(update)
    ? sql`case when verdict.refusal is null then ${answer.kind}::text when verdict.refusal in ${longRefusals} then 'done' else verdict.refusal end`
    : sql`${answer.kind}::text`;
  return sql`answered as (
      insert into notifications (chat_id, thread_id, reply_to_message_id, kind, payload, urgent)
      select ${place}, ${kind}, ${JSON.stringify({ callbackQueryId: answer.callbackQueryId })}::text::jsonb, true from ${from}
      returning ${notify("notification", sql`chat_id::text`)}
    )`;
}

/** All parts of an album together get one answer. */
function joinsNoAlbum({ album, job }: AcceptedUpdate): SQL[] {
  return album ? [sql`not exists (select from earlier${job ? sql` where job_id is not null` : sql``})`] : [];
}
