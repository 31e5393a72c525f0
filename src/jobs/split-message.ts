import { type SQL, sql } from "drizzle-orm";
import type { UpdateChat, UpdateJob } from "./accept-update.ts";
import { maxPromptLength } from "./clean-prompt.ts";
import { notify } from "./signals.ts";

/** One message as a part of a longer text that the chat client split. */
export interface MessagePart {
  /** By the messenger's clock, in seconds since 1970. */
  sentAt: number;
  /** What to put between this part and the next, if this one is long enough for there to be a next. */
  glue: string | undefined;
  /** Whether it can begin a prompt, go on with one, or either. */
  place: "first" | "rest" | "either";
}

/** How long a job waits for the rest of a split message. Clients send the parts within milliseconds. */
export const partWindow = sql`interval '1.5 seconds'`;
/** Parts of one message are sent at nearly the same moment, however late they are delivered. */
const partGapSeconds = 2;

/** Whether the message may be the rest of another. */
export function continues(job: UpdateJob | undefined): job is UpdateJob & { part: MessagePart } {
  return job?.part !== undefined && job.part.place !== "first";
}

/** The sender's job whose message may go on with this part. */
export function findOpenJob(chat: UpdateChat, { tenant, prompt }: UpdateJob, { sentAt }: MessagePart): SQL {
  return sql`open as (
      select id, jobs.prompt || part_glue || ${prompt}::text as whole from jobs
      where tenant = ${tenant}::text and chat_id = ${chat.id}::bigint and thread_id is not distinct from ${chat.threadId ?? null}::bigint
        and finished_at is null and status = 'queued' and claims = 0 and available_at > now()
        and abs(extract(epoch from part_sent_at) - ${sentAt}::double precision) <= ${partGapSeconds}::int
      order by created_at desc limit 1
      for update
    )`;
}

/** Appends the part, and either waits for more or lets the job go. What does not fit is cut, and said once. */
export function continueJob(chat: UpdateChat, { sentAt, glue }: MessagePart): SQL {
  const due = glue === undefined ? sql`now()` : sql`now() + ${partWindow}`;
  return sql`continued as (
      update jobs set
        prompt = left(open.whole, ${maxPromptLength}::int),
        part_sent_at = ${glue === undefined ? sql`null` : sql`to_timestamp(${sentAt}::double precision)`}, part_glue = ${glue ?? null}::text,
        available_at = ${due}, dispatch_after = ${glue === undefined ? sql`now() + interval '1 second'` : due}
      from open, fresh where jobs.id = open.id
      returning jobs.id, length(open.whole) > ${maxPromptLength}::int as cut
    ), shortened as (
      insert into notifications (chat_id, thread_id, reply_to_message_id, job_id, kind)
      select ${chat.id}::bigint, ${chat.threadId ?? null}::bigint, ${chat.messageId ?? null}::bigint, id, 'shortened' from continued where cut
      on conflict do nothing
      returning ${notify("notification", sql`chat_id::text`)}
    )`;
}
