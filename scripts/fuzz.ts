/**
 * Searches for input that breaks a promise of the sanitizer: canonical output, the same tree in parse5 and Chromium,
 * the same bytes in any pieces and the second time, nothing dangerous, linear time. What it finds is made small and
 * written to test/fixtures/sanitizer/found/, where the tests keep it from then on.
 *
 * bun run fuzz [--seconds 60] [--seed N]
 */
import { join } from "node:path";
import { parseArgs } from "node:util";
import fc from "fast-check";
import type { Page } from "playwright-core";
import { sanitize } from "../src/sanitizer/sanitize.ts";
import { hasChromium, openChromium } from "../test/helpers/chromium.ts";
import { checkInput } from "../test/sanitizer/check-input.ts";
import { foundDirectory } from "../test/sanitizer/found-inputs.ts";
import { hostileMarkup } from "../test/sanitizer/hostile-markup.ts";
import { readCanonicalTree } from "../test/sanitizer/trees/canonical-tree.ts";
import { describeInBrowser } from "../test/sanitizer/trees/describe-in-browser.ts";

const roundSize = 1000;
const longChars = 1 << 18;
/** A quadratic pass over {@link longChars} takes minutes, a linear one a fraction of a second on any machine. */
const maxLongMs = 10_000;

const { values } = parseArgs({
  options: { seconds: { type: "string", default: "60" }, seed: { type: "string", default: String(Date.now() % 1e9) } },
});
const [seconds, firstSeed] = [Number(values.seconds), Number(values.seed)];
if (!(seconds > 0) || !Number.isInteger(firstSeed)) {
  console.error("usage: bun run fuzz [--seconds 60] [--seed 1]");
  process.exit(2);
}

const until = performance.now() + seconds * 1000;
const browser = hasChromium ? await openChromium() : undefined;
const page = await browser?.newPage();
let inputs = 0;
let found = 0;
console.log(`seed ${firstSeed}, ${seconds} s${page ? "" : ", without Chromium"}`);
for (let seed = firstSeed; performance.now() < until; seed++) {
  await checkPromises(seed);
  const documents = fc.sample(hostileMarkup, { seed, numRuns: roundSize }).map((parts) => parts.join(""));
  if (page) await checkTrees(page, documents);
  for (const document of documents.slice(0, 5)) await checkTime(document);
}
await browser?.close();
console.log(`${inputs} inputs, ${found} found`);
process.exitCode = found > 0 ? 1 : 0;

async function checkPromises(seed: number): Promise<void> {
  const property = fc.property(hostileMarkup, fc.array(fc.nat({ max: 400 }), { maxLength: 5 }), (parts, cuts) => {
    inputs++;
    const broken = checkInput(parts.join(""), cuts);
    if (broken.length > 0) throw new Error(broken.join("\n"));
  });
  const timeLeftMs = Math.max(1, until - performance.now());
  const result = fc.check(property, { seed, numRuns: roundSize, interruptAfterTimeLimit: timeLeftMs });
  if (!result.failed || result.counterexample === null) return;
  const [parts, cuts] = result.counterexample;
  await keep(parts.join(""), cuts, String((result.errorInstance as Error | null)?.message));
}

async function checkTrees(inside: Page, documents: string[]): Promise<void> {
  const pages = documents.map((document) => sanitize(document).html);
  const trees = (await inside.evaluate(`${JSON.stringify(pages)}.map(${describeInBrowser})`)) as string[];
  for (const [index, html] of pages.entries()) {
    if (trees[index] === readCanonicalTree(html)) continue;
    await keep(documents[index] ?? "", [], `Chromium reads another tree:\n${trees[index]}`);
  }
}

async function checkTime(document: string): Promise<void> {
  if (document === "") return;
  const long = document.repeat(Math.ceil(longChars / document.length));
  const start = performance.now();
  sanitize(long);
  const ms = performance.now() - start;
  if (ms > maxLongMs) await keep(document, [], `repeated, ${long.length} characters take ${ms} ms`);
}

async function keep(input: string, cuts: number[], broke: string): Promise<void> {
  found++;
  const name = `${Bun.hash(input).toString(36)}.json`;
  await Bun.write(
    join(foundDirectory, name),
    `${JSON.stringify({ broke: broke.slice(0, 2000), input, cuts }, null, 2)}\n`,
  );
  console.log(`${name}: ${JSON.stringify(input)}\n${broke.slice(0, 2000)}`);
}
