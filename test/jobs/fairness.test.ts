import { afterAll, beforeAll, beforeEach, expect, setDefaultTimeout, test } from "bun:test";
import { eq, sql } from "drizzle-orm";
import type { Database } from "../../src/db/database.ts";
import { jobs } from "../../src/db/schema.ts";
import { claimJob } from "../../src/jobs/claim-job.ts";
import type { ClaimedJob } from "../../src/jobs/claimed-job.ts";
import { endAttempt } from "../../src/jobs/end-attempt.ts";
import { submitJob } from "../../src/jobs/submit-job.ts";
import { empty, openTestDatabase } from "../helpers/database.ts";

setDefaultTimeout(180_000);

let db: Database;
beforeAll(async () => {
  db = await openTestDatabase();
});
afterAll(() => db[Symbol.asyncDispose]());
beforeEach(() => empty(db));

const slots = 4;

async function claim(): Promise<ClaimedJob & { tenant: string }> {
  const job = await claimJob(db, { name: "w", lockKey: 1, provider: "mock" }, { redelivered: false });
  if (job === undefined) throw new Error("nothing to claim");
  const [row] = await db.read((orm) => orm.select({ tenant: jobs.tenant }).from(jobs).where(eq(jobs.id, job.id)));
  return { ...job, tenant: row?.tenant ?? "" };
}

const finish = (job: ClaimedJob) =>
  endAttempt(db, job, { kind: "completed", title: "t", revision: 1 }, { inputTokens: 0, outputTokens: 0 });

test("beside a tenant with a thousand jobs, another's only one takes the next slot that is free", async () => {
  await submitJob(db, { prompt: "a page", tenant: "busy" });
  // The other 999 as `submitJob` would record them, in one go.
  await db.query(sql`
    with many as (
      insert into sites (id, tenant) select translate(lpad(to_hex(n), 26, '0'), '0189', 'gwxy'), 'busy' from generate_series(1, 999) n returning id
    )
    insert into jobs (id, site_id, tenant, prompt, turn)
    select lpad((row_number() over ())::text, 32, '0')::uuid, id, 'busy', 'a page', 2 * row_number() over () from many`);
  const running = [];
  while (running.length < slots) running.push(await claim());
  expect(new Set(running.map(({ tenant }) => tenant))).toEqual(new Set(["busy"]));

  await submitJob(db, { prompt: "a page", tenant: "newcomer" });
  for (const job of running.splice(0, 1)) await finish(job);
  expect((await claim()).tenant).toBe("newcomer");

  // And the same when many more are done while three of the first still run: whoever comes in starts where the queue is now, not at its beginning.
  for (let count = 0; count < 100; count++) await finish(await claim());
  for (const tenant of ["second", "third", "second"]) await submitJob(db, { prompt: "a page", tenant });
  const next = [await claim(), await claim(), await claim(), await claim(), await claim()].map(({ tenant }) => tenant);
  expect(next.slice(0, 3).sort()).toEqual(["busy", "second", "third"]);
  expect(next.slice(3).sort()).toEqual(["busy", "second"]);
});

test("newcomers pass the jobs that one tenant submitted at the same moment, and not each other", async () => {
  await db.query(sql`
    with many as (
      insert into sites (id, tenant) select translate(lpad(to_hex(n), 26, '0'), '0189', 'gwxy'), 'busy' from generate_series(1, 40) n returning id
    )
    insert into jobs (id, site_id, tenant, prompt, turn)
    select lpad((row_number() over ())::text, 32, '0')::uuid, id, 'busy', 'a page', 2 * (row_number() over () / 10) from many`);
  const running = [];
  while (running.length < slots) running.push(await claim());
  for (const tenant of ["first", "second", "third"]) await submitJob(db, { prompt: "a page", tenant });
  const next = [await claim(), await claim(), await claim(), await claim()].map(({ tenant }) => tenant);
  expect(next).toEqual(["first", "second", "third", "busy"]);
});
