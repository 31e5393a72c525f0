import { deepEqual, equal, ok } from "node:assert/strict";
import { openPostgres } from "../../src/db/postgres.ts";
import type { JobId } from "../../src/ids.ts";
import { claimJob } from "../../src/jobs/claim-job.ts";
import { endAttempt } from "../../src/jobs/end-attempt.ts";
import { submitJob } from "../../src/jobs/submit-job.ts";
import { encodePointer } from "../../src/queue/amqp/pointer.ts";
import { routingKeys } from "../../src/queue/amqp/topology.ts";
import { claimed, topology, withChannel } from "./broker.ts";
import { offerLoad } from "./load.ts";
import type { Scenario } from "./scenario.ts";
import type { Stage } from "./stage.ts";
import { waitFor } from "./wait-for.ts";
import { slowly } from "./worker-deaths.ts";

/** A worker without a page to make: two of them race for rows faster than processes could. */
const worker = (lockKey: number) => ({ name: `racer:${lockKey}`, lockKey, provider: "mock" });

export const database: Scenario[] = [
  {
    number: 16,
    fault: "two workers race for one row, 1,000 times, and for 1,000 rows",
    async run(stage) {
      await using one = openPostgres({ url: stage.env["DATABASE_URL"] ?? "" });
      await using other = openPostgres({ url: stage.env["DATABASE_URL"] ?? "" });
      for (let race = 0; race < 1_000; race++) {
        const { jobId } = await submitJob(one, { prompt: "A page", tenant: "api" });
        stage.accepted.set(jobId, "cancelled");
        const claims = await Promise.all(
          [one, other].map((db, index) => claimJob(db, worker(index + 1), { redelivered: false })),
        );
        const [won, ...more] = claims.filter((claim) => claim !== undefined);
        deepEqual([won?.id, more.length], [jobId, 0]);
        if (won) await endAttempt(one, won, { kind: "cancelled" }, { inputTokens: 0, outputTokens: 0 });
      }
      const [{ deadlocks }] = await stage.sql`
        select deadlocks::int from pg_stat_database where datname = current_database()`;
      equal(deadlocks, 0);
      return raceOfProcesses(stage);
    },
  },
  {
    number: 19,
    fault: "all Postgres backends killed every 2 s for a minute, under load",
    run: (stage) => killBackends(stage, 60_000),
  },
  {
    number: 20,
    fault: "Postgres restarted at once under 10 running jobs",
    short: true,
    async run(stage) {
      stage.ai.play({ delayMs: 90 });
      const { postgres } = stage.world;
      await stage.startApi();
      await stage.startWorkers(2, { WORKER_CONCURRENCY: "5" });
      const ids = await Promise.all([1, 2, 3, 4, 5, 6, 7, 8, 9, 10].map((chat) => stage.say(2000 + chat)));
      await stage.asked(10);
      await postgres.kill("SIGQUIT");
      await postgres.start();
      const started = performance.now();
      const next = await stage.submit();
      const recoveredMs = performance.now() - started;
      for (const id of [...ids, next]) equal((await stage.finished(id)).crashes, 0);
      equal(stage.ai.requests.length, 11, "nothing was asked twice");
      return { recoveredMs };
    },
  },
  {
    number: 21,
    fault: "Postgres down for 5 minutes",
    patient: true,
    async run(stage) {
      stage.ai.play(slowly);
      const { postgres } = stage.world;
      await stage.startApi();
      await stage.startWorkers(2);
      await Promise.all([1, 2, 3, 4, 5, 6].map((chat) => stage.say(2100 + chat)));
      await stage.asked(4);
      await postgres.kill("SIGQUIT");
      const { status } = await stage.call("/ready");
      equal(status, 503);
      await Bun.sleep(300_000);
      const asked = stage.ai.requests.length;
      ok(asked <= 12, `${asked} requests to the AI server while the database was down`);
      await postgres.start();
      const started = performance.now();
      await stage.submit();
      const recoveredMs = performance.now() - started;
      return { recoveredMs, note: `${asked} requests for 6 jobs` };
    },
  },
  {
    number: 23,
    fault: "LISTEN backends killed, signals sent into the gap",
    short: true,
    async run(stage) {
      stage.ai.play(slowly);
      await stage.startApi();
      await stage.startWorkers(2);
      const ids = await Promise.all([1, 2, 3].map((chat) => stage.say(2300 + chat)));
      await stage.asked(1);
      const killed = await stage.sql`
        select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and query ilike 'listen%'`;
      ok(killed.length >= 3, `${killed.length} backends were listening`);
      for (const id of ids) await stage.finished(id);
      const started = performance.now();
      await waitFor("all to be told", async () => (await pending(stage)) === 0);
      return { recoveredMs: performance.now() - started };
    },
  },
];

/** Load for as long, and every backend but the suite's own killed every two seconds. */
async function killBackends(stage: Stage, durationMs: number) {
  await stage.startApi();
  await stage.startWorkers(2);
  const stop = AbortSignal.timeout(durationMs);
  const load = offerLoad(stage, { everyMs: 250, signal: stop });
  let killed = 0;
  while (!stop.aborted) {
    await Bun.sleep(2_000);
    const gone = await stage.sql`
      select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and application_name = 'orchestrator'`;
    killed += gone.length;
  }
  await load;
  const before = await claimed(stage);
  await stage.submit();
  const recoveredMs = await waitFor("work to go on", async () => (await claimed(stage)) > before);
  return { recoveredMs, note: `${killed} backends killed` };
}

/**
 * Two processes with four slots each, and two messages for each of 1,000 jobs that wait: all look for the first in the
 * line at once. The provider refuses each job, so that they do little else.
 */
async function raceOfProcesses(stage: Stage) {
  stage.ai.play({ failure: { status: 401, code: "invalid_api_key" } });
  await stage.startApi();
  const ids: JobId[] = [];
  while (ids.length < 1_000)
    ids.push(...(await Promise.all(Array.from({ length: 50 }, () => stage.submit("A page", "failed")))));
  await withChannel(stage, async (channel) => {
    for (const id of ids) channel.publish(topology.exchange, routingKeys.job, encodePointer(id));
  });
  await stage.startWorkers(2);
  const started = performance.now();
  await stage.settled();
  const seconds = (performance.now() - started) / 1000;
  const [{ claims, ended, retried }] = await stage.sql`
    select sum(claims)::int as claims, (select count(*)::int from job_attempts where status = 'failed') as ended,
      (select count(*)::int from job_attempts where status = 'retried') as retried
    from jobs where status = 'failed'`;
  // A connection that the server closed just then makes an attempt that never asked.
  deepEqual(
    [claims - retried, ended, stage.ai.requests.length],
    [1_000, 1_000, 1_000],
    "each was claimed and asked once",
  );
  return { note: `1,000 jobs in ${seconds.toFixed(1)} s` };
}

async function pending(stage: Stage): Promise<number> {
  const [row] = await stage.sql`select count(*)::int as pending from notifications where status = 'pending'`;
  return row.pending;
}
