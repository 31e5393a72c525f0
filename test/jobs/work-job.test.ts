import { expect, spyOn, test } from "bun:test";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "drizzle-orm";
import pino from "pino";
import { createMockProvider } from "../../src/ai/mock/mock-provider.ts";
import type { Provider } from "../../src/ai/provider.ts";
import type { Database } from "../../src/db/database.ts";
import { createJobId, type JobId } from "../../src/ids.ts";
import { followAttempts } from "../../src/jobs/attempts.ts";
import { cancelJob } from "../../src/jobs/cancel-job.ts";
import { createClaimer } from "../../src/jobs/claimer.ts";
import { createEnder } from "../../src/jobs/ender.ts";
import { getJob } from "../../src/jobs/find-job.ts";
import { createIsolation } from "../../src/jobs/isolation.ts";
import { openSignals } from "../../src/jobs/signals.ts";
import { submitJob } from "../../src/jobs/submit-job.ts";
import { type JobWorker, workJob } from "../../src/jobs/work-job.ts";
import type { Delivery } from "../../src/queue/queue.ts";
import { empty, openTestDatabase } from "../helpers/database.ts";
import { until } from "../helpers/until.ts";

const identity = { name: "test:1", lockKey: 1, provider: "mock" };
const fresh: Delivery = { jobId: createJobId(), redelivered: false, traceparent: undefined };
const never = new AbortController().signal;

async function openWorker(db: Database, provider: Provider): Promise<JobWorker & AsyncDisposable> {
  const previewsPath = await mkdtemp(join(tmpdir(), "work-job-"));
  return {
    db,
    provider,
    previewsPath,
    claim: createClaimer(db, identity),
    end: createEnder(db),
    policy: { maxRetries: 0, retryDelays: { baseMs: 0, maxMs: 0 } },
    previewUrl: () => "https://p.example/",
    costOf: () => undefined,
    logger: pino({ level: "silent" }),
    attempts: { begin: () => ({ [Symbol.dispose]() {} }) },
    isolation: createIsolation(),
    [Symbol.asyncDispose]: () => rm(previewsPath, { recursive: true }),
  };
}

test("a job that is cancelled while it is being claimed needs no heartbeat to stop", async () => {
  await using db = await openTestDatabase();
  await using signals = await openSignals(db);
  using attempts = followAttempts(signals);
  await using worker = await openWorker(db, createMockProvider({ script: () => ({ end: "stall" }) }));
  const { jobId } = await submitJob(db, { prompt: "a page", tenant: "terminal" });
  let claimed = false;
  const interrupted: Database = {
    ...db,
    async query(statement) {
      const rows = await db.query(statement);
      // The answer to the claim is on its way to the worker, which knows of no job yet.
      if (!claimed) await cancelJob(db, jobId);
      claimed = true;
      return rows as never;
    },
  };
  using _ = spyOn(globalThis, "setInterval").mockReturnValue(undefined as never);
  const claim = createClaimer(interrupted, identity);
  await workJob({ ...worker, db: interrupted, claim, attempts }, fresh, never);
  expect(await getJob(db, jobId)).toMatchObject({ status: "cancelled" });
}, 60_000);

/** As the claim finds a job whose worker died for the third time. */
async function killThrice(db: Database): Promise<void> {
  await db.query(sql`
    update jobs set status = 'running', stage = 'writing', crashes = 2, attempt = 3, claims = 3, finished_at = null,
      lease_token = ${crypto.randomUUID()}::uuid, lease_expires_at = now() - interval '1 second'`);
}

test("three crashes are poison, unless the page was published before the last", async () => {
  await using db = await openTestDatabase();
  await using worker = await openWorker(db, createMockProvider());
  const { jobId } = await submitJob(db, { prompt: "a page", tenant: "terminal" });
  await killThrice(db);
  await workJob(worker, fresh, never);
  expect(await getJob(db, jobId)).toMatchObject({ status: "failed", error: { code: "poison" }, revision: null });

  await empty(db);
  const { jobId: published } = await submitJob(db, { prompt: "a page", tenant: "terminal" });
  await workJob(worker, fresh, never);
  await killThrice(db);
  await db.query(sql`update jobs set cancel_requested_at = now()`);
  await workJob(worker, fresh, never);
  expect(await getJob(db, published)).toMatchObject({ status: "completed", error: null, revision: 1, attempt: 4 });
}, 60_000);

test("a job one crash short of poison runs alone in its worker", async () => {
  await using db = await openTestDatabase();
  const mock = createMockProvider();
  const writing: string[] = [];
  let resume = Promise.withResolvers<void>();
  await using opened = await openWorker(db, {
    ...mock,
    async *generate(request) {
      writing.push(request.prompt);
      await resume.promise;
      yield* mock.generate(request);
    },
  });
  let waits = false;
  const worker: JobWorker = {
    ...opened,
    isolation: {
      ...opened.isolation,
      enter(options, signal) {
        waits ||= options.alone;
        return opened.isolation.enter(options, signal);
      },
    },
  };
  const working: Promise<void>[] = [];
  async function begin(prompt: string, crashes = 0) {
    const { jobId } = await submitJob(db, { prompt, tenant: prompt });
    await db.query(sql`update jobs set crashes = ${crashes}::int where id = ${jobId}::uuid`);
    working.push(workJob(worker, fresh, never));
    return jobId;
  }
  await begin("one");
  await begin("two");
  await until(() => writing.length >= 2);
  const suspect = await begin("suspect", 2);
  await until(() => waits);
  const late = await begin("late");
  await Bun.sleep(50);
  expect(writing.toSorted()).toEqual(["one", "two"]);
  expect(await getJob(db, suspect)).toMatchObject({ status: "running", stage: null });
  expect(await getJob(db, late)).toMatchObject({ status: "queued" });

  const before = resume;
  resume = Promise.withResolvers();
  before.resolve();
  await until(() => writing.length >= 3);
  await Bun.sleep(50);
  expect(writing.slice(2)).toEqual(["suspect"]);
  expect(await getJob(db, suspect)).toMatchObject({ status: "running", stage: "writing" });
  resume.resolve();
  await Promise.all(working);
  expect(writing.slice(2)).toEqual(["suspect", "late"]);
  expect(await db.query(sql`select distinct status from jobs`)).toEqual([{ status: "completed" }]);
}, 60_000);

test("an attempt looks again whether it is wanted when signals may have been missed, and stops at once when told", () => {
  let listener: (id: string | undefined) => void = () => {};
  const said: string[] = [];
  using attempts = followAttempts({
    on(_, given) {
      listener = given;
      return { [Symbol.dispose]() {} };
    },
  });
  const begin = (id: string) =>
    attempts.begin(id as JobId, {
      stop: ({ name }) => void said.push(`${id} ${name}`),
      look: () => void said.push(`${id} looks`),
    });
  const first = begin("first");
  listener(undefined);
  listener("first");
  listener("second");
  first[Symbol.dispose]();
  listener("first");
  begin("second");
  begin("third");
  attempts.stopAll();
  expect(said).toEqual([
    "first looks",
    "first JobCancelledError",
    "second looks",
    "second DrainError",
    "third DrainError",
  ]);
});

test("a message that came back is looked at again: the database may hear of a death later than the broker", async () => {
  let claims = 0;
  const context = {
    logger: pino({ level: "silent" }),
    isolation: createIsolation(),
    async claim() {
      claims++;
      if (claims === 3) throw new Error("looked again");
      return undefined;
    },
  };
  const work = (redelivered: boolean) => workJob(context as never, { ...fresh, redelivered }, never);
  await work(false);
  expect(claims).toBe(1);
  await expect(work(true)).rejects.toThrow("looked again");
});
