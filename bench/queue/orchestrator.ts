import pino from "pino";
import { migrate } from "../../src/db/migrate.ts";
import { openPostgres } from "../../src/db/postgres.ts";
import { createClaimer } from "../../src/jobs/claimer.ts";
import { startDispatcher } from "../../src/jobs/dispatcher.ts";
import { createEnder } from "../../src/jobs/ender.ts";
import { submitJob } from "../../src/jobs/submit-job.ts";
import { openRabbitQueue } from "../../src/queue/rabbitmq.ts";
import { type BenchQueue, type BenchServers, concurrency } from "./bench-queue.ts";

/** The pipeline with everything it promises, and no page: accepted, published, claimed, completed. */
export async function open({ databaseUrl, rabbitmqUrl, prefix }: BenchServers): Promise<BenchQueue> {
  const db = openPostgres({ url: databaseUrl });
  await migrate(db);
  const queue = await openRabbitQueue({ url: rabbitmqUrl, prefix });
  const dispatcher = startDispatcher({ db, queue, logger: pino({ level: "silent" }) });
  const stop = new AbortController();
  let working: Promise<void> | undefined;
  return {
    async enqueue(number) {
      const { jobId } = await submitJob(db, { prompt: String(number), tenant: "bench" });
      void dispatcher.publish(jobId);
    },
    async work(handle) {
      const lock = await db.holdLock(1);
      const end = createEnder(db);
      const claim = createClaimer(db, { name: "bench", lockKey: 1, provider: "mock" });
      working = queue
        .consume(
          async (delivery) => {
            const job = await claim(delivery);
            if (job === undefined) return;
            handle(Number(job.prompt));
            const outcome = { kind: "completed", title: "A page", revision: 1 } as const;
            await end({ job, outcome, record: { inputTokens: 0, outputTokens: 0 } });
          },
          { concurrency, signal: stop.signal },
        )
        .finally(() => lock[Symbol.asyncDispose]());
    },
    async [Symbol.asyncDispose]() {
      stop.abort();
      await working;
      await dispatcher[Symbol.asyncDispose]();
      await queue[Symbol.asyncDispose]();
      await db[Symbol.asyncDispose]();
    },
  };
}
