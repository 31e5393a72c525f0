import { sql } from "drizzle-orm";
import type { Database } from "../db/database.ts";
import type { JobError } from "./job.ts";
import type { LeasedJob } from "./lease.ts";
import { encodeReply, keptReplies } from "./replies.ts";
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

export interface Ending {
  job: LeasedJob;
  outcome: Outcome;
  record: AttemptRecord;
  /** Goes into the message about a finished page. */
  previewUrl?: string | undefined;
}

/** Attempts closed at once. Written into the statement too: of JSON the planner expects a hundred. */
export const mostEnded = 20;

/** Closes one attempt, as {@link endAttempts} does. */
export async function endAttempt(
  db: Database,
  job: LeasedJob,
  outcome: Outcome,
  record: AttemptRecord,
  previewUrl?: string,
): Promise<boolean> {
  return (await endAttempts(db, [{ job, outcome, record, previewUrl }]))[0] === true;
}

/**
 * Closes attempts in one statement: the jobs' new states, the attempts' records, the sites' current revisions and
 * the messages to the users. Does nothing for a job whose lease is no longer ours.
 *
 * A job that is to run again although its cancellation was asked for is cancelled instead.
 *
 * @param endings At most {@link mostEnded}.
 * @returns Of each, whether the job was still ours.
 */
export async function endAttempts(db: Database, endings: readonly Ending[]): Promise<boolean[]> {
  const given = endings.map(toGiven);
  // A part that no ending needs is left out: each costs time though it finds nothing.
  const parts = [
    given.some(({ outcome }) => outcome === "completed") ? movedSites : sql``,
    given.some(({ outcome }) => outcome === "snoozed") ? pausedProviders : sql``,
    given.some(({ message }) => message !== undefined) ? said : sql``,
    given.some(({ reply }) => reply !== undefined) ? keptReplies : sql``,
  ];
  const rows = await db.query<LeasedJob>(sql`
    with given as materialized (
      select * from jsonb_to_recordset(${JSON.stringify(given, storable)}::text::jsonb) as given (
        id uuid, token uuid, outcome text, delay_secs double precision, new_title text, new_summary text, new_revision int, rebased_on jsonb,
        error_code text, error_message text, provider text, model text, finish text, repairs jsonb, prompt_version int,
        cost_usd double precision, input_tokens int, output_tokens int, reply text, message jsonb)
      limit ${sql.raw(String(mostEnded))}
    ), ended as (
      update jobs set
        status = case
          when delay_secs is null then outcome
          when cancel_requested_at is null then 'queued'
          else 'cancelled' end,
        finished_at = case when delay_secs is null or cancel_requested_at is not null then now() end,
        available_at = case when delay_secs is null then available_at else now() + make_interval(secs => delay_secs) end,
        dispatch_after = case when delay_secs is null then dispatch_after else now() + make_interval(secs => delay_secs) end,
        attempt = attempt - (outcome in ('snoozed', 'released'))::int, snoozes = snoozes + (outcome = 'snoozed')::int,
        title = case when outcome = 'completed' then new_title else title end,
        summary = case when outcome = 'completed' then new_summary else summary end,
        base_revision = case when rebased_on is null then base_revision else (rebased_on->>0)::int end,
        error_code = given.error_code, error_message = given.error_message,
        provider = coalesce(given.provider, jobs.provider), model = coalesce(given.model, jobs.model),
        input_tokens = jobs.input_tokens + given.input_tokens, output_tokens = jobs.output_tokens + given.output_tokens,
        cost_usd = coalesce(jobs.cost_usd + given.cost_usd, jobs.cost_usd, given.cost_usd),
        stage = null, lease_owner = null, lease_token = null, lease_expires_at = null
      from given where jobs.id = given.id and lease_token = token
      returning jobs.id, site_id, tenant, jobs.provider, available_at, claims, status, chat_id, thread_id, message_id,
        token, outcome, new_title, new_revision, reply, message, ${notify("changed", sql`jobs.id::text`)}
    ), attempt as (
      update job_attempts a set
        status = case when ended.status = 'cancelled' then 'cancelled' else given.outcome end,
        provider = given.provider, model = given.model, finish = given.finish, repairs = given.repairs, prompt_version = given.prompt_version,
        cost_usd = given.cost_usd, error_code = given.error_code, error_message = given.error_message,
        input_tokens = given.input_tokens, output_tokens = given.output_tokens,
        finished_at = now(), duration_ms = extract(epoch from now() - a.started_at) * 1000
      from ended join given on given.id = ended.id and given.token = ended.token where a.job_id = ended.id and a.number = ended.claims
    ), waiting as (
      -- The message that called for this tenant's next job may have come while this one ran, and found nothing to do.
      update jobs set dispatch_after = least(dispatch_after, greatest(available_at, now()))
      where id = any(array(
        select next.id from ended cross join lateral (
          select id from jobs where tenant = ended.tenant and waiting and id <> ended.id order by priority desc, turn, id limit 1
        ) as next
        where ended.tenant like 'telegram:%'
      ))
    )${sql.join(parts)}
    select id, token from ended`);
  const ours = new Set(rows.map(leaseOf));
  return endings.map(({ job }) => ours.has(leaseOf(job)));
}

const movedSites = sql`, site as (
      update sites set current_revision = greatest(current_revision, new_revision), title = new_title, updated_at = now()
      from ended where sites.id = ended.site_id and outcome = 'completed'
    )`;

const pausedProviders = sql`, pause as (
      insert into provider_pauses (provider, paused_until)
      select provider, max(available_at) from ended where outcome = 'snoozed' and provider is not null group by provider
      on conflict (provider) do update set paused_until = greatest(provider_pauses.paused_until, excluded.paused_until)
    )`;

const said = sql`, said as (
      insert into notifications (chat_id, thread_id, reply_to_message_id, job_id, kind, payload)
      select chat_id, thread_id, message_id, id, status, message from ended
      where chat_id is not null and message is not null and status = outcome
      on conflict do nothing
      returning ${notify("notification", sql`chat_id::text`)}
    )`;

/** Of one job, the endings of several leases may come together. */
function leaseOf({ id, token }: LeasedJob): string {
  return `${id} ${token}`;
}

/** One ending as the statement reads it. A job that runs again has a delay. */
function toGiven({ job, outcome, record, previewUrl }: Ending) {
  const error = "error" in outcome ? outcome.error : undefined;
  const completed = outcome.kind === "completed" ? outcome : undefined;
  return {
    id: job.id,
    token: job.token,
    outcome: outcome.kind,
    delay_secs: delaySecs(outcome),
    new_title: completed?.title,
    new_summary: completed?.summary,
    new_revision: completed?.revision,
    rebased_on: completed?.baseRevision === undefined ? undefined : [completed.baseRevision],
    error_code: error?.code,
    error_message: error?.message,
    provider: record.provider,
    model: record.model,
    finish: record.finish,
    repairs: record.repairs ?? [],
    prompt_version: record.promptVersion,
    cost_usd: record.costUsd,
    input_tokens: record.inputTokens,
    output_tokens: record.outputTokens,
    reply: record.reply ? encodeReply(record.reply) : undefined,
    message: messageFor(outcome, previewUrl),
  };
}

function delaySecs(outcome: Outcome): number | undefined {
  if (outcome.kind === "released") return 0;
  return "delayMs" in outcome ? outcome.delayMs / 1000 : undefined;
}

/** Postgres stores neither NUL nor half a surrogate pair. */
function storable(_key: string, value: unknown): unknown {
  return typeof value === "string" ? value.toWellFormed().replaceAll("\0", "") : value;
}

/** What the person is told, if anything: under the name of the job's new status, and only if that is true. */
function messageFor(outcome: Outcome, previewUrl: string | undefined): Record<string, unknown> | undefined {
  switch (outcome.kind) {
    case "completed":
      return { title: outcome.title, url: previewUrl, revision: outcome.revision, summary: outcome.summary };
    case "failed":
      return { code: outcome.error.code };
    case "cancelled":
      return {};
    case "retried":
    case "snoozed":
    case "released":
      return undefined;
  }
}
