/**
 * The job pipeline beside graphile-worker, pg-boss and BullMQ, with a handler that does nothing: one run, one machine,
 * every system by turns in a process of its own, on servers started for it. Read the ratios.
 *
 *   bun bench/queue.ts [jobs] [rounds]
 *
 * Needs Debian's postgresql, rabbitmq-server and redis-server.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { SQL } from "bun";
import { startPrivatePostgres } from "../test/helpers/private-postgres.ts";
import { startPrivateRabbitmq } from "../test/helpers/private-rabbitmq.ts";
import { freePorts } from "../test/helpers/private-server.ts";
import { processTreeCpuMs } from "./process-cpu.ts";
import type { Measurement } from "./queue/measure.ts";

const jobs = Number(process.argv[2] ?? 2_000);
const rounds = Number(process.argv[3] ?? 3);

/** What is safe when `enqueue` resolves, and when a worker of another process takes over after `kill -9` by default. */
const systems = {
  orchestrator: {
    durable: "commit; then a quorum queue's confirm",
    takeover: "0.1 s (bun run test:faults --only 101)",
  },
  "graphile-worker": { durable: "commit", takeover: "4 h (job_expiry)" },
  "pg-boss": { durable: "commit", takeover: "15 min (expireInSeconds)" },
  bullmq: { durable: "memory; snapshot after a minute or more", takeover: "30-60 s (lockDuration, stalledInterval)" },
};

const [redisPort = 0] = await freePorts(1);
await using resources = new AsyncDisposableStack();
const directory = await mkdtemp(join(tmpdir(), "orchestrator-bench-"));
resources.defer(() => rm(directory, { recursive: true, force: true }));
const postgres = resources.use(await startPrivatePostgres());
const broker = resources.use(await startPrivateRabbitmq());
const redis = Bun.spawn(["redis-server", "--port", String(redisPort), "--bind", "127.0.0.1", "--dir", directory], {
  stdout: "ignore",
});
resources.defer(async () => {
  redis.kill();
  await redis.exited;
});
const serverPids = [postgres.pid, broker.pid, redis.pid];
const serversCpuMs = () => serverPids.reduce((sum, pid) => sum + processTreeCpuMs(pid), 0);

interface Result extends Measurement {
  totalCpuMs: number;
}

async function measure(name: string, round: number): Promise<Result> {
  const database = `bench_${name.replace("-", "_")}_${round}`;
  const sql = new SQL(postgres.url, { max: 1 });
  await sql.unsafe(`create database ${database}`);
  await sql.close();
  const databaseUrl = postgres.url.replace(/\/postgres$/, `/${database}`);
  const servers = JSON.stringify({ databaseUrl, rabbitmqUrl: broker.url, prefix: database, redisPort });
  const before = serversCpuMs();
  const child = Bun.spawn([process.execPath, `${import.meta.dir}/queue/measure.ts`, name, servers, String(jobs)], {
    stderr: "inherit",
  });
  const output = await child.stdout.text();
  const measured = JSON.parse(output) as Measurement;
  return { ...measured, totalCpuMs: measured.cpuMs + serversCpuMs() - before };
}

const results = new Map<string, Result[]>();
for (let round = 0; round < rounds; round++)
  for (const name of Object.keys(systems))
    results.set(name, [...(results.get(name) ?? []), await measure(name, round)]);

function median(values: number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

function percentile(values: number[], part: number): number {
  return values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * part))] ?? Number.NaN;
}

console.log(
  `${jobs} jobs, ten at a time, median of ${rounds} rounds; latency over ${rounds} x 200 jobs, one at a time`,
);
console.log(
  "system           enqueue/s   drain/s   CPU/job: process  with servers   latency p50      p99   durable at enqueue; taken over after kill -9",
);
for (const [name, { durable, takeover }] of Object.entries(systems)) {
  const rows = results.get(name) ?? [];
  const latencies = rows.flatMap(({ latenciesMs }) => latenciesMs);
  const handled = jobs + latencies.length / rows.length;
  const cells = [
    name.padEnd(16),
    ((jobs / median(rows.map(({ enqueueMs }) => enqueueMs))) * 1000).toFixed(0).padStart(9),
    ((jobs / median(rows.map(({ drainMs }) => drainMs))) * 1000).toFixed(0).padStart(9),
    `${(median(rows.map(({ cpuMs }) => cpuMs)) / handled).toFixed(2)} ms`.padStart(18),
    `${(median(rows.map(({ totalCpuMs }) => totalCpuMs)) / handled).toFixed(2)} ms`.padStart(13),
    `${percentile(latencies, 0.5).toFixed(1)} ms`.padStart(13),
    `${percentile(latencies, 0.99).toFixed(1)} ms`.padStart(8),
    `  ${durable}; ${takeover}`,
  ];
  console.log(cells.join(" "));
}
