/** Measures one system in a process of its own: `bun bench/queue/measure.ts NAME SERVERS JOBS`, servers as JSON. */
import type { BenchQueue, BenchServers } from "./bench-queue.ts";

export interface Measurement {
  enqueueMs: number;
  drainMs: number;
  /** Of this process, for everything. */
  cpuMs: number;
  /** From the call to `enqueue` until the handler begins, idle. */
  latenciesMs: number[];
}

const [name = "", servers = "", count = ""] = process.argv.slice(2);
const jobs = Number(count);
const enqueuers = 16;
const latencySamples = 200;

const { open } = (await import(`./${name}.ts`)) as { open(servers: BenchServers): Promise<BenchQueue> };
const queue = await open(JSON.parse(servers) as BenchServers);

const begunAt = new Map<number, number>();
let allBegun = Promise.withResolvers<void>();
let awaited = jobs;
function handle(number: number): void {
  begunAt.set(number, performance.now());
  if (begunAt.size === awaited) allBegun.resolve();
}

const cpu = process.cpuUsage();
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
const latenciesMs: number[] = [];
for (let sample = 0; sample < latencySamples; sample++) {
  const number = jobs + sample;
  awaited = number + 1;
  allBegun = Promise.withResolvers();
  const asked = performance.now();
  await queue.enqueue(number);
  await allBegun.promise;
  latenciesMs.push((begunAt.get(number) ?? Number.NaN) - asked);
  await Bun.sleep(10);
}
await queue[Symbol.asyncDispose]();
const { user, system } = process.cpuUsage(cpu);
console.log(JSON.stringify({ enqueueMs, drainMs, cpuMs: (user + system) / 1000, latenciesMs } satisfies Measurement));
process.exit(0);
