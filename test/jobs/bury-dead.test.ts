import { afterAll, beforeAll, beforeEach, describe, expect, setDefaultTimeout, test } from "bun:test";
import { sql } from "drizzle-orm";
import pino from "pino";
import type { Database } from "../../src/db/database.ts";
import type { JobId } from "../../src/ids.ts";
import { acceptUpdate } from "../../src/jobs/accept-update.ts";
import { buryDead } from "../../src/jobs/bury-dead.ts";
import { claimJob } from "../../src/jobs/claim-job.ts";
import { getJob } from "../../src/jobs/find-job.ts";
import type { JobEvent } from "../../src/jobs/job-event.ts";
import { submitJob } from "../../src/jobs/submit-job.ts";
import { topologyOf } from "../../src/queue/amqp/topology.ts";
import { deliveryLimit } from "../../src/queue/queue.ts";
import { openRabbitQueue } from "../../src/queue/rabbitmq.ts";
import { empty, openTestDatabase } from "../helpers/database.ts";
import { rabbitmqUrl, runsIntegration } from "../helpers/integration.ts";
import { openBroker } from "../helpers/rabbitmq-broker.ts";
import { until } from "../helpers/until.ts";

setDefaultTimeout(60_000);

let db: Database;
beforeAll(async () => {
  db = await openTestDatabase();
});
afterAll(() => db[Symbol.asyncDispose]());
beforeEach(() => empty(db));

const logger = pino({ level: "silent" });

describe.skipIf(!runsIntegration("dead letters"))("what RabbitMQ gave up on", () => {
  let broker: ReturnType<typeof openBroker>;
  beforeAll(() => {
    broker = openBroker(rabbitmqUrl);
  });
  afterAll(() => broker[Symbol.asyncDispose]());

  /** Publishes a job's pointer and returns it to the queue until RabbitMQ has enough of it; then buries the dead. */
  async function giveUpOn(jobId: JobId): Promise<void> {
    const prefix = broker.newPrefix();
    const { queue: name, deadQueue } = topologyOf(prefix);
    await using queue = await openRabbitQueue({ url: rabbitmqUrl, prefix });
    await queue.publish(jobId);
    const side = await broker.channel();
    const count = async (of: string) => (await side.checkQueue(of)).messageCount;
    let returns = 0;
    await until(async () => {
      const message = await side.get(name);
      if (message && ++returns) side.reject(message, true);
      return (await count(deadQueue)) === 1;
    });
    expect(returns).toBe(deliveryLimit + 1);
    const stop = new AbortController();
    const buried = Promise.withResolvers<JobEvent>();
    const burying = buryDead({ db, queue, logger, onJobEvent: buried.resolve }, stop.signal);
    expect(await buried.promise).toEqual({ type: "dead_letter" });
    stop.abort();
    await burying;
    // A message that was delivered and not acknowledged would be back by now.
    await queue[Symbol.asyncDispose]();
    expect(await count(deadQueue)).toBe(0);
  }

  test("a job that nobody took for long fails as poison, and its chat is told", async () => {
    const { jobId } = await acceptUpdate(db, {
      updateId: 1,
      kind: "message",
      chat: { id: 7, type: "private" },
      job: { prompt: "a page", tenant: "telegram:7" },
      notifications: [],
    });
    await db.query(sql`update jobs set available_at = now() - interval '11 minutes'`);
    await giveUpOn(jobId as JobId);
    expect(await getJob(db, jobId as JobId)).toMatchObject({ status: "failed", error: { code: "poison" } });
    expect(await db.query(sql`select chat_id, kind, payload from notifications`)).toEqual([
      { chat_id: 7, kind: "failed", payload: { code: "poison" } },
    ]);
  });

  const innocent = [
    ["one that came in since", "test", sql`now()`],
    ["one that waits for its retry", "test", sql`now() + interval '1 minute'`],
    ["one that waits for another of the same person", "telegram:7", sql`now() - interval '11 minutes'`],
  ] as const;
  test.each(innocent)("%s is sent again: others may be to blame", async (_, tenant, availableAt) => {
    if (tenant !== "test") {
      await submitJob(db, { prompt: "before", tenant });
      await claimJob(db, { name: "test:1", lockKey: 1, provider: "mock" }, { redelivered: false });
    }
    const { jobId } = await submitJob(db, { prompt: "a page", tenant });
    await db.query(sql`
      update jobs set available_at = ${availableAt}, dispatch_after = now() + interval '10 minutes' where id = ${jobId}::uuid`);
    await giveUpOn(jobId);
    const [row] = await db.query(sql`
      select status, dispatch_after <= greatest(now(), available_at) as sent, dispatches from jobs where id = ${jobId}::uuid`);
    expect(row).toEqual({ status: "queued", sent: true, dispatches: 1 });
  });

  test("a running job goes on: its lease decides", async () => {
    const { jobId } = await submitJob(db, { prompt: "a page", tenant: "test" });
    await claimJob(db, { name: "test:1", lockKey: 1, provider: "mock" }, { redelivered: false });
    await giveUpOn(jobId);
    expect(await getJob(db, jobId)).toMatchObject({ status: "running", error: null });
  });
});
