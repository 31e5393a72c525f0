import { PgBoss } from "pg-boss";
import { type BenchQueue, type BenchServers, concurrency } from "./bench-queue.ts";

/**
 * Set up for speed. With its LISTEN/NOTIFY, which is off by default: otherwise the latency would be half its polling
 * interval. In batches, completed together: one by one it would wait for the next poll after each job.
 */
export async function open({ databaseUrl }: BenchServers): Promise<BenchQueue> {
  const boss = new PgBoss({ connectionString: databaseUrl, useListenNotify: true });
  boss.on("error", () => undefined);
  await boss.start();
  await boss.createQueue("noop", { notify: true });
  return {
    async enqueue(number) {
      await boss.send("noop", { number });
    },
    async work(handle) {
      const options = { batchSize: concurrency, burstWhenBatchFull: true, pollingIntervalSeconds: 0.5 };
      await boss.work<{ number: number }>("noop", options, async (jobs) => {
        for (const { data } of jobs) handle(data.number);
      });
    },
    [Symbol.asyncDispose]: () => boss.stop({ graceful: true }),
  };
}
