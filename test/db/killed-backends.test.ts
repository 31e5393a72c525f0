import { afterAll, beforeAll, describe, expect, setDefaultTimeout, test } from "bun:test";
import { sql } from "drizzle-orm";
import type { Database } from "../../src/db/database.ts";
import { migrate } from "../../src/db/migrate.ts";
import { openPostgres } from "../../src/db/postgres.ts";
import { DatabaseError } from "../../src/errors.ts";
import { claimJob } from "../../src/jobs/claim-job.ts";
import { endAttempt } from "../../src/jobs/end-attempt.ts";
import { submitJob } from "../../src/jobs/submit-job.ts";
import { within } from "../../src/within.ts";
import { runsIntegration } from "../helpers/integration.ts";
import { hasPrivatePostgres, startPrivatePostgres } from "../helpers/private-postgres.ts";
import type { PrivateServer } from "../helpers/private-server.ts";
import { until } from "../helpers/until.ts";

setDefaultTimeout(180_000);

const suite = "killed backends";
/** Far longer than any statement takes, also on a machine that does a dozen other things. */
const hangMs = 30_000;

describe.skipIf(!runsIntegration(suite) || !hasPrivatePostgres(suite))(suite, () => {
  let server: PrivateServer;
  let db: Database;
  let killer: Database;

  beforeAll(async () => {
    server = await startPrivatePostgres();
    db = openPostgres({ url: server.url, poolSize: 4 });
    killer = openPostgres({ url: server.url, poolSize: 1 });
    await migrate(db);
  });
  afterAll(async () => {
    await db[Symbol.asyncDispose]();
    await killer[Symbol.asyncDispose]();
    await server[Symbol.asyncDispose]();
  });

  /** Ends every connection but the killer's own. */
  async function kill(): Promise<number> {
    const killed = await killer.query(sql`
      select pg_terminate_backend(pid) from pg_stat_activity
      where pid <> pg_backend_pid() and backend_type = 'client backend'`);
    return killed.length;
  }

  /** Everything that was asked gets an answer: a result, or a DatabaseError. */
  function answered<T>(work: Promise<T>): Promise<T | DatabaseError> {
    return within(hangMs, work, () => new Error("a statement hangs")).catch((error: unknown) => {
      if (error instanceof DatabaseError) return error;
      throw error;
    });
  }

  test("errors, never hangs, and a pool that is whole again at once", async () => {
    let killed = 0;
    let failed = 0;
    let done = 0;
    const stop = new AbortController();
    const work = async () => {
      while (!stop.signal.aborted) {
        const submitted = await answered(submitJob(db, { prompt: "a page", tenant: "test" }));
        const job = await answered(claimJob(db, { name: "w", lockKey: 1, provider: "mock" }, { redelivered: true }));
        const ended =
          job instanceof DatabaseError || job === undefined
            ? job
            : await answered(
                endAttempt(
                  db,
                  job,
                  { kind: "completed", title: "t", revision: 1 },
                  { inputTokens: 0, outputTokens: 0 },
                ),
              );
        for (const result of [submitted, job, ended]) {
          if (result instanceof DatabaseError) failed++;
          else done++;
        }
      }
    };
    // More at once than the pool has connections, so that statements wait for one when it dies.
    const working = Promise.all(Array.from({ length: 12 }, work));
    while (killed < 25) {
      killed += await kill();
      // At any moment, but not so fast that on a slow machine nothing is ever done in between.
      const before = done;
      await until(() => done > before);
      await Bun.sleep(Math.random() * 50);
    }
    stop.abort();
    await working;
    expect(failed).toBeGreaterThan(0);
    expect(done).toBeGreaterThan(0);

    // A connection may still have the news of its end to tell, to whoever asks next; then there is a new one.
    const ask = (count: number) =>
      Promise.all(Array.from({ length: count }, () => answered(db.query<{ one: number }>(sql`select 1 as one`))));
    await until(async () => (await ask(8)).every((result) => !(result instanceof DatabaseError)));
    const after = await ask(40);
    expect(after).toEqual(Array.from({ length: 40 }, () => [{ one: 1 }]));
    const [connections] = await killer.query<{ count: number }>(sql`
      select count(*)::int as count from pg_stat_activity where pid <> pg_backend_pid() and backend_type = 'client backend'`);
    expect(connections?.count).toBeLessThanOrEqual(4);
  });

  test("what was recorded is there once, whatever was killed meanwhile", async () => {
    const [row] = await db.query<{ twice: number; half: number }>(sql`
      select (select count(*) from (select from job_attempts where status = 'completed' group by job_id having count(*) > 1) t)::int as twice,
             (select count(*) from jobs where status = 'completed' and not exists (
               select from job_attempts a where a.job_id = jobs.id and a.status = 'completed'))::int as half`);
    expect(row).toEqual({ twice: 0, half: 0 });
  });

  test("a listener hears again, and a lock is held again", async () => {
    const heard: string[] = [];
    let ready = 0;
    await using _ = await db.listen(
      "test",
      (payload) => heard.push(payload),
      () => ready++,
    );
    await using _lock = await db.holdLock(4711);
    const isHeld = async () => {
      const [row] = await killer.query<{ free: boolean }>(sql`select pg_try_advisory_xact_lock(4711) as free`);
      return row?.free === false;
    };
    expect(await isHeld()).toBe(true);
    for (let round = 1; round <= 3; round++) {
      const before = ready;
      await kill();
      await until(async () => ready > before && (await isHeld()));
      await killer.query(sql`select pg_notify('test', ${String(round)}::text)`);
      await until(() => heard.includes(String(round)));
    }
  });
});
