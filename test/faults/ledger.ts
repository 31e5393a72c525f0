import { connect } from "amqplib";
import { readSiteIndex } from "../../src/bundles/site-index.ts";
import { verifyBundle } from "../../src/bundles/verify-bundle.ts";
import type { JobId } from "../../src/ids.ts";
import { topologyOf } from "../../src/queue/amqp/topology.ts";
import type { JobRow, Stage } from "./stage.ts";
import { waitFor } from "./wait-for.ts";

export interface Ledger {
  accepted: number;
  /** Completed once, with one visible revision whose hashes match. */
  completed: number;
  lost: number;
  doubled: number;
  violations: string[];
}

/**
 * What must be true after every fault: each accepted job ended exactly once; each completed one has exactly one visible
 * revision whose hashes match; at most one final message per job; nothing runs; nothing is left in the queues.
 */
export async function checkLedger(stage: Stage): Promise<Ledger> {
  const { accepted, sql } = stage;
  const violations = await settle(stage);
  const rows = (await sql`
    select id, site_id, status, stage, attempt, claims, crashes, snoozes, revision, error_code,
      (select count(*)::int from job_attempts where job_id = jobs.id and status = 'completed') as completions
    from jobs`) as (JobRow & { completions: number })[];
  const jobs = new Map(rows.map((row) => [row.id, row]));
  const ledger: Ledger = { accepted: accepted.size, completed: 0, lost: 0, doubled: 0, violations };
  for (const [id, end] of accepted) {
    const job = jobs.get(id);
    if (job === undefined || job.status === "queued" || job.status === "running") {
      ledger.lost++;
      violations.push(`job ${id} is lost: ${job ? await history(stage, id) : "no row"}`);
      continue;
    }
    if (end !== "any" && job.status !== end)
      violations.push(`job ${id} is ${job.status} (${job.error_code}), not ${end}`);
    const revisions = await visibleRevisions(stage.previewsPath, job);
    if (job.completions > 1 || revisions > 1) ledger.doubled++;
    const problems = await examine(stage.previewsPath, job, revisions);
    violations.push(...problems);
    if (job.status === "completed" && problems.length === 0) ledger.completed++;
  }
  for (const id of jobs.keys()) if (!accepted.has(id)) violations.push(`nobody asked for job ${id}`);
  violations.push(...(await checkMessages(stage, jobs)));
  return ledger;
}

/** What an engineer wants to know about a job that did not end. */
async function history({ sql }: Stage, id: JobId): Promise<string> {
  const [row] = await sql`
    select status, stage, attempt, claims, crashes, snoozes, dispatches, error_code, available_at - now() as available_in,
      dispatch_after - now() as dispatch_in, lease_expires_at - now() as lease_for, now() - created_at as age,
      (select json_agg(json_build_object('status', status, 'began', now() - started_at, 'ended', now() - finished_at, 'error', error_code)) from job_attempts where job_id = jobs.id) as attempts
    from jobs where id = ${id}`;
  return JSON.stringify(row);
}

/** A completed job was completed once and has one page, whole; any other has none. */
async function examine(
  root: string,
  { id, site_id, status, completions, revision }: JobRow & { completions: number },
  revisions: number,
): Promise<string[]> {
  const due = status === "completed" ? 1 : 0;
  if (completions !== due || revisions !== due)
    return [`job ${id} is ${status}, was completed ${completions} times and has ${revisions} revisions`];
  if (due === 0) return [];
  const { problems } = await verifyBundle(root, site_id, revision ?? undefined);
  return problems.map((problem) => `job ${id}: ${problem}`);
}

async function settle(stage: Stage): Promise<string[]> {
  try {
    await stage.settled();
    await emptyQueues(stage.env["RABBITMQ_URL"] ?? "");
    return [];
  } catch (error) {
    return [`${(error as Error).message} (${JSON.stringify(await stage.count())})`];
  }
}

async function emptyQueues(url: string): Promise<void> {
  const connection = await connect(url);
  try {
    const channel = await connection.createChannel();
    const { queue, deadQueue } = topologyOf("orchestrator.v1");
    for (const name of [queue, deadQueue])
      await waitFor(`queue ${name} to be empty`, async () => (await channel.checkQueue(name)).messageCount === 0);
  } finally {
    await connection.close();
  }
}

async function visibleRevisions(root: string, { site_id, id }: JobRow): Promise<number> {
  const index = await readSiteIndex(root, site_id);
  return index?.state === "live" ? index.revisions.filter(({ jobId }) => jobId === id).length : 0;
}

/** Each chat that asked has been told the end, and once. */
async function checkMessages(stage: Stage, jobs: Map<JobId, JobRow>): Promise<string[]> {
  const { sql, telegram, mayRepeat } = stage;
  const violations = telegram.violations.map((violation) => `Telegram refused: ${violation}`);
  const owed = await sql`
    select jobs.id, jobs.site_id, jobs.status, count(n.id)::int as recorded, bool_or(n.status = 'undeliverable') as undeliverable
    from jobs left join notifications n on n.job_id = jobs.id and n.kind in ('completed', 'failed', 'cancelled')
    where jobs.chat_id is not null group by jobs.id`;
  let repeated = 0;
  for (const { id, site_id, status, recorded, undeliverable } of owed) {
    if (!jobs.has(id)) continue;
    if (recorded !== 1) violations.push(`job ${id}: ${recorded} final messages are recorded`);
    if (status !== "completed" || undeliverable) continue;
    const sent = telegram.calls.filter(
      ({ method, answer, text }) => method === "sendMessage" && answer?.ok && text?.includes(`/p/${site_id}/`),
    ).length;
    if (sent === 0) violations.push(`job ${id}: the link never reached its chat`);
    if (sent > 1) repeated += sent - 1;
  }
  if (repeated > mayRepeat) violations.push(`${repeated} final messages were sent twice`);
  return violations;
}
