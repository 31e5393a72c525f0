import { afterAll, beforeAll, beforeEach, describe, expect, setDefaultTimeout, test } from "bun:test";
import { sql } from "drizzle-orm";
import type { Database } from "../../src/db/database.ts";
import { migrate } from "../../src/db/migrate.ts";
import { DatabaseError } from "../../src/errors.ts";
import type { ClaimedJob } from "../../src/jobs/claimed-job.ts";
import { createClaimer } from "../../src/jobs/claimer.ts";
import type { Outcome } from "../../src/jobs/end-attempt.ts";
import { createEnder } from "../../src/jobs/ender.ts";
import { getJob } from "../../src/jobs/find-job.ts";
import { submitJob } from "../../src/jobs/submit-job.ts";
import { databases, empty } from "../helpers/database.ts";

setDefaultTimeout(60_000);

const spent = { inputTokens: 3, outputTokens: 5 };
const error = { code: "x", message: "why" };

describe.each(databases("ends of a worker"))("$name", ({ open }) => {
  let db: Database;
  beforeAll(async () => {
    db = await open();
    await migrate(db);
  });
  afterAll(() => db[Symbol.asyncDispose]());
  beforeEach(() => empty(db));

  async function claimed(count: number): Promise<ClaimedJob[]> {
    const claim = createClaimer(db, { name: "test:1", lockKey: 1, provider: "mock" });
    const jobs = Array.from({ length: count }, async (_, n) => {
      const { jobId } = await submitJob(db, { prompt: "a page", tenant: `test:${n}` });
      return claim({ jobId, redelivered: false });
    });
    return (await Promise.all(jobs)).flatMap((job) => job ?? []);
  }

  test("attempts that end together are closed by one statement, each in its own way", async () => {
    const outcomes: Outcome[] = [
      { kind: "completed", title: "A page", revision: 1, summary: "new", baseRevision: null },
      { kind: "failed", error },
      { kind: "cancelled" },
      { kind: "retried", error, delayMs: 60_000 },
      { kind: "snoozed", error, delayMs: 60_000 },
      { kind: "released" },
    ];
    const jobs = await claimed(outcomes.length);
    const statements: unknown[] = [];
    const end = createEnder({
      ...db,
      query(statement) {
        statements.push(statement);
        return db.query(statement);
      },
    });
    const ended = jobs.map((job, index) =>
      end({
        job,
        outcome: outcomes[index] as Outcome,
        record: { ...spent, provider: `p${index}`, repairs: ["one"], reply: index === 0 ? "a reply" : undefined },
      }),
    );
    expect(await Promise.all(ended)).toEqual(outcomes.map(() => true));
    expect(statements).toHaveLength(1);

    const states = await Promise.all(jobs.map(({ id }) => getJob(db, id)));
    expect(states.map(({ status, attempt, title }) => ({ status, attempt, title }))).toEqual([
      { status: "completed", attempt: 1, title: "A page" },
      { status: "failed", attempt: 1, title: null },
      { status: "cancelled", attempt: 1, title: null },
      { status: "queued", attempt: 1, title: null },
      { status: "queued", attempt: 0, title: null },
      { status: "queued", attempt: 0, title: null },
    ]);
    const rows = await db.query(sql`
      select a.status, a.provider, a.input_tokens, a.error_code, jobs.error_message, available_at > now() + interval '50 seconds' as later, snoozes,
             (select current_revision from sites where sites.id = site_id) as current
      from job_attempts a join jobs on jobs.id = job_id order by a.provider`);
    const plain = { input_tokens: 3, error_code: null, error_message: null, later: false, snoozes: 0, current: null };
    const failed = { ...plain, error_code: "x", error_message: "why" };
    expect(rows).toEqual([
      { ...plain, status: "completed", provider: "p0", current: 1 },
      { ...failed, status: "failed", provider: "p1" },
      { ...plain, status: "cancelled", provider: "p2" },
      { ...failed, status: "retried", provider: "p3", later: true },
      { ...failed, status: "snoozed", provider: "p4", later: true, snoozes: 1 },
      { ...plain, status: "released", provider: "p5" },
    ]);
    expect(await db.query(sql`select provider from provider_pauses`)).toEqual([{ provider: "p4" }]);
    expect(await db.query(sql`select job_id from replies`)).toEqual([{ job_id: jobs[0]?.id as string }]);
  });

  test("of several, whoever lost the lease is told so, and the others are closed", async () => {
    const [late, own] = (await claimed(2)) as [ClaimedJob, ClaimedJob];
    const end = createEnder(db);
    const outcome: Outcome = { kind: "failed", error };
    const ended = [{ ...late, token: crypto.randomUUID() }, own].map((job) => end({ job, outcome, record: spent }));
    expect(await Promise.all(ended)).toEqual([false, true]);
    expect(await getJob(db, late.id)).toMatchObject({ status: "running" });
  });

  test("of one job's two leases in a batch, the later one is closed, whichever comes first", async () => {
    const jobs = await claimed(2);
    const end = createEnder(db);
    const ended = jobs.map(async (job, index) => {
      const own = () =>
        end({ job, outcome: { kind: "completed", title: "t", revision: 1 }, record: { ...spent, provider: "own" } });
      const stale = () =>
        end({
          job: { ...job, token: crypto.randomUUID() },
          outcome: { kind: "failed", error },
          record: { ...spent, provider: "stale" },
        });
      const answers = index === 0 ? [stale(), own()] : [own(), stale()];
      return Promise.all(answers);
    });
    expect(await Promise.all(ended)).toEqual([
      [false, true],
      [true, false],
    ]);
    expect(await db.query(sql`select status, provider, error_code from job_attempts`)).toEqual([
      { status: "completed", provider: "own", error_code: null },
      { status: "completed", provider: "own", error_code: null },
    ]);
  });

  test("one that the database refuses does not keep the others from ending", async () => {
    const [refused, own] = (await claimed(2)) as [ClaimedJob, ClaimedJob];
    const end = createEnder(db);
    const tooMany = { ...spent, inputTokens: 2 ** 40 };
    const [no, yes] = await Promise.allSettled([
      end({ job: refused, outcome: { kind: "failed", error }, record: tooMany }),
      end({ job: own, outcome: { kind: "failed", error }, record: spent }),
    ]);
    expect(no).toMatchObject({ status: "rejected", reason: expect.any(DatabaseError) });
    expect(yes).toEqual({ status: "fulfilled", value: true });
    expect(await getJob(db, refused.id)).toMatchObject({ status: "running" });
  });

  test("what Postgres cannot store is left out of a message, and the attempt ends", async () => {
    const [job] = (await claimed(1)) as [ClaimedJob];
    const outcome: Outcome = { kind: "failed", error: { code: "x", message: "half a \ud83d and a \0 in \\u0000" } };
    expect(await createEnder(db)({ job, outcome, record: spent })).toBe(true);
    expect((await getJob(db, job.id)).error?.message).toBe("half a \ufffd and a  in \\u0000");
  });
});
