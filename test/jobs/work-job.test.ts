import { expect, spyOn, test } from "bun:test";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pino from "pino";
import { createMockProvider } from "../../src/ai/mock/mock-provider.ts";
import type { Database } from "../../src/db/database.ts";
import type { JobId } from "../../src/ids.ts";
import { followAttempts } from "../../src/jobs/attempts.ts";
import { cancelJob } from "../../src/jobs/cancel-job.ts";
import { createClaimer } from "../../src/jobs/claimer.ts";
import { getJob } from "../../src/jobs/find-job.ts";
import { openSignals } from "../../src/jobs/signals.ts";
import { submitJob } from "../../src/jobs/submit-job.ts";
import { workJob } from "../../src/jobs/work-job.ts";
import { openTestDatabase } from "../helpers/database.ts";

test("a job that is cancelled while it is being claimed needs no heartbeat to stop", async () => {
  await using db = await openTestDatabase();
  await using signals = await openSignals(db);
  using attempts = followAttempts(signals);
  const root = await mkdtemp(join(tmpdir(), "work-job-"));
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
  await workJob(
    {
      db: interrupted,
      provider: createMockProvider({ script: () => ({ end: "stall" }) }),
      previewsPath: root,
      claim: createClaimer(interrupted, { name: "test:1", lockKey: 1, provider: "mock" }),
      policy: { maxRetries: 0, retryDelays: { baseMs: 0, maxMs: 0 } },
      previewUrl: () => "https://p.example/",
      costOf: () => undefined,
      logger: pino({ level: "silent" }),
      attempts,
    },
    { redelivered: false } as never,
    new AbortController().signal,
  );
  expect(await getJob(db, jobId)).toMatchObject({ status: "cancelled" });
  await rm(root, { recursive: true });
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
    async claim() {
      claims++;
      if (claims === 3) throw new Error("looked again");
      return undefined;
    },
  };
  const work = (redelivered: boolean) =>
    workJob(context as never, { redelivered } as never, new AbortController().signal);
  await work(false);
  expect(claims).toBe(1);
  await expect(work(true)).rejects.toThrow("looked again");
});
