import { afterAll, beforeAll, beforeEach, describe, expect, setDefaultTimeout, test } from "bun:test";
import { sql } from "drizzle-orm";
import type { Database } from "../../src/db/database.ts";
import { migrate } from "../../src/db/migrate.ts";
import type { JobId } from "../../src/ids.ts";
import { acceptUpdate } from "../../src/jobs/accept-update.ts";
import { claimJob } from "../../src/jobs/claim-job.ts";
import { endAttempt } from "../../src/jobs/end-attempt.ts";
import { retryJob } from "../../src/jobs/retry-job.ts";
import { databases, empty } from "../helpers/database.ts";

setDefaultTimeout(60_000);

const worker = { name: "test:1", lockKey: 1, provider: "mock" };
const spent = { inputTokens: 0, outputTokens: 0 };

describe.each(databases("retrying jobs"))("$name", ({ open }) => {
  let db: Database;
  beforeAll(async () => {
    db = await open();
    await migrate(db);
  });
  afterAll(() => db[Symbol.asyncDispose]());
  beforeEach(() => empty(db));

  async function fail(): Promise<void> {
    const job = await claimJob(db, worker, { redelivered: false });
    if (job === undefined) throw new Error("nothing to claim");
    await endAttempt(db, job, { kind: "failed", error: { code: "internal", message: "no" } }, spent);
  }

  test("a failed job runs again, and its chat is told of its second end too", async () => {
    const chat = { id: 7, type: "private" };
    const job = { prompt: "a page", tenant: "telegram:7" };
    const accepted = await acceptUpdate(db, { updateId: 1, kind: "message", chat, job, notifications: [] });
    const id = accepted.jobId as JobId;
    await fail();
    await db.query(sql`update notifications set status = 'sent', finished_at = now() where kind = 'failed'`);
    expect(await Promise.all([retryJob(db, id), retryJob(db, id)])).toSatisfy(
      (results: string[]) => results.toSorted().join() === "not_failed,queued",
    );
    await fail();
    expect(await db.query(sql`select status from notifications where kind = 'failed'`)).toEqual([
      { status: "pending" },
    ]);
    expect(await db.query(sql`select number, status from job_attempts order by number`)).toEqual([
      { number: 1, status: "failed" },
      { number: 2, status: "failed" },
    ]);
  });

  test("a job that runs or ended well is left alone", async () => {
    const accepted = await acceptUpdate(db, {
      updateId: 1,
      kind: "message",
      chat: { id: 7, type: "private" },
      job: { prompt: "a page", tenant: "telegram:7" },
      notifications: [],
    });
    expect(await retryJob(db, accepted.jobId as JobId)).toBe("not_failed");
    expect(await retryJob(db, "019ab000-0000-7000-8000-000000000000" as JobId)).toBe("not_found");
  });
});
