import { Queue, Worker } from "bullmq";
import { type BenchQueue, type BenchServers, concurrency } from "./bench-queue.ts";

export async function open({ redisPort, prefix }: BenchServers): Promise<BenchQueue> {
  const connection = { host: "127.0.0.1", port: redisPort, maxRetriesPerRequest: null };
  const queue = new Queue("noop", { connection, prefix });
  let worker: Worker | undefined;
  return {
    async enqueue(number) {
      await queue.add("noop", { number });
    },
    async work(handle) {
      worker = new Worker("noop", async ({ data }) => handle(data.number), { connection, prefix, concurrency });
      await worker.waitUntilReady();
    },
    async [Symbol.asyncDispose]() {
      await worker?.close();
      await queue.close();
    },
  };
}
