import { type SQL, sql } from "drizzle-orm";
import type { Database } from "../db/database.ts";
import type { JobError } from "./job.ts";
import type { LeasedJob } from "./lease.ts";
import { keepReply } from "./replies.ts";
import { notify } from "./signals.ts";

/** How an attempt ended, and with it perhaps the job. */
export type Outcome =
  | {
      kind: "completed";
      title: string;
      revision: number;
      summary?: string | undefined;
      baseRevision?: number | null | undefined;
    }
  | { kind: "failed"; error: JobError }
  /** Spends the attempt. */
  | { kind: "retried"; error: JobError; delayMs: number }
  /** Gives the attempt back: the provider asked us to wait, and is left alone by every worker until then. */
  | { kind: "snoozed"; error: JobError; delayMs: number }
  /** Gives the attempt back: this worker is going away. */
  | { kind: "released" }
  | { kind: "cancelled" };

/** What the attempt used and cost, as far as it got. */
export interface AttemptRecord {
  provider?: string | undefined;
  model?: string | undefined;
  finish?: string | undefined;
  /** What it took to get a page out of the reply. */
  repairs?: readonly string[] | undefined;
  promptVersion?: number | undefined;
  /** What the model wrote, word for word. */
  reply?: string | undefined;
  /** US dollars; absent when the model has no known price. */
  costUsd?: number | undefined;
  inputTokens: number;
  outputTokens: number;
}

/**
 * Closes an attempt in one statement: the job's new state, the attempt's record, the site's current revision and
 * the message to the user. Does nothing when the lease is no longer ours.
 *
 * A job that is to run again although its cancellation was asked for is cancelled instead.
 *
 * @param previewUrl Goes into the message about a finished page.
 * @returns Whether the job was still ours.
 */
export async function endAttempt(
  db: Database,
  job: LeasedJob,
  outcome: Outcome,
  record: AttemptRecord,
  previewUrl?: string,
): Promise<boolean> {
  const error = "error" in outcome ? outcome.error : undefined;
  const message = messageFor(outcome, previewUrl);
  const sitePart =
    outcome.kind === "completed"
      ? sql`, site as (
          update sites set current_revision = greatest(current_revision, ${outcome.revision}::int), title = ${outcome.title}::text, updated_at = now()
          from ended where sites.id = ended.site_id
        )`
      : sql``;
  const pausePart =
    outcome.kind === "snoozed"
      ? sql`, pause as (
          insert into provider_pauses (provider, paused_until)
          select provider, available_at from ended where provider is not null
          on conflict (provider) do update set paused_until = greatest(provider_pauses.paused_until, excluded.paused_until)
        )`
      : sql``;
  const messagePart = message
    ? sql`, said as (
        insert into notifications (chat_id, thread_id, reply_to_message_id, job_id, kind, payload)
        select chat_id, thread_id, message_id, id, ${message.kind}::text, ${JSON.stringify(message.payload)}::text::jsonb
        from ended where chat_id is not null and status = ${message.status}::text
        on conflict do nothing
        returning ${notify("notification", sql`chat_id::text`)}
      )`
    : sql``;
  const [row] = await db.query<{ id: string }>(sql`
    with ended as (
      update jobs set
        ${stateAfter(outcome)},
        error_code = ${error?.code ?? null}::text, error_message = ${error?.message ?? null}::text,
        provider = coalesce(${record.provider ?? null}::text, provider), model = coalesce(${record.model ?? null}::text, model),
        input_tokens = input_tokens + ${record.inputTokens}::int, output_tokens = output_tokens + ${record.outputTokens}::int,
        cost_usd = coalesce(cost_usd + ${record.costUsd ?? null}::double precision, cost_usd, ${record.costUsd ?? null}::double precision),
        stage = null, lease_owner = null, lease_token = null, lease_expires_at = null
      where id = ${job.id}::uuid and lease_token = ${job.token}::uuid
      returning id, site_id, tenant, provider, available_at, claims, status, chat_id, thread_id, message_id, ${notify("changed", sql`id::text`)}
    ), attempt as (
      update job_attempts a set
        status = case when ended.status = 'cancelled' then 'cancelled' else ${outcome.kind}::text end,
        provider = ${record.provider ?? null}::text, model = ${record.model ?? null}::text, finish = ${record.finish ?? null}::text,
        repairs = ${JSON.stringify(record.repairs ?? [])}::text::jsonb, prompt_version = ${record.promptVersion ?? null}::int,
        cost_usd = ${record.costUsd ?? null}::double precision,
        error_code = ${error?.code ?? null}::text, error_message = ${error?.message ?? null}::text,
        input_tokens = ${record.inputTokens}::int, output_tokens = ${record.outputTokens}::int,
        finished_at = now(), duration_ms = extract(epoch from now() - a.started_at) * 1000
      from ended where a.job_id = ended.id and a.number = ended.claims
    ), waiting as (
      -- The message that called for this tenant's next job may have come while this one ran, and found nothing to do.
      update jobs set dispatch_after = least(dispatch_after, greatest(available_at, now()))
      where id = (
        select next.id from ended cross join lateral (
          select id from jobs where tenant = ended.tenant and waiting and id <> ended.id order by priority desc, turn, id limit 1
        ) as next
        where ended.tenant like 'telegram:%'
      )
    )${sitePart}${pausePart}${messagePart}${record.reply ? keepReply(record.reply) : sql``}
    select id from ended`);
  return row !== undefined;
}

function stateAfter(outcome: Outcome): SQL {
  switch (outcome.kind) {
    case "completed":
      return sql`status = 'completed', finished_at = now(), title = ${outcome.title}::text, summary = ${outcome.summary ?? null}::text${
        outcome.baseRevision === undefined ? sql`` : sql`, base_revision = ${outcome.baseRevision}::int`
      }`;
    case "failed":
      return sql`status = 'failed', finished_at = now()`;
    case "cancelled":
      return sql`status = 'cancelled', finished_at = now()`;
    case "retried":
      return queuedAgain(outcome.delayMs);
    case "snoozed":
      return sql`${queuedAgain(outcome.delayMs)}, attempt = attempt - 1, snoozes = snoozes + 1`;
    case "released":
      return sql`${queuedAgain(0)}, attempt = attempt - 1`;
  }
}

function queuedAgain(delayMs: number): SQL {
  const due = sql`now() + make_interval(secs => ${delayMs / 1000}::double precision)`;
  return sql`
    status = case when cancel_requested_at is null then 'queued' else 'cancelled' end,
    finished_at = case when cancel_requested_at is null then null::timestamptz else now() end,
    available_at = ${due}, dispatch_after = ${due}`;
}

/** What the person is told, if anything. `status` is what the job must have become for it to be true. */
function messageFor(outcome: Outcome, previewUrl: string | undefined) {
  switch (outcome.kind) {
    case "completed":
      return {
        kind: "completed",
        status: "completed",
        payload: { title: outcome.title, url: previewUrl, revision: outcome.revision, summary: outcome.summary },
      };
    case "failed":
      return { kind: "failed", status: "failed", payload: { code: outcome.error.code } };
    case "cancelled":
      return { kind: "cancelled", status: "cancelled", payload: {} };
    case "retried":
    case "snoozed":
    case "released":
      return undefined;
  }
}
