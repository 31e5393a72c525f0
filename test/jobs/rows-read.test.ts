import { describe, expect, setDefaultTimeout, test } from "bun:test";
import { type SQL, sql } from "drizzle-orm";
import pino from "pino";
import type { Database } from "../../src/db/database.ts";
import { migrate } from "../../src/db/migrate.ts";
import { openPostgres } from "../../src/db/postgres.ts";
import { claimJob } from "../../src/jobs/claim-job.ts";
import type { ClaimedJob } from "../../src/jobs/claimed-job.ts";
import { startDispatcher } from "../../src/jobs/dispatcher.ts";
import { endAttempt } from "../../src/jobs/end-attempt.ts";
import { submitJob } from "../../src/jobs/submit-job.ts";
import { createMemoryQueue } from "../../src/queue/memory.ts";
import { createPostgresDatabase } from "../helpers/database.ts";
import { runsIntegration } from "../helpers/integration.ts";

setDefaultTimeout(120_000);

interface PlanNode {
  "Node Type": string;
  "Relation Name"?: string;
  "Actual Rows": number;
  "Actual Loops": number;
  "Rows Removed by Filter"?: number;
  Plans?: PlanNode[];
}

const spent = { inputTokens: 0, outputTokens: 0 };

/** Taken at whatever moment: none yet, or from when nothing waited. */
describe.skipIf(!runsIntegration("query plans"))("whatever the statistics say of 1,000 waiting jobs", () => {
  const finished = `
    insert into sites (id, tenant) select translate(lpad(to_hex(n), 26, '0'), '0189', 'gwxy'), case when n % 2 = 0 then 'api' else 'telegram:' || n end from generate_series(1, 5000) n;
    insert into jobs (id, site_id, tenant, prompt, status, finished_at)
      select gen_random_uuid(), id, tenant, 'a page', 'completed', now() from sites offset 1000;`;
  const waiting = `
    insert into jobs (id, site_id, tenant, prompt, turn, dispatch_after, dispatches)
      select gen_random_uuid(), id, tenant, 'a page', row_number() over (), now() + interval '10 minutes', 1 from sites limit 1000;`;

  test.each([
    ["none", `${finished}${waiting}`],
    ["from a quiet moment", `${finished}vacuum analyze jobs;${waiting}`],
  ])("%s: a claim, a submission and an end read a few of them", async (_, script) => {
    await using server = await createPostgresDatabase();
    await using db = openPostgres({ url: server.url });
    await migrate(db);
    await db.script("alter table jobs set (autovacuum_enabled = false)");
    for (const part of script.split(";").filter((one) => one.trim())) await db.script(part);
    const worker = { name: "w", lockKey: 1, provider: "mock" };
    const job = (await claimJob(db, worker, { redelivered: false })) as ClaimedJob;
    const works: ((watched: Database) => Promise<unknown>)[] = [
      (watched) => claimJob(watched, worker, { redelivered: false }),
      (watched) => submitJob(watched, { prompt: "a page", tenant: "api" }),
      (watched) => endAttempt(watched, job, { kind: "failed", error: { code: "x", message: "x" } }, spent),
    ];
    for (const work of works) {
      const nodes: PlanNode[] = [];
      await work({
        ...db,
        async query(statement) {
          nodes.push(...(await explain(db, statement)));
          return [{ id: null }] as never;
        },
      });
      const read = nodes
        .filter((node) => node["Relation Name"] === "jobs" && node["Node Type"].includes("Scan"))
        .map((node) => (node["Actual Rows"] + (node["Rows Removed by Filter"] ?? 0)) * node["Actual Loops"]);
      expect(read.reduce((sum, rows) => sum + rows, 0)).toBeLessThan(50);
    }
  });
});

describe.skipIf(!runsIntegration("kept plans"))("a plan made when the tables were empty", () => {
  test("reads a few of 5,000 jobs", async () => {
    await using server = await createPostgresDatabase();
    await using db = openPostgres({ url: server.url, poolSize: 1 });
    await migrate(db);
    const worker = { name: "w", lockKey: 1, provider: "mock" };
    const queue = createMemoryQueue();

    async function live(): Promise<void> {
      const { jobId } = await submitJob(db, { prompt: "a page", tenant: "api" });
      {
        await using dispatcher = startDispatcher({ db, queue, logger: pino({ level: "silent" }) });
        await dispatcher.publish(jobId);
      }
      const job = (await claimJob(db, worker, { redelivered: false })) as ClaimedJob;
      await endAttempt(db, job, { kind: "completed", title: "A page", revision: 1 }, spent);
    }
    async function rowsRead(): Promise<number> {
      await db.query(sql`select pg_stat_force_next_flush()`);
      const [row] = await db.query<{ read: number }>(sql`
        select sum(seq_tup_read + coalesce(idx_tup_fetch, 0))::int as read from pg_stat_user_tables`);
      return row?.read ?? Number.NaN;
    }

    await live();
    await db.script(`
      alter table jobs set (autovacuum_enabled = false); alter table sites set (autovacuum_enabled = false);
      alter table job_attempts set (autovacuum_enabled = false)`);
    // Without this, what follows would be planned anew: the tables were altered.
    await live();
    await db.script(`
      insert into sites (id, tenant) select translate(lpad(to_hex(n), 26, '0'), '0189', 'gwxy'), 'api' from generate_series(1, 5000) n;
      insert into jobs (id, site_id, tenant, prompt, turn, dispatch_after, dispatches)
        select gen_random_uuid(), id, tenant, 'a page', row_number() over (), now() + interval '10 minutes', 1 from sites where title is null;
      insert into job_attempts (job_id, number, worker) select id, 100, 'w' from jobs where waiting`);
    const before = await rowsRead();
    await live();
    const read = (await rowsRead()) - before;
    expect(read).toBeGreaterThan(0);
    expect(read).toBeLessThan(100);
  });
});

async function explain(db: Database, statement: SQL): Promise<PlanNode[]> {
  const rows = await db.query<{ "QUERY PLAN": { Plan: PlanNode }[] }>(sql`explain (analyze, format json) ${statement}`);
  return rows.flatMap((row) => row["QUERY PLAN"].flatMap(({ Plan }) => nodesOf(Plan)));
}

function nodesOf(plan: PlanNode): PlanNode[] {
  return [plan, ...(plan.Plans ?? []).flatMap(nodesOf)];
}
