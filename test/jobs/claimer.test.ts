import { afterAll, beforeAll, beforeEach, describe, expect, setDefaultTimeout, test } from "bun:test";
import { sql } from "drizzle-orm";
import type { Database } from "../../src/db/database.ts";
import { migrate } from "../../src/db/migrate.ts";
import { DatabaseError } from "../../src/errors.ts";
import { claimJob } from "../../src/jobs/claim-job.ts";
import { createClaimer } from "../../src/jobs/claimer.ts";
import { getJob } from "../../src/jobs/find-job.ts";
import { submitJob } from "../../src/jobs/submit-job.ts";
import { databases, empty } from "../helpers/database.ts";

setDefaultTimeout(60_000);

const worker = { name: "test:1", lockKey: 1, provider: "mock" };
const fresh = { redelivered: false };

describe.each(databases("claims of a worker"))("$name", ({ open }) => {
  let db: Database;
  beforeAll(async () => {
    db = await open();
    await migrate(db);
  });
  afterAll(() => db[Symbol.asyncDispose]());
  beforeEach(() => empty(db));

  /** The database, counting what it is asked. */
  function counting(): Database & { asked: number } {
    const watched = {
      ...db,
      asked: 0,
      query(statement: Parameters<Database["query"]>[0]) {
        watched.asked++;
        return db.query(statement) as Promise<never>;
      },
    };
    return watched;
  }

  async function submit(count: number, tenant = "test") {
    const ids = [];
    for (let n = 0; n < count; n++) ids.push((await submitJob(db, { prompt: "a page", tenant })).jobId);
    return ids;
  }

  test("deliveries that come together are answered by one statement, each with a job of its own", async () => {
    const ids = await submit(5);
    const watched = counting();
    const claim = createClaimer(watched, worker);
    const jobs = await Promise.all(ids.map(() => claim(fresh)));
    expect(jobs.map((job) => job?.id).sort()).toEqual(ids.sort());
    expect(watched.asked).toBe(1);
  });

  test("with more deliveries than jobs, those left over find nothing", async () => {
    await submit(2);
    const claim = createClaimer(db, worker);
    const jobs = await Promise.all(Array.from({ length: 5 }, () => claim(fresh)));
    expect(jobs.filter(Boolean)).toHaveLength(2);
    expect(await claim(fresh)).toBeUndefined();
  });

  test("of one person's jobs it takes one, and the message of the other is sent again", async () => {
    await submit(2, "telegram:1");
    await submit(1, "telegram:2");
    await db.query(sql`update jobs set dispatch_after = now() + interval '10 minutes'`);
    const claim = createClaimer(db, worker);
    const jobs = await Promise.all([claim(fresh), claim(fresh), claim(fresh)]);
    expect(jobs.filter(Boolean)).toHaveLength(2);
    expect(
      await db.query(sql`select tenant, dispatch_after <= now() as due from jobs where status = 'queued'`),
    ).toEqual([{ tenant: "telegram:1", due: true }]);
  });

  test("a dead worker whose lock is not free yet is looked for by the claims that follow, though the first took another job", async () => {
    if (db.kind !== "postgres") return;
    const [orphan, next] = await submit(2);
    const lock = await db.holdLock(41);
    await claimJob(db, { ...worker, lockKey: 41 }, fresh);
    const claim = createClaimer(db, worker);
    expect((await claim({ redelivered: true }))?.id).toBe(next);
    await lock[Symbol.asyncDispose]();
    expect(await claim(fresh)).toMatchObject({ id: orphan, rescued: "worker_died" });
  });

  test("what was claimed by a statement that was never answered is given back before the next", async () => {
    const [id] = await submit(1);
    let lost = false;
    const claim = createClaimer(
      {
        ...db,
        async query(statement) {
          const rows = await db.query(statement);
          if (lost) return rows as never;
          lost = true;
          throw new DatabaseError("the connection is gone");
        },
      },
      worker,
    );
    expect(claim(fresh)).rejects.toThrow(DatabaseError);
    const job = await claim(fresh).catch(() => claim(fresh));
    expect(job).toMatchObject({ id, attempt: 1, crashes: 0 });
    expect(await getJob(db, job?.id as never)).toMatchObject({ status: "running", attempt: 1 });
    expect(await db.query(sql`select number, status from job_attempts order by number`)).toEqual([
      { number: 1, status: "released" },
      { number: 2, status: "running" },
    ]);
  });
});
