import { afterAll, beforeAll, beforeEach, expect, setDefaultTimeout, test } from "bun:test";
import { sql } from "drizzle-orm";
import pino from "pino";
import type { Database } from "../../src/db/database.ts";
import { QueueError } from "../../src/errors.ts";
import type { JobId } from "../../src/ids.ts";
import { claimJob } from "../../src/jobs/claim-job.ts";
import { startDispatcher } from "../../src/jobs/dispatcher.ts";
import { endAttempt } from "../../src/jobs/end-attempt.ts";
import { submitJob } from "../../src/jobs/submit-job.ts";
import type { Queue, QueueStatus } from "../../src/queue/queue.ts";
import { empty, openTestDatabase } from "../helpers/database.ts";

setDefaultTimeout(60_000);

let db: Database;
beforeAll(async () => {
  db = await openTestDatabase();
});
afterAll(() => db[Symbol.asyncDispose]());
beforeEach(() => empty(db));

const logger = pino({ level: "silent" });

/** A queue that only notes what is published, and can be down. */
function fakeQueue() {
  const published: JobId[] = [];
  let wake = () => {};
  const state = { status: "connected" as QueueStatus, failures: 0, backlog: 0 };
  const queue: Queue = {
    async publish(jobId) {
      if (state.failures > 0) {
        state.failures--;
        throw new QueueError("down", { reason: "closed" });
      }
      published.push(jobId);
      wake();
    },
    consume: () => Promise.reject(new Error("not used here")),
    consumeDead: () => Promise.reject(new Error("not used here")),
    status: () => state.status,
    backlog: async () => state.backlog,
    ping: async () => undefined,
    async [Symbol.asyncDispose]() {},
  };
  return {
    queue,
    state,
    published,
    /** Resolves when so many are published. */
    async count(wanted: number) {
      while (published.length < wanted) await new Promise<void>((resolve) => (wake = resolve));
    },
  };
}

async function submit(): Promise<JobId> {
  return (await submitJob(db, { prompt: "a page", tenant: "test" })).jobId;
}

test("a job that nobody published is found", async () => {
  const jobId = await submit();
  const { queue, published, count } = fakeQueue();
  await using _ = startDispatcher({ db, queue, logger });
  await count(1);
  expect(published).toEqual([jobId]);
});

test("a job published at submission is not published again", async () => {
  const { queue, published, count } = fakeQueue();
  await using dispatcher = startDispatcher({ db, queue, logger });
  const first = await submit();
  await dispatcher.publish(first);
  const second = await submit();
  await count(2);
  expect(published).toEqual([first, second]);
});

test("a job that already waits for its retry is not taken for one just published", async () => {
  const { queue, count } = fakeQueue();
  await using dispatcher = startDispatcher({ db, queue, logger });
  const jobId = await submit();
  await dispatcher.publish(jobId);
  const job = await claimJob(db, { name: "test:1", lockKey: 1, provider: "mock" }, { redelivered: false });
  if (job === undefined) throw new Error("not claimed");
  const error = { code: "provider_unavailable", message: "down" };
  await endAttempt(db, job, { kind: "retried", error, delayMs: 0 }, { inputTokens: 0, outputTokens: 0 });
  await count(2);
});

test("what could not be published is tried again", async () => {
  const { queue, state, published, count } = fakeQueue();
  state.failures = 2;
  await using dispatcher = startDispatcher({ db, queue, logger });
  const jobId = await submit();
  await dispatcher.publish(jobId);
  await count(1);
  expect(published).toEqual([jobId]);
});

test("nothing is taken from the database while the queue is down", async () => {
  await submit();
  await db.query(sql`update jobs set dispatch_after = now()`);
  const { queue, state, count } = fakeQueue();
  state.status = "connecting";
  await using _ = startDispatcher({ db, queue, logger });
  expect(await db.query(sql`select dispatches from jobs`)).toEqual([{ dispatches: 0 }]);
  state.status = "connected";
  await count(1);
});

test("a job whose worker fell silent is published again, a finished one never", async () => {
  const silent = await submit();
  const finished = await submit();
  await db.query(sql`update jobs set status = 'running', lease_token = gen_random_uuid(), lease_expires_at = now() - interval '1 second',
    dispatch_after = now() where id = ${silent}::uuid`);
  await db.query(
    sql`update jobs set status = 'failed', finished_at = now(), dispatch_after = now() where id = ${finished}::uuid`,
  );
  const { queue, published, count } = fakeQueue();
  await using _ = startDispatcher({ db, queue, logger });
  await count(1);
  expect(published).toEqual([silent]);
});

const worker = { name: "test:1", lockKey: 1, provider: "mock" };
const due = () => db.query<{ id: JobId }>(sql`select id from jobs where status = 'queued' and dispatch_after <= now()`);

test("a retry that takes the message of another before its own is sent leaves nobody without", async () => {
  const { queue, published, count } = fakeQueue();
  const first = await submit();
  const other = await submit();
  await using dispatcher = startDispatcher({ db, queue, logger });
  await Promise.all([dispatcher.publish(first), dispatcher.publish(other)]);
  await count(2);
  const job = await claimJob(db, worker, { redelivered: false });
  if (job === undefined) throw new Error("not claimed");
  while ((await due()).length > 0) await Bun.sleep(5);
  const error = { code: "provider_unavailable", message: "down" };
  await endAttempt(db, job, { kind: "retried", error, delayMs: 0 }, { inputTokens: 0, outputTokens: 0 });
  expect((await claimJob(db, worker, { redelivered: false }))?.id).toBe(first);
  await count(3);
  expect(published.at(-1)).toBe(other);
});

test("a job whose message is gone is sent again within seconds, unless messages wait for a worker", async () => {
  const { queue, published, count, state } = fakeQueue();
  const [sent, later, just] = [await submit(), await submit(), await submit()];
  const sentAgo = (jobId: JobId, seconds: number) =>
    db.query(sql`update jobs set dispatches = 1,
      dispatch_after = now() + interval '10 minutes' - make_interval(secs => ${seconds}::int) where id = ${jobId}::uuid`);
  await Promise.all([sentAgo(sent, 20), sentAgo(later, 20), sentAgo(just, -60)]);
  await db.query(sql`update jobs set available_at = now() + interval '1 hour' where id = ${later}::uuid`);
  state.backlog = 1;
  await using _ = startDispatcher({ db, queue, logger });
  await Bun.sleep(6500);
  expect(published).toEqual([]);
  state.backlog = 0;
  await count(1);
  await Bun.sleep(1500);
  expect(published).toEqual([sent]);
});

test("a job that was put off by a pause is sent again when that is over, though it was just confirmed", async () => {
  const { queue, published, count } = fakeQueue();
  await db.query(sql`insert into provider_pauses values ('mock', now() + interval '3 seconds')`);
  const jobId = await submit();
  await using dispatcher = startDispatcher({ db, queue, logger });
  await dispatcher.publish(jobId);
  expect(await claimJob(db, worker, { redelivered: false })).toBeUndefined();
  await count(2);
  expect(published).toEqual([jobId, jobId]);
});

test("a job taken for publishing by a process that dies is soon due again", async () => {
  const { queue } = fakeQueue();
  const taken = Promise.withResolvers<void>();
  queue.publish = () => {
    taken.resolve();
    return new Promise(() => {});
  };
  await submit();
  startDispatcher({ db, queue, logger });
  await taken.promise;
  expect(await db.query(sql`select dispatch_after < now() + interval '16 seconds' as soon from jobs`)).toEqual([
    { soon: true },
  ]);
});
