import { deepEqual, equal, ok } from "node:assert/strict";
import { offerLoad } from "./load.ts";
import type { Scenario } from "./scenario.ts";
import { waitFor } from "./wait-for.ts";

export const draining: Scenario[] = [
  {
    number: 24,
    fault: "worker told to stop with time to finish",
    short: true,
    async run(stage) {
      stage.ai.play({ delayMs: 40 });
      await stage.startApi();
      const worker = await stage.startWorker({ SHUTDOWN_GRACE: "60" });
      const id = await stage.say(124);
      await stage.asked(1);
      const stopped = stage.end(worker, "SIGTERM");
      const later = await stage.submit();
      equal(await stopped, 0);
      deepEqual(await stage.attempts(id), ["completed"]);
      equal((await stage.job(later)).status, "queued", "it took no more");
      await stage.startWorker();
      await stage.finished(later);
      return {};
    },
  },
  {
    number: 25,
    fault: "worker told to stop, and told again, under a job that is too long",
    async run(stage) {
      const long = { stallAfter: 3 };
      stage.ai.play(long, long, {});
      await stage.startApi();
      const worker = await stage.startWorker({ SHUTDOWN_GRACE: "1" });
      const id = await stage.say(125);
      await stage.asked(1);
      const started = performance.now();
      equal(await stage.end(worker, "SIGTERM"), 0);
      const drained = performance.now() - started;
      ok(drained < 20_000, `it took ${drained} ms`);
      const { status, attempt } = await stage.job(id);
      deepEqual({ status, attempt }, { status: "queued", attempt: 0 });

      const hasty = await stage.startWorker({ SHUTDOWN_GRACE: "600" });
      await stage.asked(2);
      hasty.kill("SIGTERM");
      await hasty.line(({ msg }) => String(msg).includes("taking no more jobs"));
      await stage.end(hasty, "SIGTERM");
      await stage.startWorker();
      const recoveredMs = await waitFor("another to claim it", async () => (await stage.job(id)).claims === 3);
      await stage.finished(id);
      deepEqual(await stage.attempts(id), ["released", "abandoned", "completed"]);
      return { recoveredMs };
    },
  },
  {
    number: 26,
    fault: "rolling restart of three workers, one every 3 s, under load",
    async run(stage) {
      stage.ai.play({ delayMs: 10 });
      await stage.startApi();
      const workers = await stage.startWorkers(3, { SHUTDOWN_GRACE: "1" });
      const stop = AbortSignal.timeout(25_000);
      const load = offerLoad(stage, { everyMs: 250, signal: stop });
      while (!stop.aborted) {
        await Bun.sleep(3_000);
        const [oldest] = workers.splice(0, 1);
        workers.push(await stage.startWorker({ SHUTDOWN_GRACE: "1" }));
        if (oldest) equal(await stage.end(oldest, "SIGTERM"), 0);
      }
      await load;
      for (const id of stage.accepted.keys()) {
        const { status, attempt, crashes, claims } = await stage.finished(id);
        deepEqual({ status, attempt, crashes }, { status: "completed", attempt: 1, crashes: 0 });
        ok(claims < 20);
      }
      return {};
    },
  },
];
