/**
 * The fault suite: real processes of the compiled binary, a private broker and a private database that are broken on
 * purpose, and after each fault the ledger. Ends with status 1 on any violation.
 *
 *   bun run test:faults                                   every scenario, a table; what mostly waits beside the rest
 *   bun run test:faults --only 1,17                       some of them
 *   bun run test:faults --random --seed 7 --minutes 10    load, with faults chosen by the seed
 */
import { parseArgs } from "node:util";
import { randomRun } from "./random-run.ts";
import { formatReport, play, type Scenario, tableHead } from "./scenario.ts";
import { scenarios } from "./scenarios.ts";
import { openWorld } from "./world.ts";

const { values } = parseArgs({
  options: {
    only: { type: "string" },
    random: { type: "boolean", default: false },
    seed: { type: "string", default: String(Date.now() % 1_000_000) },
    minutes: { type: "string", default: "10" },
  },
});

const only = values.only?.split(",").map(Number);
const chosen = values.random
  ? [randomRun(Number(values.seed), Number(values.minutes))]
  : scenarios.filter(({ number }) => only?.includes(number) ?? true);

/** Plays from `scenarios`, which others take from as well, until none is left. */
async function playAll(scenarios: Scenario[]): Promise<void> {
  let next = scenarios.shift();
  if (next === undefined) return;
  await using world = await openWorld();
  for (; next; next = scenarios.shift()) {
    const report = await play(next, world);
    console.log(formatReport(report));
    if (report.violations.length > 0) violated++;
  }
}

console.log(tableHead);
let violated = 0;
const patient = chosen.filter(({ patient }) => patient).toReversed();
const busy = chosen.filter(({ patient }) => !patient);
await Promise.all([patient, patient, busy].map(playAll));
console.log(`${chosen.length} scenarios, ${violated} violated`);
if (violated > 0 || chosen.length === 0) process.exitCode = 1;
