import { afterAll, beforeAll, beforeEach, describe, expect, setDefaultTimeout, test } from "bun:test";
import { sql } from "drizzle-orm";
import type { Database } from "../../src/db/database.ts";
import { migrate } from "../../src/db/migrate.ts";
import { NotFoundError } from "../../src/errors.ts";
import type { JobId, SiteId } from "../../src/ids.ts";
import { acceptUpdate } from "../../src/jobs/accept-update.ts";
import { cancelJob } from "../../src/jobs/cancel-job.ts";
import { claimJob } from "../../src/jobs/claim-job.ts";
import type { ClaimedJob } from "../../src/jobs/claimed-job.ts";
import { endAttempt } from "../../src/jobs/end-attempt.ts";
import { getJob } from "../../src/jobs/find-job.ts";
import { beginPublishing } from "../../src/jobs/lease.ts";
import { submitJob } from "../../src/jobs/submit-job.ts";
import { databases, empty } from "../helpers/database.ts";

setDefaultTimeout(60_000);

let db: Database;

const worker = { name: "test:1", lockKey: 1, provider: "mock" };
const spent = { inputTokens: 0, outputTokens: 0 };
const tenant = "telegram:7";

async function claim(): Promise<ClaimedJob | undefined> {
  return claimJob(db, worker, { redelivered: false });
}

async function complete(job: ClaimedJob, summary?: string): Promise<void> {
  const revision = await beginPublishing(db, job);
  await endAttempt(db, job, { kind: "completed", title: "t", revision, summary }, spent);
}

/** A site with one published revision. */
async function site(): Promise<SiteId> {
  const { siteId } = await submitJob(db, { prompt: "a page", tenant });
  await complete((await claim()) as ClaimedJob);
  return siteId;
}

const edit = (siteId: SiteId, prompt = "darker") => submitJob(db, { prompt, tenant, edit: siteId });

describe.each(databases("edits of a site"))("$name", ({ open }) => {
  beforeAll(async () => {
    db = await open();
    await migrate(db);
  });
  afterAll(() => db[Symbol.asyncDispose]());
  beforeEach(() => empty(db));

  test("an edit makes the next revision of the same site, from the one before", async () => {
    const siteId = await site();
    const { jobId, siteId: same } = await edit(siteId);
    expect(same).toBe(siteId);
    const job = (await claim()) as ClaimedJob;
    expect(job).toMatchObject({ id: jobId, siteId, kind: "edit", baseRevision: 1 });
    await complete(job, "It is darker.");
    expect(await getJob(db, jobId)).toMatchObject({ revision: 2, baseRevision: 1, summary: "It is darker." });
    expect(await db.query(sql`select current_revision from sites`)).toEqual([{ current_revision: 2 }]);
  });

  test("edits of one site run one after the other, and the later sees the earlier", async () => {
    const siteId = await site();
    const first = await edit(siteId);
    const second = await edit(siteId);
    const elsewhere = await submitJob(db, { prompt: "another page", tenant: "telegram:8" });
    const claimed = [await claim(), await claim(), await claim()];
    expect(claimed.map((job) => job?.id)).toEqual([first.jobId, elsewhere.jobId, undefined]);
    await complete(claimed[0] as ClaimedJob);
    expect(await claim()).toMatchObject({ id: second.jobId, baseRevision: 2 });
  });

  test("many workers at once take one job of a site", async () => {
    const siteId = await site();
    for (let count = 0; count < 5; count++) await edit(siteId);
    const claimed = await Promise.all(Array.from({ length: 10 }, claim));
    expect(claimed.filter(Boolean)).toHaveLength(1);
  });

  test("an edit waits for the page's first revision", async () => {
    const { siteId, jobId } = await submitJob(db, { prompt: "a page", tenant });
    const { jobId: later } = await edit(siteId);
    const first = (await claim()) as ClaimedJob;
    expect(first.id).toBe(jobId);
    expect(await claim()).toBeUndefined();
    await complete(first);
    expect(await claim()).toMatchObject({ id: later, baseRevision: 1 });
  });

  test("an edit whose message was used up while it waited is published again when its turn comes", async () => {
    const siteId = await site();
    const first = await edit(siteId);
    const second = await edit(siteId);
    await db.query(sql`update jobs set dispatch_after = now() + interval '10 minutes'`);
    const running = (await claim()) as ClaimedJob;
    expect(await claim()).toBeUndefined();
    const due = () => db.query(sql`select id from jobs where status = 'queued' and dispatch_after <= now()`);
    expect(running.id).toBe(first.jobId);
    expect(await due()).toEqual([{ id: second.jobId }]);
  });

  test("an edit behind one that waits for its retry waits too, until that is cancelled", async () => {
    const siteId = await site();
    const first = await edit(siteId);
    const second = await edit(siteId);
    const job = (await claim()) as ClaimedJob;
    const error = { code: "provider_unavailable", message: "down" };
    await endAttempt(db, job, { kind: "retried", error, delayMs: 60_000 }, spent);
    expect(await claim()).toBeUndefined();
    await cancelJob(db, first.jobId);
    expect((await claim())?.id).toBe(second.jobId);
  });

  test("a rebuild is a new page at the same address", async () => {
    const siteId = await site();
    const { jobId } = await submitJob(db, { prompt: "a page", tenant, rebuild: siteId });
    expect(await claim()).toMatchObject({ id: jobId, siteId, kind: "new", baseRevision: 1 });
  });

  describe("who may", () => {
    test("a site that does not exist cannot be changed", async () => {
      await expect(edit("a".repeat(26) as SiteId)).rejects.toThrow(NotFoundError);
      expect(await db.query(sql`select id from jobs`)).toEqual([]);
    });

    test("a tenant changes its own sites, the operator everybody's", async () => {
      const siteId = await site();
      await expect(submitJob(db, { prompt: "mine now", tenant: "telegram:8", edit: siteId })).rejects.toThrow(
        NotFoundError,
      );
      for (const operator of ["terminal", "api"]) {
        expect(await submitJob(db, { prompt: "darker", tenant: operator, edit: siteId })).toMatchObject({ siteId });
      }
    });

    test("an idempotency key gives the same edit again", async () => {
      const siteId = await site();
      const request = { prompt: "darker", tenant, edit: siteId, idempotencyKey: "k" };
      const [one, two] = await Promise.all([submitJob(db, request), submitJob(db, request)]);
      expect(one.jobId).toBe(two.jobId);
    });
  });

  describe("by an update", () => {
    const update = (id: number, siteId: SiteId, as = tenant) => ({
      updateId: id,
      kind: "message",
      chat: { id: 7, type: "private", messageId: 70 },
      job: { prompt: "darker", tenant: as, target: { kind: "edit", siteId } as const },
      notifications: [{ kind: "accepted" }],
    });
    const said = () => db.query(sql`select kind from notifications order by id`);

    test("a site of the same person is changed", async () => {
      const siteId = await site();
      const { jobId } = await acceptUpdate(db, update(1, siteId));
      expect(await getJob(db, jobId as JobId)).toMatchObject({ siteId, kind: "edit", prompt: "darker" });
      expect(await said()).toEqual([{ kind: "accepted" }]);
      expect(await acceptUpdate(db, update(1, siteId))).toMatchObject({ fresh: false, jobId });
    });

    test("somebody else's site is refused in a message, and no job made", async () => {
      const siteId = await site();
      expect(await acceptUpdate(db, update(1, siteId, "telegram:8"))).toEqual({
        fresh: true,
        jobId: undefined,
        publish: undefined,
      });
      expect(await said()).toEqual([{ kind: "not_yours" }]);
    });
  });
});
