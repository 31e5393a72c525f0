import { ok } from "node:assert/strict";
import { claimed } from "./broker.ts";
import { offerLoad } from "./load.ts";
import type { Scenario } from "./scenario.ts";
import { waitFor } from "./wait-for.ts";

/** How fast, and how often in a row. */
export const recovery: Scenario[] = [
  {
    number: 101,
    fault: "20 workers killed in the middle of a job, one after the other",
    async run(stage) {
      await stage.startApi();
      await stage.startWorkers(2);
      const takeovers: number[] = [];
      for (let round = 0; round < 20; round++) {
        stage.ai.play({ stallAfter: 3 }, {});
        const asked = stage.ai.requests.length;
        const id = await stage.submit();
        await stage.asked(asked + 1);
        await stage.end(await stage.workerOf(id), "SIGKILL");
        takeovers.push(await waitFor("another to claim it", async () => (await stage.job(id)).claims === 2));
        await stage.startWorker();
        await stage.finished(id);
      }
      takeovers.sort((a, b) => a - b);
      const [median = 0, slowest = 0] = [takeovers[10], takeovers[19]];
      ok(median < 1_000, `the median is ${median} ms`);
      return { recoveredMs: median, note: `median of 20, slowest ${(slowest / 1000).toFixed(2)} s` };
    },
  },
  {
    number: 102,
    fault: "broker restarted three times under load",
    async run(stage) {
      const { broker } = stage.world;
      await stage.startApi();
      await stage.startWorkers(2);
      const stop = new AbortController();
      const load = offerLoad(stage, { everyMs: 200, signal: stop.signal });
      const returns: number[] = [];
      for (let round = 0; round < 3; round++) {
        await Bun.sleep(2_000);
        await broker.kill("SIGTERM");
        await Bun.sleep(1_000);
        await broker.start();
        const before = await claimed(stage);
        returns.push(await waitFor("work to go on", async () => (await claimed(stage)) > before));
      }
      stop.abort();
      await load;
      returns.sort((a, b) => a - b);
      return { recoveredMs: returns[1] ?? 0, note: `median of 3, slowest ${((returns[2] ?? 0) / 1000).toFixed(2)} s` };
    },
  },
];
