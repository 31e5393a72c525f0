/**
 * Watching a page being written: how long the first visible word takes from the provider to the screen of a browser, at
 * fifty tokens a second, with the preview server in the worker's process and in one of its own, beside the same browser
 * reading the provider's text with nothing in between; whether the page that was watched is the page that is published;
 * what 200 viewers cost the worker and the preview server.
 *
 *     bun bench/live.ts [rounds]
 *
 * Needs Chromium. Runs the compiled binary when it was built.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, Response as PageAnswer } from "playwright-core";
import { openBrowser } from "../test/helpers/browser.ts";
import { type OrchestratorProcess, startOrchestrator } from "../test/helpers/orchestrator-process.ts";
import { processCpuMs } from "./process-cpu.ts";

const rounds = Number(process.argv[2] ?? 5);
const tokenMs = 20;
const tokenLength = 4;
const viewers = 200;
const head = `<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Ember</title><meta name="viewport" content="width=device-width">
<style>:root{--ink:#2b1a10}body{margin:0;font:1.1rem/1.6 Georgia,serif;color:var(--ink)}main{max-width:60rem;margin:auto;padding:1.5rem}h1{font-size:3rem}</style>
</head><body><main><h1>Coffee`;
const rest = ` roasted slowly</h1>${Array.from({ length: 12 }, (_, i) => `<section><h2>Part ${i}</h2><p>We roast on Tuesdays and Fridays, in view of the counter, and pour until six.</p></section>`).join("\n")}</main></body></html>`;

const firstVisible = head.lastIndexOf("Coffee");

/** When the first visible word left the provider, in milliseconds since the epoch. */
let firstWordAt = 0;

function startProvider() {
  return Bun.serve({
    port: 0,
    hostname: "127.0.0.1",
    idleTimeout: 60,
    fetch(request) {
      const bare = request.method === "GET";
      const type = bare ? "text/html; charset=utf-8" : "text/event-stream";
      return new Response(bare ? tokens() : reply(), { headers: { "content-type": type } });
    },
  });
}

async function* tokens(): AsyncGenerator<string> {
  // Time for the browsers to come and wait.
  await Bun.sleep(2500);
  const page = head + rest;
  for (let at = 0; at < page.length; at += tokenLength) {
    await Bun.sleep(tokenMs);
    if (at <= firstVisible && firstVisible < at + tokenLength) firstWordAt = Date.now();
    yield page.slice(at, at + tokenLength);
  }
}

async function* reply(): AsyncGenerator<string> {
  const frame = (delta: object, finish: string | null = null) =>
    `data: ${JSON.stringify({ id: "1", object: "chat.completion.chunk", created: 1, model: "scripted", choices: [{ index: 0, delta, finish_reason: finish }] })}\n\n`;
  yield frame({ role: "assistant", content: "" });
  for await (const token of tokens()) yield frame({ content: token });
  yield frame({}, "stop");
  yield "data: [DONE]\n\n";
}

const directory = await mkdtemp(join(tmpdir(), "bench-live-"));
await using stack = new AsyncDisposableStack();
stack.defer(() => rm(directory, { recursive: true }));
const provider = startProvider();
stack.defer(() => provider.stop(true));
const env = {
  HOME: directory,
  ORCHESTRATOR_DATA_DIR: directory,
  AI_PROVIDER: "openai",
  AI_BASE_URL: `${provider.url.origin}/v1`,
  AI_MODEL: "scripted",
  API_TOKEN: "token",
  HOST: "127.0.0.1",
  PORT: "0",
  PREVIEW_PORT: "0",
  LOG_LEVEL: "INFO",
};
const worker = stack.use(startOrchestrator(["up"], env));
const preview = stack.use(startOrchestrator(["serve-preview"], env));
const api = await addressOf(worker, "serving the API");
const servers = {
  "in one process": await addressOf(worker, "serving previews"),
  "across processes": await addressOf(preview, "serving previews"),
};
const browser = await openBrowser();
stack.defer(() => browser.close());

console.log(`first word to first contentful paint, ${rounds} rounds`);
for (let round = 0; round < rounds; round++) {
  const bare = await watch(browser, provider.url.href, () => true);
  const { siteId } = await submit();
  const seen = await Promise.all(
    Object.values(servers).map((origin) => watch(browser, `${origin}/p/${siteId}/`, isGrowing)),
  );
  const line = [
    `nothing in between ${bare.paintMs.toFixed(0).padStart(4)} ms`,
    ...Object.keys(servers).map((name, i) => `${name} ${seen[i]?.paintMs.toFixed(0).padStart(4)} ms`),
  ];
  console.log(`  ${line.join("   ")}   same as published: ${seen.map(({ same }) => same).join(", ")}`);
}

for (const count of [0, viewers, 0, viewers]) {
  const { siteId, id } = await submit();
  const before = { worker: processCpuMs(worker.pid), preview: processCpuMs(preview.pid) };
  const url = `${servers["across processes"]}/p/${siteId}/`;
  // Before a worker has it, the answer is a word about the job, not the page.
  while (count > 0 && (await fetch(url, { method: "HEAD" })).status !== 200) await Bun.sleep(20);
  const texts = await Promise.all(Array.from({ length: count }, async () => (await fetch(url)).text()));
  await finished(id);
  const published = await (await fetch(url)).text();
  const same = texts.filter((text) => text === published).length;
  console.log(
    `${String(count).padStart(4)} viewers: worker ${processCpuMs(worker.pid) - before.worker} ms CPU, preview ${processCpuMs(preview.pid) - before.preview} ms CPU, ${same} saw what was published`,
  );
}

async function addressOf(program: OrchestratorProcess, message: string): Promise<string> {
  return String((await program.line((line) => line["msg"] === message))["url"]);
}

async function submit(): Promise<{ id: string; siteId: string }> {
  const answer = await fetch(`${api}/jobs`, {
    method: "POST",
    headers: { authorization: "Bearer token", "content-type": "application/json" },
    body: JSON.stringify({ prompt: "Create a landing page for a coffee shop" }),
  });
  return (await answer.json()) as { id: string; siteId: string };
}

async function finished(id: string): Promise<void> {
  for (;;) {
    const answer = await fetch(`${api}/jobs/${id}`, { headers: { authorization: "Bearer token" } });
    const { status } = (await answer.json()) as { status: string };
    if (status === "completed") return;
    if (status === "failed") throw new Error("the job failed");
    await Bun.sleep(100);
  }
}

function isGrowing(answer: PageAnswer | null): boolean {
  return answer?.headers()["cache-control"] === "no-store, no-transform";
}

async function watch(
  chromium: Browser,
  url: string,
  isPage: (answer: PageAnswer | null) => boolean,
): Promise<{ paintMs: number; same: boolean }> {
  const page = await chromium.newPage();
  while (!isPage(await page.goto(url, { waitUntil: "commit", timeout: 0 }))) await Bun.sleep(50);
  await page.waitForLoadState("load", { timeout: 0 });
  const paint = await page.evaluate<number>(
    "performance.timeOrigin + performance.getEntriesByName('first-contentful-paint')[0].startTime",
  );
  const wordAt = firstWordAt;
  const seen = await page.evaluate<string>("document.documentElement.outerHTML");
  await page.goto(url, { waitUntil: "load" });
  const published = await page.evaluate<string>("document.documentElement.outerHTML");
  await page.close();
  return { paintMs: paint - wordAt, same: seen === published };
}
