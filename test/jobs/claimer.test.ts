import { afterAll, beforeAll, beforeEach, describe, expect, setDefaultTimeout, test } from "bun:test";
import { sql } from "drizzle-orm";
import type { Database } from "../../src/db/database.ts";
import { migrate } from "../../src/db/migrate.ts";
import { DatabaseError } from "../../src/errors.ts";
import { createJobId } from "../../src/ids.ts";
import { claimJob } from "../../src/jobs/claim-job.ts";
import { createClaimer } from "../../src/jobs/claimer.ts";
import { getJob } from "../../src/jobs/find-job.ts";
import { submitJob } from "../../src/jobs/submit-job.ts";
import { databases, empty } from "../helpers/database.ts";
import { until } from "../helpers/until.ts";

setDefaultTimeout(60_000);

const worker = { name: "test:1", lockKey: 1, provider: "mock" };
const fresh = { redelivered: false, jobId: createJobId() };

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

  test("whoever is claimed by another's message, its own taken for publishing and perhaps never sent, has one of the others sent again", async () => {
    const [taken, other] = await submit(2);
    await db.query(sql`
      update jobs set dispatches = 1,
        dispatch_after = now() + case when id = ${taken}::uuid then interval '15 seconds' else interval '10 minutes' end`);
    const claim = createClaimer(db, worker);
    expect(await claim({ ...fresh, jobId: other as never })).toMatchObject({ id: taken });
    expect(await db.query(sql`select id, dispatch_after <= now() as due from jobs where status = 'queued'`)).toEqual([
      { id: other, due: true },
    ]);
  });

  test("the debt is paid from the end of the line, so that the next claim does not owe it again", async () => {
    const [taken, next, third, last] = await submit(4);
    await db.query(sql`
      update jobs set dispatches = 1,
        dispatch_after = now() + case when id = ${taken}::uuid then interval '15 seconds' else interval '10 minutes' end`);
    const claim = createClaimer(db, worker);
    expect(await claim(fresh)).toMatchObject({ id: taken });
    expect(await claim(fresh)).toMatchObject({ id: next });
    expect(
      await db.query(sql`select id, dispatches, dispatch_after <= now() as due from jobs where waiting order by turn`),
    ).toEqual([
      { id: third, dispatches: 1, due: false },
      { id: last, dispatches: 2, due: true },
    ]);
  });

  test.each([
    ["its confirm is not recorded yet", "interval '14 seconds'"],
    ["its confirm is late", "interval '-1 second'"],
  ])("while none has a message on record, the job whose message was used is sent again: %s", async (_, sent) => {
    const [taken, unsent, used] = await submit(3);
    await db.query(sql`update jobs set dispatch_after = now()`);
    await db.query(
      sql`update jobs set dispatches = 1, dispatch_after = now() + ${sql.raw(sent)} where id = ${used}::uuid`,
    );
    const claim = createClaimer(db, worker);
    expect(await claim({ ...fresh, jobId: used as never })).toMatchObject({ id: taken });
    expect(
      await db.query(sql`select id, dispatches, dispatch_after <= now() as due from jobs where waiting order by turn`),
    ).toEqual([
      { id: unsent, dispatches: 0, due: true },
      { id: used, dispatches: 2, due: true },
    ]);
  });

  test("a job that was put off is sent when its time has come, though its message is used by another", async () => {
    const [taken, later] = await submit(2);
    await db.query(sql`
      update jobs set dispatches = 1, available_at = now() + interval '1 minute', dispatch_after = now() + interval '1 minute'
      where id = ${later}::uuid`);
    await db.query(sql`update jobs set dispatch_after = now() where id = ${taken}::uuid`);
    const claim = createClaimer(db, worker);
    expect(await claim({ ...fresh, jobId: later as never })).toMatchObject({ id: taken });
    expect(
      await db.query(sql`select id, dispatches, dispatch_after = available_at as kept from jobs where waiting`),
    ).toEqual([{ id: later, dispatches: 1, kept: true }]);
  });

  test("while the provider is paused, all that were called are put off, one person's jobs too", async () => {
    const ids = await submit(3, "telegram:7");
    await db.query(sql`update jobs set dispatch_after = now() + interval '10 minutes', dispatches = 1`);
    await db.query(sql`insert into provider_pauses values (${worker.provider}, now() + interval '20 seconds')`);
    const claim = createClaimer(db, worker);
    expect(await Promise.all(ids.map((jobId) => claim({ redelivered: false, jobId })))).toEqual(
      ids.map(() => undefined),
    );
    const [{ sent } = { sent: 0 }] = await db.query<{ sent: number }>(sql`
      select count(*)::int as sent from jobs where dispatch_after between now() + interval '10 seconds' and now() + interval '30 seconds'`);
    expect(sent).toBe(3);
  });

  test("nobody is sent again when a job is claimed by its own message", async () => {
    const [own] = await submit(2);
    await db.query(sql`update jobs set dispatches = 1, dispatch_after = now() + interval '15 seconds'`);
    const claim = createClaimer(db, worker);
    expect(await claim({ ...fresh, jobId: own as never })).toMatchObject({ id: own });
    expect(await db.query(sql`select dispatch_after <= now() as due from jobs where status = 'queued'`)).toEqual([
      { due: false },
    ]);
  });

  test("while all that is due is in the hands of others, a message is not used up", async () => {
    if (db.kind !== "postgres") return;
    const [id] = await submit(1);
    const lock = await db.holdLock(42);
    const other = db.query(sql`
      with held as materialized (select id from jobs for update) select pg_advisory_lock(42)::text from held`);
    await until(async () => (await db.query(sql`select from jobs for update skip locked`)).length === 0);
    const claim = createClaimer(db, worker);
    await expect(claim(fresh)).rejects.toThrow(DatabaseError);
    await lock[Symbol.asyncDispose]();
    await other;
    expect(await claim(fresh)).toMatchObject({ id });
  });

  test("a dead worker whose lock is not free yet is looked for by the claims that follow, though the first took another job", async () => {
    if (db.kind !== "postgres") return;
    const [orphan, next] = await submit(2);
    const lock = await db.holdLock(41);
    await claimJob(db, { ...worker, lockKey: 41 }, fresh);
    const claim = createClaimer(db, worker);
    expect((await claim({ ...fresh, redelivered: true }))?.id).toBe(next);
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
    await expect(claim(fresh)).rejects.toThrow(DatabaseError);
    const job = await claim(fresh).catch(() => claim(fresh));
    expect(job).toMatchObject({ id, attempt: 1, crashes: 0 });
    expect(await getJob(db, job?.id as never)).toMatchObject({ status: "running", attempt: 1 });
    expect(await db.query(sql`select number, status from job_attempts order by number`)).toEqual([
      { number: 1, status: "released" },
      { number: 2, status: "running" },
    ]);
  });
});
