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
import type { CpuMs, Measurement } from "./queue/measure.ts";

/** So many that connecting and planning weigh little. */
const jobs = Number(process.argv[2] ?? 5_000);
const rounds = Number(process.argv[3] ?? 3);

/** What is safe when `enqueue` resolves, and when a worker of another process takes over after `kill -9` by default. */
const systems = {
  orchestrator: {
    uses: ["database", "broker"],
    durable: "commit; then a quorum queue's confirm",
    takeover: "0.1 s (bun run test:faults --only 101)",
  },
  "graphile-worker": { uses: ["database"], durable: "commit", takeover: "4 h (job_expiry)" },
  "pg-boss": { uses: ["database"], durable: "commit", takeover: "15 min (expireInSeconds)" },
  bullmq: {
    uses: ["redis"],
    durable: "memory; snapshot after a minute or more",
    takeover: "30-60 s (lockDuration, stalledInterval)",
  },
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
async function measure(name: keyof typeof systems, round: number): Promise<Measurement> {
  const database = `bench_${name.replace("-", "_")}_${round}`;
  const sql = new SQL(postgres.url, { max: 1 });
  await sql.unsafe(`create database ${database}`);
  await sql.close();
  const databaseUrl = postgres.url.replace(/\/postgres$/, `/${database}`);
  const uses = (server: string) => systems[name].uses.includes(server);
  const pids = {
    ...(uses("database") ? { database: postgres.pid } : {}),
    ...(uses("broker") ? { broker: broker.pid } : uses("redis") ? { broker: redis.pid } : {}),
  };
  const servers = JSON.stringify({ databaseUrl, rabbitmqUrl: broker.url, prefix: database, redisPort, pids });
  const child = Bun.spawn([process.execPath, `${import.meta.dir}/queue/measure.ts`, name, servers, String(jobs)], {
    stderr: "inherit",
  });
  return JSON.parse(await child.stdout.text()) as Measurement;
}

const results = new Map<string, Measurement[]>();
for (let round = 0; round < rounds; round++)
  for (const name of Object.keys(systems) as (keyof typeof systems)[])
    results.set(name, [...(results.get(name) ?? []), await measure(name, round)]);

function median(values: number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

function percentile(values: number[], part: number): number {
  return values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * part))] ?? Number.NaN;
}

console.log(
  `${jobs} jobs, ten at a time, median of ${rounds} rounds; from enqueue to handler when idle, over ${rounds} x 300 jobs, one at a time.`,
);
console.log("CPU in ms a job, of the process and of the servers that the system uses.");
console.log(
  "system           enqueue/s  drain/s   process  Postgres    broker       all   start p50      p99   durable at enqueue; taken over after kill -9",
);
for (const [name, { durable, takeover }] of Object.entries(systems)) {
  const rows = results.get(name) ?? [];
  const latencies = rows.flatMap(({ latenciesMs }) => latenciesMs);
  const perSecond = (ms: (row: Measurement) => number) => ((jobs / median(rows.map(ms))) * 1000).toFixed(0);
  const cpu = (of: (cpu: CpuMs) => number) =>
    (median(rows.map(({ cpuMs }) => of(cpuMs))) / jobs).toFixed(2).padStart(9);
  const cells = [
    name.padEnd(16),
    perSecond(({ enqueueMs }) => enqueueMs).padStart(9),
    perSecond(({ drainMs }) => drainMs).padStart(8),
    cpu(({ process }) => process),
    cpu(({ database }) => database),
    cpu(({ broker }) => broker),
    cpu(({ process, database, broker }) => process + database + broker),
    `${percentile(latencies, 0.5).toFixed(1)} ms`.padStart(11),
    `${percentile(latencies, 0.99).toFixed(1)} ms`.padStart(8),
    `  ${durable}; ${takeover}`,
  ];
  console.log(cells.join(" "));
}
