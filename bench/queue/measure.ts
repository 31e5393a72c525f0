/** Measures one system in a process of its own: `bun bench/queue/measure.ts NAME SERVERS JOBS`, servers as JSON. */
import { processTreeCpuMs } from "../process-cpu.ts";
import type { BenchQueue, BenchServers } from "./bench-queue.ts";

export interface Measurement {
  enqueueMs: number;
  drainMs: number;
  /** From the first job to the last, and until nothing more is to be written about them. */
  cpuMs: CpuMs;
  /** From the call to `enqueue` until the handler begins, idle. */
  latenciesMs: number[];
}

export interface CpuMs {
  process: number;
  database: number;
  broker: number;
}

const [name = "", servers = "", count = ""] = process.argv.slice(2);
const jobs = Number(count);
const enqueuers = 16;
const latencySamples = 300;
/** Longer than it takes to finish a job and to hear of it. */
const pauseMs = 25;

const { open } = (await import(`./${name}.ts`)) as { open(servers: BenchServers): Promise<BenchQueue> };
const given = JSON.parse(servers) as BenchServers;
const queue = await open(given);

function cpuMs(): CpuMs {
  const { user, system } = process.cpuUsage();
  const of = (pid: number | undefined) => (pid === undefined ? 0 : processTreeCpuMs(pid));
  return { process: (user + system) / 1000, database: of(given.pids.database), broker: of(given.pids.broker) };
}

const begunAt = new Map<number, number>();
let allBegun = Promise.withResolvers<void>();
let awaited = jobs;
function handle(number: number): void {
  begunAt.set(number, performance.now());
  if (begunAt.size === awaited) allBegun.resolve();
}

const before = cpuMs();
const started = performance.now();
let next = 0;
await Promise.all(
  Array.from({ length: enqueuers }, async () => {
    while (next < jobs) await queue.enqueue(next++);
  }),
);
const enqueueMs = performance.now() - started;
const draining = performance.now();
await queue.work(handle);
await allBegun.promise;
const drainMs = performance.now() - draining;
await Bun.sleep(1_500);
const after = cpuMs();
const spent = {
  process: after.process - before.process,
  database: after.database - before.database,
  broker: after.broker - before.broker,
};
const latenciesMs: number[] = [];
for (let sample = 0; sample < latencySamples; sample++) {
  const number = jobs + sample;
  awaited = number + 1;
  allBegun = Promise.withResolvers();
  const asked = performance.now();
  await queue.enqueue(number);
  await allBegun.promise;
  latenciesMs.push((begunAt.get(number) ?? Number.NaN) - asked);
  await Bun.sleep(pauseMs);
}
await queue[Symbol.asyncDispose]();
console.log(JSON.stringify({ enqueueMs, drainMs, cpuMs: spent, latenciesMs } satisfies Measurement));
process.exit(0);
