import { sql } from "drizzle-orm";
import type { Database } from "../db/database.ts";
import { DatabaseError } from "../errors.ts";
import type { JobId } from "../ids.ts";
import { type ClaimedJob, type ClaimRow, toClaimedJob } from "./claimed-job.ts";
import { confirmWithin } from "./confirm-within.ts";
import { mayRun } from "./may-run.ts";
import { notify } from "./signals.ts";

/**
 * How long a worker may be silent before another takes its job, by the database's clock. Renewed every 15 s, so it
 * survives three lost renewals.
 */
export const leaseSeconds = 60;

/** Crashes of the worker process after which a job is taken for the cause. */
export const maxCrashes = 3;
/**
 * Of a process that died all jobs are suspects. Who would be convicted by the next crash runs alone: it is claimed without
 * a stage, and enters its first when it is alone. One that had no stage when its worker died did not crash it.
 */
export const suspectAt = maxCrashes - 1;

export interface WorkerIdentity {
  /** Readable name, for the attempts table. */
  name: string;
  /** Advisory lock key the process holds while it lives. */
  lockKey: number;
  /** Provider the worker asks. While that is paused, jobs are put off instead of claimed. */
  provider: string;
}

/** Rows locked by somebody else are looked at again after this time, so often. */
const busyMs = 10;
const busyTries = 20;
/** Jobs claimed at once. Written into the statement too: of a parameter the planner expects a tenth of the table. */
export const mostClaimed = 20;
/** Jobs put back at once because they have to wait for another. */
const mostHeld = 100;

export interface ClaimOptions {
  /** A message was handed out before: somebody may have died with it. */
  redelivered: boolean;
  /** Jobs the messages at hand were sent for. Any other that is claimed may have a message of its own yet to come. */
  called: readonly JobId[];
  /** Jobs at most, and never more than {@link mostClaimed}. */
  most: number;
  /** The fencing token of all that is claimed. Whoever gets no answer can look for it. */
  token: string;
}

/**
 * Takes the jobs whose turn it is. A message from the queue says that there is work, and which job it was sent for;
 * which job is done is decided here, as late as possible, by priority and turn. There are at least as many messages as
 * waiting jobs, so none is left over.
 *
 * Running jobs whose worker is gone come first: their lease ended, or — looked for when a message was redelivered —
 * the advisory lock of its process can be taken, which is the case at once after `kill -9`.
 *
 * A person on Telegram has one running job; the next waits until that ended, however many workers are idle.
 *
 * @returns Fewer than `most` when no more are due, or when the others are in somebody's hands at this moment. None only
 *   when none is due.
 * @throws {DatabaseError} All that is due stayed in the hands of others.
 */
export async function claimJobs(
  db: Database,
  worker: WorkerIdentity,
  { redelivered, called, most, token }: ClaimOptions,
): Promise<ClaimedJob[]> {
  // PGlite has one session, which can take every lock.
  const lookForDead = redelivered && db.kind === "postgres";
  for (let tries = 1; tries <= busyTries; tries++) {
    const rows = await claim(db, worker, { lookForDead, called, most, token }).catch(busyWhenTaken);
    const jobs = rows.flatMap((row) => (row.id ? [toClaimedJob(row, row.id)] : []));
    if (jobs.length > 0 || !rows[0]?.busy) return jobs;
    await Bun.sleep(busyMs);
  }
  throw new DatabaseError("The jobs that are due are in the hands of others.");
}

/** One job, as {@link claimJobs} takes it; `undefined` when nothing is due. */
export async function claimJob(
  db: Database,
  worker: WorkerIdentity,
  { redelivered, called = [] }: Pick<ClaimOptions, "redelivered"> & Partial<Pick<ClaimOptions, "called">>,
): Promise<ClaimedJob | undefined> {
  const [job] = await claimJobs(db, worker, { redelivered, called, most: 1, token: crypto.randomUUID() });
  return job;
}

/**
 * Two workers took two jobs of one person or site in the same moment: the unique index lets one have its way. Of two who
 * took several each, neither may, until one is told to give way.
 */
function busyWhenTaken(error: unknown): { busy: true; id: null }[] {
  const { code } = ((error as Error).cause ?? {}) as { code?: string };
  if (code !== "23505" && code !== "40P01") throw error;
  return [{ busy: true, id: null }];
}

async function claim(
  db: Database,
  worker: WorkerIdentity,
  { lookForDead, called, most, token }: Omit<ClaimOptions, "redelivered"> & { lookForDead: boolean },
): Promise<(ClaimRow | { busy: boolean; id: null })[]> {
  const gone = lookForDead
    ? // Shared: a dead worker's jobs are looked for by several workers at once, who must not take each other for it.
      sql`(lease_expires_at < now() or pg_try_advisory_xact_lock_shared(lease_owner))`
    : sql`lease_expires_at < now()`;
  const calledFor = sql`any(array(select value::uuid from jsonb_array_elements_text(${JSON.stringify(called)}::text::jsonb)))`;
  const unsent = sql`(dispatch_after <= now() + ${confirmWithin} and not id = ${calledFor})`;
  return db.query<ClaimRow>(sql`
    with pause as (
      select paused_until from provider_pauses where provider = ${worker.provider}::text and paused_until > now()
    ), orphan as (
      select id, claims, stage is not null as crashed, case when lease_expires_at < now() then 'lease_expired' else 'worker_died' end as rescued,
        ${unsent} as unsent from jobs
      where status = 'running' and ${gone}
      order by lease_expires_at limit ${most}::int for update skip locked
    ), due as (
      select id, claims, ${unsent} as unsent, tenant, priority, turn from jobs
      where available_at <= now() and ${mayRun}
      order by priority desc, turn, id limit ${most}::int - (select count(*) from orphan) for update skip locked
    ), next as (
      select distinct on (case when tenant like 'telegram:%' then tenant else id::text end)
        id, claims, false as crashed, null::text as rescued, unsent from due
      order by case when tenant like 'telegram:%' then tenant else id::text end, priority desc, turn, id
      limit ${sql.raw(String(mostClaimed))}
    ), chosen as (
      select * from orphan union all select * from next where not exists (select from pause)
    ), unsent as (
      select from orphan where unsent union all select from next where unsent
    ), put_off as (
      -- All of them: the messages that called for them are used up.
      update jobs set available_at = paused_until + wait, dispatch_after = paused_until + wait, dispatches = dispatches + 1
      from (select id, random() * interval '1 second' as wait from due) as n, pause
      where jobs.id = n.id
    ), recorded as materialized (
      -- A job whose own message is not known to be sent takes that of another, which would be left without: one is sent
      -- again. The one sent last: it has the longest way to the head of the line, and the next claim would owe again for it.
      select id from jobs where exists (select from unsent) and dispatch_after > now() + ${confirmWithin}
        and available_at <= now() and ${mayRun} and id not in (select id from due)
      order by dispatch_after desc limit (select count(*) from unsent) for update skip locked
    ), used as materialized (
      -- Nobody else has a message on record, so the job whose message this is may be the one without. Not if it was put
      -- off: it is sent when its time has come.
      select id from jobs where (select count(*) from recorded) < (select count(*) from unsent)
        and id = ${calledFor} and waiting and available_at <= now() and id not in (select id from due)
      limit (select count(*) from unsent) - (select count(*) from recorded) for update skip locked
    ), known as materialized (
      select id from recorded union all select id from used
    ), under_way as (
      -- These may be sent without that, by whoever took them for it.
      select id from jobs where (select count(*) from known) < (select count(*) from unsent)
        and dispatch_after <= now() + ${confirmWithin} and (dispatch_after >= now() or dispatches = 0)
        and available_at <= now() and ${mayRun} and id not in (select id from due) and id not in (select id from known)
      order by dispatch_after desc limit (select count(*) from unsent) - (select count(*) from known) for update skip locked
    ), owed as (
      update jobs set dispatch_after = now(), dispatches = dispatches + 1
      where id = any(array(select id from known union all select id from under_way))
    ), held as (
      -- The messages that said so are used up: the dispatcher sends others when their turn has come.
      update jobs set dispatch_after = now(), dispatches = dispatches + 1
      where not exists (select from chosen) and id = any(array(
        select id from jobs where waiting and available_at <= now() and not ${mayRun}
        order by priority desc, turn, id limit ${sql.raw(String(mostHeld))} for update skip locked))
    ), abandoned as (
      update job_attempts a set status = 'abandoned', finished_at = now(),
        duration_ms = extract(epoch from now() - a.started_at) * 1000
      from orphan where a.job_id = orphan.id and a.number = orphan.claims
    ), claimed as (
      update jobs set
        status = 'running', stage = case when crashes + crashed::int < ${suspectAt}::int then 'writing' end,
        attempt = attempt + (crashed or rescued is null)::int, claims = jobs.claims + 1, crashes = crashes + crashed::int,
        lease_owner = ${worker.lockKey}::bigint, lease_token = ${token}::uuid,
        lease_expires_at = now() + make_interval(secs => ${leaseSeconds}::int),
        dispatch_after = now() + make_interval(secs => ${leaseSeconds}::int),
        started_at = coalesce(started_at, now()),
        base_revision = (select current_revision from sites where sites.id = jobs.site_id)
      from chosen where jobs.id = chosen.id
      returning jobs.id, site_id, kind, replay_of, base_revision, prompt, model, attempt, jobs.claims, crashes, snoozes, lease_token, revision,
                cancel_requested_at is not null as cancel_requested, language, traceparent, rescued,
                extract(epoch from now() - available_at)::float8 * 1000 as wait_ms, ${notify("changed", sql`jobs.id::text`)}
    ), begun as (
      insert into job_attempts (job_id, number, worker) select id, claims, ${worker.name}::text from claimed
    )
    select busy, id, site_id, kind, replay_of, base_revision, prompt, model, attempt, crashes, snoozes, lease_token, revision, cancel_requested, language, traceparent, rescued, wait_ms
    from (
      select not exists (select from due) and coalesce(
        (select true from jobs where available_at <= now() and ${mayRun} order by priority desc, turn, id limit 1), false) as busy
    ) as b left join claimed on true`);
}
