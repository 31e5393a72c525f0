import { afterAll, beforeAll, beforeEach, describe, expect, setDefaultTimeout, test } from "bun:test";
import { sql } from "drizzle-orm";
import type { Database } from "../../src/db/database.ts";
import { migrate } from "../../src/db/migrate.ts";
import type { JobId } from "../../src/ids.ts";
import { acceptUpdate } from "../../src/jobs/accept-update.ts";
import { cancelJob } from "../../src/jobs/cancel-job.ts";
import { claimJob, leaseSeconds } from "../../src/jobs/claim-job.ts";
import type { ClaimedJob } from "../../src/jobs/claimed-job.ts";
import { endAttempt, type Outcome } from "../../src/jobs/end-attempt.ts";
import { getJob } from "../../src/jobs/find-job.ts";
import { beginPublishing, enterStage, JobCancelledError, LeaseLostError, renewLease } from "../../src/jobs/lease.ts";
import { submitJob } from "../../src/jobs/submit-job.ts";
import { databases, empty } from "../helpers/database.ts";

setDefaultTimeout(60_000);

let db: Database;

const worker = { name: "test:1", lockKey: 1, provider: "mock" };
const spent = { provider: "mock", model: "m", inputTokens: 3, outputTokens: 5 };
const error = { code: "provider_unavailable", message: "down" };

async function submit(tenant = "test"): Promise<JobId> {
  const { jobId } = await submitJob(db, { prompt: "a page", tenant });
  return jobId;
}

async function claimNext(): Promise<{ tenant: string } | undefined> {
  const job = await claimJob(db, worker, { redelivered: false });
  if (job === undefined) return undefined;
  const [row] = await db.query<{ tenant: string }>(sql`select tenant from jobs where id = ${job.id}::uuid`);
  return row;
}

async function claim(id: JobId): Promise<ClaimedJob> {
  const job = await claimJob(db, worker, { redelivered: false });
  if (job?.id !== id) throw new Error("not claimed");
  return job;
}

async function attempts(
  id: JobId,
): Promise<{ number: number; status: string; input_tokens: number; finished: boolean }[]> {
  return db.query(
    sql`select number, status, input_tokens, finished_at is not null as finished from job_attempts where job_id = ${id}::uuid order by number`,
  );
}

describe.each(databases("states of a job"))("$name", ({ open }) => {
  beforeAll(async () => {
    db = await open();
    await migrate(db);
  });
  afterAll(() => db[Symbol.asyncDispose]());
  beforeEach(() => empty(db));

  describe("submit", () => {
    test("a new job is queued, with a site of its own", async () => {
      const { jobId, siteId, created } = await submitJob(db, { prompt: "a page", tenant: "test" });
      expect(created).toBe(true);
      expect(await getJob(db, jobId)).toMatchObject({
        id: jobId,
        siteId,
        status: "queued",
        prompt: "a page",
        attempt: 0,
        error: null,
      });
    });

    test("an idempotency key gives the same job again, also to requests at once", async () => {
      const request = { prompt: "a page", tenant: "test", idempotencyKey: "k" };
      const all = await Promise.all([submitJob(db, request), submitJob(db, request), submitJob(db, request)]);
      expect(new Set(all.map((one) => one.jobId)).size).toBe(1);
      expect(all.filter((one) => one.created)).toHaveLength(1);
      expect((await submitJob(db, { ...request, tenant: "other" })).created).toBe(true);
    });
  });

  describe("claim", () => {
    test("exactly one of many claims wins", async () => {
      const id = await submit();
      const claims = await Promise.all(Array.from({ length: 10 }, () => claimJob(db, worker, { redelivered: false })));
      expect(claims.filter(Boolean)).toHaveLength(1);
      expect(await getJob(db, id)).toMatchObject({ status: "running", stage: "writing", attempt: 1 });
    });

    test("one tenant's many jobs do not delay another's first", async () => {
      for (let count = 0; count < 5; count++) await submit("busy");
      expect((await claimNext())?.tenant).toBe("busy");
      await submit("newcomer");
      await submit("newcomer");
      await submit("other");
      const order: string[] = [];
      for (let job = await claimNext(); job; job = await claimNext()) order.push(job.tenant);
      expect(order.slice(0, 3).sort()).toEqual(["busy", "newcomer", "other"]);
      expect(order.slice(3, 5).sort()).toEqual(["busy", "newcomer"]);
      expect(order.slice(5)).toEqual(["busy", "busy"]);
    });

    test("a person on Telegram has one running job, however many workers come", async () => {
      for (let count = 0; count < 4; count++) await submit("telegram:1");
      await submit("telegram:2");
      const claims = await Promise.all(Array.from({ length: 10 }, () => claimNext()));
      expect(
        claims
          .filter((one) => one !== undefined)
          .map((one) => one.tenant)
          .sort(),
      ).toEqual(["telegram:1", "telegram:2"]);
    });

    test("a person's next job is called for when the one before ends", async () => {
      const first = await submit("telegram:1");
      const second = await submit("telegram:1");
      await db.query(sql`update jobs set dispatch_after = now() + interval '10 minutes'`);
      await endAttempt(db, await claim(first), { kind: "failed", error }, spent);
      const due = await db.query(sql`select id from jobs where status = 'queued' and dispatch_after <= now()`);
      expect(due).toEqual([{ id: second }]);
      expect((await claim(second)).id).toBe(second);
    });

    test("two workers told at once of a death take a job each", async () => {
      if (db.kind !== "postgres") return;
      for (let round = 0; round < 5; round++) {
        await empty(db);
        await submit();
        await submit();
        const dead = { ...worker, lockKey: 41 };
        await claimJob(db, dead, { redelivered: false });
        await claimJob(db, dead, { redelivered: false });
        const claims = await Promise.all([1, 2].map(() => claimJob(db, worker, { redelivered: true })));
        expect(claims.map((job) => job?.rescued)).toEqual(["worker_died", "worker_died"]);
      }
    }, 60_000);

    test("priority comes before turn", async () => {
      await submit();
      const urgent = await submit();
      await db.query(sql`update jobs set priority = 1 where id = ${urgent}::uuid`);
      expect((await claim(urgent)).id).toBe(urgent);
    });

    test("a provider that asked to wait is left alone by every worker, other providers are not", async () => {
      const limited = await submit();
      await endAttempt(db, await claim(limited), { kind: "snoozed", error, delayMs: 60_000 }, spent);
      const waiting = await submit();
      expect(await claimJob(db, worker, { redelivered: false })).toBeUndefined();
      const [row] = await db.query(
        sql`select status, attempt, available_at > now() + interval '50 seconds' as later from jobs where id = ${waiting}::uuid`,
      );
      expect(row).toEqual({ status: "queued", attempt: 0, later: true });
      const fresh = await submit();
      expect((await claimJob(db, { ...worker, provider: "gemini" }, { redelivered: false }))?.id).toBe(fresh);
    });

    test("a job that is not due is left alone", async () => {
      await submit();
      await db.query(sql`update jobs set available_at = now() + interval '1 minute'`);
      expect(await claimJob(db, worker, { redelivered: false })).toBeUndefined();
    });

    test("a finished job is not processed again", async () => {
      const id = await submit();
      const job = await claim(id);
      await endAttempt(db, job, { kind: "completed", title: "t", revision: await beginPublishing(db, job) }, spent);
      expect(await claimJob(db, worker, { redelivered: true })).toBeUndefined();
    });

    test("a job whose lease ended is taken over, and its first attempt counted as a crash", async () => {
      const id = await submit();
      const first = await claim(id);
      await db.query(sql`update jobs set lease_expires_at = now() - interval '1 second'`);
      const second = await claim(id);
      expect(second).toMatchObject({ attempt: 2, crashes: 1 });
      expect(second.token).not.toBe(first.token);
      expect((await attempts(id)).map((one) => one.status)).toEqual(["abandoned", "running"]);
    });

    test("one that would be convicted by its next crash is not, while it waits to run alone", async () => {
      const id = await submit();
      const over = () => db.query(sql`update jobs set lease_expires_at = now() - interval '1 second'`);
      for (const crashes of [0, 1, 2, 2]) {
        expect(await claim(id)).toMatchObject({ crashes, attempt: crashes + 1 });
        expect((await getJob(db, id)).stage).toBe(crashes < 2 ? "writing" : null);
        await over();
      }
      const suspect = await claim(id);
      expect(suspect).toMatchObject({ crashes: 2, rescued: "lease_expired" });
      await enterStage(db, suspect, "writing");
      await over();
      expect(await claim(id)).toMatchObject({ crashes: 3, attempt: 4 });
      expect((await attempts(id)).map((one) => one.status)).toEqual([...Array(5).fill("abandoned"), "running"]);
    });
  });

  describe("lease", () => {
    test("a renewal extends it", async () => {
      const job = await claim(await submit());
      await db.query(sql`update jobs set lease_expires_at = now() + interval '1 second'`);
      await renewLease(db, job);
      const [row] = await db.query<{ left: number }>(
        sql`select extract(epoch from lease_expires_at - now())::int as left from jobs`,
      );
      expect(row?.left).toBeGreaterThan(leaseSeconds - 5);
    });

    test("whoever lost it can write nothing", async () => {
      const id = await submit();
      const late = await claim(id);
      await db.query(sql`update jobs set lease_expires_at = now() - interval '1 second'`);
      const owner = await claim(id);
      await expect(renewLease(db, late)).rejects.toThrow(LeaseLostError);
      await expect(enterStage(db, late, "checking")).rejects.toThrow(LeaseLostError);
      await expect(beginPublishing(db, late)).rejects.toThrow(LeaseLostError);
      expect(await endAttempt(db, late, { kind: "failed", error }, spent)).toBe(false);
      expect(
        await endAttempt(
          db,
          owner,
          { kind: "completed", title: "t", revision: await beginPublishing(db, owner) },
          spent,
        ),
      ).toBe(true);
      expect(await getJob(db, id)).toMatchObject({ status: "completed", error: null });
    });

    test("a revision number once given stays with the job", async () => {
      const id = await submit();
      const first = await claim(id);
      expect(await beginPublishing(db, first)).toBe(1);
      await db.query(sql`update jobs set lease_expires_at = now() - interval '1 second'`);
      const second = await claim(id);
      expect(second.revision).toBe(1);
      expect(await beginPublishing(db, second)).toBe(1);
    });
  });

  describe("end of an attempt", () => {
    test("a job is completed on success and its attempt recorded", async () => {
      const id = await submit();
      const job = await claim(id);
      await endAttempt(
        db,
        job,
        { kind: "completed", title: "Coffee", revision: await beginPublishing(db, job) },
        { ...spent, finish: "stop" },
      );
      expect(await getJob(db, id)).toMatchObject({
        status: "completed",
        stage: null,
        title: "Coffee",
        revision: 1,
        usage: { inputTokens: 3, outputTokens: 5 },
        provider: "mock",
      });
      expect(await attempts(id)).toEqual([{ number: 1, status: "completed", input_tokens: 3, finished: true }]);
      expect(await db.query(sql`select current_revision, title from sites`)).toEqual([
        { current_revision: 1, title: "Coffee" },
      ]);
    });

    const again: [string, Outcome, { attempt: number; snoozes: number }][] = [
      ["a retry spends the attempt", { kind: "retried", error, delayMs: 60_000 }, { attempt: 1, snoozes: 0 }],
      ["a snooze gives it back", { kind: "snoozed", error, delayMs: 60_000 }, { attempt: 0, snoozes: 1 }],
      ["a drain gives it back", { kind: "released" }, { attempt: 0, snoozes: 0 }],
    ];
    test.each(again)("%s", async (_, outcome, counts) => {
      const id = await submit();
      await endAttempt(db, await claim(id), outcome, spent);
      const [row] = await db.query(
        sql`select status, attempt, snoozes, lease_token, available_at > now() + interval '50 seconds' as later from jobs`,
      );
      expect(row).toEqual({ status: "queued", ...counts, lease_token: null, later: "delayMs" in outcome });
      expect((await attempts(id))[0]?.status).toBe(outcome.kind);
    });

    test("attempts after a snooze have numbers of their own", async () => {
      const id = await submit();
      await endAttempt(db, await claim(id), { kind: "snoozed", error, delayMs: 0 }, spent);
      await endAttempt(db, await claim(id), { kind: "failed", error }, spent);
      expect((await attempts(id)).map((one) => [one.number, one.status])).toEqual([
        [1, "snoozed"],
        [2, "failed"],
      ]);
      expect(await getJob(db, id)).toMatchObject({
        status: "failed",
        attempt: 1,
        error,
        usage: { inputTokens: 6, outputTokens: 10 },
      });
    });

    test("the person in the chat is told once", async () => {
      const { jobId } = await acceptUpdate(db, {
        updateId: 1,
        kind: "message",
        chat: { id: 7, type: "private", messageId: 70 },
        job: { prompt: "a page", tenant: "telegram:7" },
        notifications: [{ kind: "accepted" }],
      });
      const job = await claim(jobId as JobId);
      await endAttempt(
        db,
        job,
        { kind: "completed", title: "T", revision: await beginPublishing(db, job) },
        spent,
        "https://p.example/p/x/",
      );
      expect(
        await db.query(sql`select chat_id, reply_to_message_id, kind, payload from notifications order by id`),
      ).toEqual([
        { chat_id: 7, reply_to_message_id: 70, kind: "accepted", payload: {} },
        {
          chat_id: 7,
          reply_to_message_id: 70,
          kind: "completed",
          payload: { title: "T", revision: 1, url: "https://p.example/p/x/" },
        },
      ]);
    });
  });

  describe("cancel", () => {
    test("a queued job never starts", async () => {
      const id = await submit();
      expect(await cancelJob(db, id)).toBe("cancelled");
      expect(await claimJob(db, worker, { redelivered: false })).toBeUndefined();
      expect(await cancelJob(db, id)).toBe("finished");
    });

    test("a running job's worker learns of it with its next write", async () => {
      const id = await submit();
      const job = await claim(id);
      expect(await cancelJob(db, id)).toBe("cancelling");
      await expect(renewLease(db, job)).rejects.toThrow(JobCancelledError);
      await expect(beginPublishing(db, job)).rejects.toThrow(JobCancelledError);
      await endAttempt(db, job, { kind: "cancelled" }, spent);
      expect(await getJob(db, id)).toMatchObject({ status: "cancelled" });
    });

    test("a job that waits to run alone learns of it too", async () => {
      const id = await submit();
      await db.query(sql`update jobs set crashes = 2`);
      const job = await claim(id);
      expect(await cancelJob(db, id)).toBe("cancelling");
      await expect(renewLease(db, job)).rejects.toThrow(JobCancelledError);
    });

    test("a job that would run again is cancelled instead", async () => {
      const id = await submit();
      const job = await claim(id);
      await cancelJob(db, id);
      await endAttempt(db, job, { kind: "retried", error, delayMs: 0 }, spent);
      expect(await getJob(db, id)).toMatchObject({ status: "cancelled" });
      expect((await attempts(id))[0]?.status).toBe("cancelled");
    });

    test("it is too late once publishing has begun", async () => {
      const id = await submit();
      const job = await claim(id);
      const revision = await beginPublishing(db, job);
      expect(await cancelJob(db, id)).toBe("finished");
      expect(await endAttempt(db, job, { kind: "completed", title: "t", revision }, spent)).toBe(true);
    });

    test("an unknown job is not found", async () => {
      expect(await cancelJob(db, "019ab000-0000-7000-8000-000000000000" as JobId)).toBe("not_found");
    });
  });
});
