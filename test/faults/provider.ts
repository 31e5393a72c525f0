import { deepEqual, equal, match, ok } from "node:assert/strict";
import { readdir, readFile, readlink } from "node:fs/promises";
import { join } from "node:path";
import { goodPage } from "../helpers/ai-scripts.ts";
import type { AiScript } from "../helpers/ai-server.ts";
import type { OrchestratorProcess } from "../helpers/orchestrator-process.ts";
import type { Scenario } from "./scenario.ts";
import type { Stage } from "./stage.ts";
import { waitFor } from "./wait-for.ts";

export const provider: Scenario[] = [
  {
    number: 31,
    fault: "AI answers 429 with Retry-After: 7",
    short: true,
    async run(stage) {
      stage.ai.play({ failure: { status: 429, code: "rate_limit_exceeded", retryAfter: "7" } }, {});
      await stage.startApi();
      await stage.startWorkers(2);
      const first = await stage.say(131);
      await stage.asked(1);
      const limited = performance.now();
      await waitFor("the pause to be recorded", async () => (await pauses(stage)) > 0);
      const others = await Promise.all([1311, 1312, 1313].map((chat) => stage.say(chat)));
      await stage.asked(2);
      const waited = performance.now() - limited;
      ok(waited >= 6_500, `the next request came after ${waited} ms`);
      for (const id of [first, ...others]) equal((await stage.finished(id)).attempt, 1);
      deepEqual(await stage.attempts(first), ["snoozed", "completed"]);
      equal(stage.ai.requests.length, 5);
      return { recoveredMs: waited };
    },
  },
  {
    number: 32,
    fault: "AI answers 500, then 502",
    async run(stage) {
      stage.ai.play({ failure: { status: 500 } }, { failure: { status: 502 } }, {});
      const id = await oneJob(stage);
      deepEqual(await stage.attempts(id), ["retried", "retried", "completed"]);
      return {};
    },
  },
  {
    number: 33,
    fault: "AI answers 401, 400, content policy",
    async run(stage) {
      const endings: [AiScript, RegExp][] = [
        [{ failure: { status: 401, code: "invalid_api_key" } }, /^provider_/],
        [{ failure: { status: 400, code: "invalid_request" } }, /^provider_/],
        [{ reply: "", finish: "blocked" }, /^(provider|output)_/],
      ];
      await stage.startApi();
      await stage.startWorker();
      for (const [script, code] of endings) {
        stage.ai.play(script);
        const id = await stage.say(133, "failed");
        match((await stage.finished(id)).error_code ?? "", code);
        deepEqual(await stage.attempts(id), ["failed"], "there is no second attempt");
      }
      return {};
    },
  },
  {
    number: 34,
    fault: "AI hangs after its headers, and in mid-stream",
    patient: true,
    async run(stage) {
      await stage.startApi();
      // One slot: whatever is not freed is missing at once.
      const worker = await stage.startWorker({ AI_TIMEOUT: "40", WORKER_CONCURRENCY: "1" });
      await stage.finished(await stage.say(134));
      const before = await openSockets(worker);
      stage.ai.play({ stallAfter: 0 }, { stallAfter: 10 }, { stallAfter: 10 }, {});
      const started = performance.now();
      const id = await stage.say(134);
      await stage.finished(id);
      const tookMs = performance.now() - started;
      deepEqual(await stage.attempts(id), ["retried", "retried", "retried", "completed"]);
      // The deadline of the whole reply once, where nothing ever came, and the idle limit of 30 s twice.
      ok(tookMs > 95_000 && tookMs < 115_000, `it took ${tookMs} ms`);
      const ends = stage.ai.requests.slice(1, 4).map(({ ended }) => ended);
      deepEqual(await Promise.all(ends), ["left", "left", "left"], "connections are closed");
      await waitFor("the sockets to be gone", async () => (await openSockets(worker)) <= before);
      return { note: `${before} sockets before and after` };
    },
  },
  {
    number: 35,
    fault: "AI's reply ends in the middle of the page",
    async run(stage) {
      stage.ai.play({ reply: goodPage.slice(0, 900), finish: "none" }, {});
      const id = await oneJob(stage);
      const { site_id, revision } = await stage.job(id);
      const page = await readFile(join(stage.previewsPath, site_id, `r${revision}`, "index.html"), "utf8");
      match(page, /since 2011/, "all of it is there");
      return { note: (await stage.attempts(id)).join(", ") };
    },
  },
  {
    number: 36,
    fault: "AI sends 50 MB, then one byte a second",
    async run(stage) {
      const flood = { reply: `${goodPage.slice(0, 1_000)}${"flood ".repeat(8_000_000)}`, pieceLength: 60_000 };
      stage.ai.play(flood, { pieceLength: 1, delayMs: 1_000 }, {});
      await stage.startApi();
      await stage.startWorker({ AI_TIMEOUT: "4" });
      const id = await stage.say(136, "any");
      const { status } = await stage.finished(id);
      const next = await stage.say(1361, "any");
      await stage.finished(next);
      const last = await stage.say(1362);
      equal((await stage.finished(last)).status, "completed");
      const [first] = stage.ai.requests;
      equal(await first?.ended, "left", "it was not read to its end");
      return { note: `${status} (${(await stage.attempts(id)).join(", ")})` };
    },
  },
];

async function oneJob(stage: Stage, overrides: Record<string, string> = {}) {
  await stage.startApi();
  await stage.startWorker(overrides);
  const id = await stage.say(132);
  await stage.finished(id);
  return id;
}

async function openSockets({ pid }: OrchestratorProcess): Promise<number> {
  const names = await readdir(`/proc/${pid}/fd`);
  const targets = await Promise.all(names.map((name) => readlink(`/proc/${pid}/fd/${name}`).catch(() => "")));
  return targets.filter((target) => target.startsWith("socket:")).length;
}

async function pauses(stage: Stage): Promise<number> {
  return (await stage.sql`select from provider_pauses where paused_until > now()`).length;
}
