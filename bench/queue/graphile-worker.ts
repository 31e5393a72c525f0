import { Logger, makeWorkerUtils, type Runner, run } from "graphile-worker";
import { type BenchQueue, type BenchServers, concurrency } from "./bench-queue.ts";

export async function open({ databaseUrl }: BenchServers): Promise<BenchQueue> {
  const logger = new Logger(() => () => undefined);
  const utils = await makeWorkerUtils({ connectionString: databaseUrl, logger });
  await utils.migrate();
  let runner: Runner | undefined;
  return {
    async enqueue(number) {
      await utils.addJob("noop", { number });
    },
    async work(handle) {
      runner = await run({
        connectionString: databaseUrl,
        logger,
        concurrency,
        noHandleSignals: true,
        taskList: { noop: (payload) => handle((payload as { number: number }).number) },
      });
    },
    async [Symbol.asyncDispose]() {
      await runner?.stop();
      await utils.release();
    },
  };
}
