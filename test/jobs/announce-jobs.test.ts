import { afterAll, beforeAll, beforeEach, expect, setDefaultTimeout, test } from "bun:test";
import { sql } from "drizzle-orm";
import pino from "pino";
import { openLivePage } from "../../src/bundles/live-page.ts";
import { readSiteStatus } from "../../src/bundles/site-status.ts";
import type { Database } from "../../src/db/database.ts";
import { announceJobs } from "../../src/jobs/announce-jobs.ts";
import { cancelJob } from "../../src/jobs/cancel-job.ts";
import { openSignals } from "../../src/jobs/signals.ts";
import { submitJob } from "../../src/jobs/submit-job.ts";
import { openTemporaryRoot } from "../bundles/temporary-root.ts";
import { empty, openTestDatabase } from "../helpers/database.ts";
import { until } from "../helpers/until.ts";

setDefaultTimeout(60_000);

let db: Database;
beforeAll(async () => {
  db = await openTestDatabase();
});
afterAll(() => db[Symbol.asyncDispose]());
beforeEach(() => empty(db));

async function openAnnouncer() {
  const root = await openTemporaryRoot();
  const stopping = new AbortController();
  const signals = await openSignals(db);
  const running = announceJobs(
    { db, signals, previewsPath: root.path, logger: pino({ level: "silent" }) },
    stopping.signal,
  );
  return {
    root: root.path,
    async [Symbol.asyncDispose]() {
      stopping.abort();
      await running;
      await signals[Symbol.asyncDispose]();
      await root[Symbol.asyncDispose]();
    },
  };
}

const submit = () => submitJob(db, { prompt: "a page", tenant: "api" });

test("a waiting job is announced, and so is that it was cancelled", async () => {
  const before = await submit();
  await using announcer = await openAnnouncer();
  const later = await submit();
  for (const { siteId, jobId } of [before, later]) {
    await until(async () => (await readSiteStatus(announcer.root, siteId))?.state === "queued");
    expect(await readSiteStatus(announcer.root, siteId)).toMatchObject({ jobId });
  }
  await cancelJob(db, later.jobId);
  await until(async () => (await readSiteStatus(announcer.root, later.siteId))?.state === "cancelled");
  expect((await readSiteStatus(announcer.root, before.siteId))?.state).toBe("queued");
});

test("a job cancelled between two attempts is no longer said to be tried again", async () => {
  await using announcer = await openAnnouncer();
  const { siteId, jobId } = await submit();
  const live = await openLivePage(announcer.root, siteId, jobId);
  await live.end({ state: "retrying" });
  await db.query(sql`update jobs set claims = 1 where id = ${jobId}::uuid`);
  await cancelJob(db, jobId);
  await until(async () => (await readSiteStatus(announcer.root, siteId))?.state === "cancelled");
});

test("what a worker says stays", async () => {
  await using announcer = await openAnnouncer();
  const taken = await submit();
  const live = await openLivePage(announcer.root, taken.siteId, taken.jobId);
  const other = await submit();
  await until(async () => (await readSiteStatus(announcer.root, other.siteId))?.state === "queued");
  expect((await readSiteStatus(announcer.root, taken.siteId))?.state).toBe("writing");
  await live.end({ state: "published" });
});
