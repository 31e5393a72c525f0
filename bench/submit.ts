/**
 * From keypress to published page: `submit` with the mock provider in a new data directory and in one that exists,
 * beside the bare start of the same program (`--version`).
 *
 *   bun bench/submit.ts [runs]
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { command, runOrchestrator } from "../test/helpers/orchestrator-process.ts";

const runs = Number(process.argv[2] ?? 7);

async function time(args: string[]): Promise<number> {
  const started = performance.now();
  const { status, stderr } = await runOrchestrator(args, { env: { HOME: tmpdir() } });
  if (status !== 0) throw new Error(`${args[0]} ended with ${status}: ${stderr}`);
  return performance.now() - started;
}

async function median(measure: () => Promise<number>): Promise<number> {
  const times: number[] = [];
  for (let run = 0; run < runs; run++) times.push(await measure());
  return times.sort((a, b) => a - b)[Math.floor(runs / 2)] ?? 0;
}

const prompt = "Create a landing page for a coffee shop";
const directory = await mkdtemp(join(tmpdir(), "orchestrator-bench-"));
const start = await median(() => time(["--version"]));
const first = await median(async () => {
  const fresh = join(directory, crypto.randomUUID());
  const elapsed = await time(["submit", "--data-dir", fresh, prompt]);
  await rm(fresh, { recursive: true });
  return elapsed;
});
const again = await median(() => time(["submit", "--data-dir", join(directory, "kept"), prompt]));
await rm(directory, { recursive: true });

console.log(`${command.join(" ")}, median of ${runs}`);
for (const [name, ms] of [
  ["--version", start],
  ["submit, new data directory", first],
  ["submit, again", again],
] as const) {
  console.log(`${name.padEnd(28)} ${ms.toFixed(0).padStart(6)} ms   ${(ms / start).toFixed(1).padStart(5)} ×`);
}
