import { describe, expect, setDefaultTimeout, test } from "bun:test";
import { type SQL, sql } from "drizzle-orm";
import type { Database } from "../../src/db/database.ts";
import { migrate } from "../../src/db/migrate.ts";
import { openPostgres } from "../../src/db/postgres.ts";
import { claimJob } from "../../src/jobs/claim-job.ts";
import type { ClaimedJob } from "../../src/jobs/claimed-job.ts";
import { endAttempt } from "../../src/jobs/end-attempt.ts";
import { submitJob } from "../../src/jobs/submit-job.ts";
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

async function explain(db: Database, statement: SQL): Promise<PlanNode[]> {
  const rows = await db.query<{ "QUERY PLAN": { Plan: PlanNode }[] }>(sql`explain (analyze, format json) ${statement}`);
  return rows.flatMap((row) => row["QUERY PLAN"].flatMap(({ Plan }) => nodesOf(Plan)));
}

function nodesOf(plan: PlanNode): PlanNode[] {
  return [plan, ...(plan.Plans ?? []).flatMap(nodesOf)];
}
