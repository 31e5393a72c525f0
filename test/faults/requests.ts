import { deepEqual, equal, ok } from "node:assert/strict";
import { openPostgres } from "../../src/db/postgres.ts";
import { isJobId, type JobId } from "../../src/ids.ts";
import { claimJob } from "../../src/jobs/claim-job.ts";
import { type OrchestratorProcess, runOrchestrator } from "../helpers/orchestrator-process.ts";
import { startTcpProxy } from "../helpers/tcp-proxy.ts";
import type { Scenario } from "./scenario.ts";
import type { Stage } from "./stage.ts";
import { waitFor } from "./wait-for.ts";

const many = (count: number) => Array.from({ length: count }, (_, index) => index);

export const requests: Scenario[] = [
  {
    number: 5,
    fault: "API killed between recording a job and publishing it",
    short: true,
    async run(stage) {
      await using network = await startTcpProxy(stage.env["RABBITMQ_URL"] ?? "");
      const api = await stage.startApi({ RABBITMQ_URL: network.url });
      const key = { "idempotency-key": "the-same" };
      const request = { method: "POST", headers: key, body: JSON.stringify({ prompt: "A page" }) };
      network.pause();
      const { id } = await created(await stage.call("/jobs", request));
      stage.accepted.set(id, "completed");
      await stage.end(api, "SIGKILL");
      await stage.startApi();
      const started = performance.now();
      await stage.startWorker();
      deepEqual((await created(await stage.call("/jobs", request))).id, id);
      await waitFor("the job to be claimed", async () => (await stage.job(id)).claims === 1);
      return { recoveredMs: performance.now() - started };
    },
  },
  {
    number: 40,
    fault: "cancelled while queued, while running, while completing",
    async run(stage) {
      await stage.startApi();
      const queued = await stage.submit("A page", "cancelled");
      equal((await cancel(stage, queued)).status, 200);
      await stage.startWorkers(2);
      stage.ai.play({ stallAfter: 3 });
      const running = await stage.submit("A page", "cancelled");
      await stage.asked(1);
      const cancelled = performance.now();
      equal((await cancel(stage, running)).status, 202);
      await stage.ai.requests[0]?.ended;
      const recoveredMs = performance.now() - cancelled;
      await stage.finished(running);
      stage.ai.play({});
      const outcomes = { completed: 0, cancelled: 0 };
      for (let race = 0; race < 30; race++) {
        const id = await stage.submit("A page", "any");
        await Bun.sleep(race * 4);
        const { status: answer } = await cancel(stage, id);
        const { status } = await stage.finished(id);
        equal(status, answer === 409 ? "completed" : "cancelled", `the answer was ${answer}`);
        outcomes[status as keyof typeof outcomes]++;
      }
      ok(recoveredMs < 5_000, "it does not wait for the next heartbeat");
      return { recoveredMs, note: `races: ${outcomes.cancelled} cancelled, ${outcomes.completed} completed` };
    },
  },
  {
    number: 41,
    fault: "one tenant with 1,000 waiting jobs, another comes with one",
    async run(stage) {
      await stage.startApi();
      for (let batch = 0; batch < 20; batch++)
        await Promise.all(Array.from({ length: 50 }, () => stage.submit("A page", "any")));
      // Pages that take 20 to 60 ms a piece: after a few jobs in each slot they no longer end in step.
      stage.ai.play(...Array.from({ length: 1000 }, (_, job) => ({ delayMs: 20 + ((job * 7) % 41) })));
      await stage.startWorkers(2);
      const slots = 8;
      await stage.asked(4 * slots);
      const waits: Wait[] = [];
      for (const chatId of many(10)) {
        waits.push(await waitOf(stage, await stage.say(14_100 + chatId)));
      }
      // Of the jobs so far: those that follow are quicker.
      const [{ job }] =
        await stage.sql`select avg(duration_ms)::float8 as job from job_attempts where status = 'completed'`;
      stage.ai.play({});
      await Promise.all((await waiting(stage)).slice(100).map((id) => cancel(stage, id)));
      const ahead = waits.map((wait) => wait.ahead);
      // One may: a claim passes over a row that is being written to.
      ok(Math.max(...ahead) <= 1, `others were started before them: ${ahead.join(", ")}`);
      const mean = waits.reduce((sum, { waitedMs }) => sum + waitedMs, 0) / waits.length;
      const due = job / slots;
      ok(mean <= 2 * due, `they waited ${mean} ms in the mean; a slot comes free every ${due} ms`);
      return {
        note: `ten newcomers waited ${mean.toFixed(0)} ms in the mean; a slot of ${slots} comes free every ${due.toFixed(0)} ms`,
      };
    },
  },
  {
    number: 43,
    fault: "10,000 waiting jobs while all is listed, scraped and pruned",
    async run(stage) {
      const api = await stage.startApi();
      await stage.sql`
        with new as (
          select gen_random_uuid() as id, left(translate(md5(n::text), '0189', 'wxyz'), 26) as site, n
          from generate_series(1, 10000) as n
        ), made as (insert into sites (id, tenant) select site, 'tenant ' || n % 100 from new)
        insert into jobs (id, site_id, tenant, prompt, turn, available_at, dispatch_after)
        select id, site, 'tenant ' || n % 100, 'A page', n / 100, now(), now() + interval '1 hour' from new`;
      await stage.sql`
        insert into telegram_updates (update_id, kind, received_at)
        select n, 'message', now() - interval '20 days' from generate_series(1, 50000) as n`;
      await stage.sql`analyze`;
      await using db = openPostgres({ url: stage.env["DATABASE_URL"] ?? "" });
      const times: number[] = [];
      const reading = new AbortController();
      const lists = [keepListing(stage, api, reading.signal), keepPruning(stage, reading.signal)];
      for (let claim = 0; claim < 500; claim++) {
        const started = performance.now();
        const worker = { name: "claimer", lockKey: 1, provider: "mock" };
        ok(await claimJob(db, worker, { redelivered: false }));
        times.push(performance.now() - started);
      }
      reading.abort();
      await Promise.all(lists);
      const [{ old }] = await stage.sql`select count(*)::int as old from telegram_updates`;
      equal(old, 0, "it was pruned meanwhile");
      times.sort((a, b) => a - b);
      const [median = 0, p99 = 0] = [times[250], times[495]];
      ok(median < 20, `half of the claims took more than ${median} ms`);
      await stage.sql`truncate jobs cascade`;
      return { note: `claim p50 ${median.toFixed(1)} ms, p99 ${p99.toFixed(1)} ms` };
    },
  },
];

async function created(response: Response): Promise<{ id: JobId }> {
  equal(response.status, 202);
  return (await response.json()) as { id: JobId };
}

function cancel(stage: Stage, id: JobId): Promise<Response> {
  return stage.call(`/jobs/${id}`, { method: "DELETE" });
}

interface Wait {
  /** From when it was recorded to its first attempt. */
  waitedMs: number;
  /** Jobs of other tenants that were claimed after it was accepted, and before it. */
  ahead: number;
}

async function waitOf(stage: Stage, id: JobId): Promise<Wait> {
  const [{ accepted }] = await stage.sql`select clock_timestamp()::text as accepted`;
  await waitFor("the one to begin", async () => (await stage.job(id)).claims > 0);
  const [row] = await stage.sql`
    select extract(epoch from started_at - created_at)::float8 * 1000 as waited,
      (select count(*) from jobs other where other.started_at > ${accepted}::timestamptz and other.started_at < one.started_at)::int as ahead
    from jobs one where id = ${id}`;
  return { waitedMs: row.waited, ahead: row.ahead };
}

async function keepPruning(stage: Stage, signal: AbortSignal): Promise<void> {
  do equal((await runOrchestrator(["prune"], { env: stage.env })).status, 0);
  while (!signal.aborted);
}

async function waiting(stage: Stage): Promise<JobId[]> {
  const rows = await stage.sql`select id from jobs where status = 'queued' order by turn`;
  return rows.map((row: { id: string }) => row.id).filter(isJobId);
}

/** What a dashboard asks for, over and over. */
async function keepListing(stage: Stage, api: OrchestratorProcess, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    ok((await stage.metric(api, 'jobs{status="queued"}')) > 0);
    await stage.sql`select status, count(*) from jobs group by status`;
    await stage.sql`select id, status, tenant from jobs order by created_at desc limit 50`;
    await Bun.sleep(50);
  }
}
