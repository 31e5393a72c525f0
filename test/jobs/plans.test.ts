import { afterAll, beforeAll, describe, expect, setDefaultTimeout, test } from "bun:test";
import { type SQL, sql } from "drizzle-orm";
import pino from "pino";
import type { Database } from "../../src/db/database.ts";
import { migrate } from "../../src/db/migrate.ts";
import { openPostgres } from "../../src/db/postgres.ts";
import { claimJob } from "../../src/jobs/claim-job.ts";
import { takeDue } from "../../src/jobs/deliver-notifications.ts";
import { startDispatcher } from "../../src/jobs/dispatcher.ts";
import { takeStale } from "../../src/jobs/follow-jobs.ts";
import { pruneRows, type RowKind } from "../../src/jobs/prune-rows.ts";
import { submitJob } from "../../src/jobs/submit-job.ts";
import { createMemoryQueue } from "../../src/queue/memory.ts";
import { gaugeJobs } from "../../src/telemetry/job-gauges.ts";
import { createMetrics } from "../../src/telemetry/metrics.ts";
import { createPostgresDatabase } from "../helpers/database.ts";
import { runsIntegration } from "../helpers/integration.ts";
import { until } from "../helpers/until.ts";

setDefaultTimeout(120_000);

interface PlanNode {
  "Node Type": string;
  "Relation Name"?: string;
  "Index Name"?: string;
  "Actual Rows"?: number;
  "Actual Loops"?: number;
  "Rows Removed by Filter"?: number;
  "Rows Removed by Join Filter"?: number;
  Plans?: PlanNode[];
}

describe.skipIf(!runsIntegration("query plans"))("plans at 100,000 jobs", () => {
  let resources: AsyncDisposableStack;
  let db: Database;

  beforeAll(async () => {
    resources = new AsyncDisposableStack();
    const { url } = resources.use(await createPostgresDatabase());
    db = resources.use(openPostgres({ url }));
    await migrate(db);
    await db.script(fill);
  });
  afterAll(() => resources.disposeAsync());

  /** Runs `work`, and explains each statement it sent. */
  async function explain(work: (db: Database) => Promise<unknown>, how = sql`format json`): Promise<PlanNode[]> {
    const statements: SQL[] = [];
    await work({
      ...db,
      query(statement) {
        statements.push(statement);
        return db.query(statement);
      },
    });
    expect(statements.length).toBeGreaterThan(0);
    const plans: PlanNode[] = [];
    for (const statement of statements) {
      const [row] = await db.query<{ "QUERY PLAN": { Plan: PlanNode }[] }>(sql`explain (${how}) ${statement}`);
      if (row) plans.push(...row["QUERY PLAN"].flatMap(({ Plan }) => nodesOf(Plan)));
    }
    return plans;
  }

  /** Tables that are read from end to end. */
  const scanned = (nodes: PlanNode[]) =>
    [...new Set(nodes.filter((node) => node["Node Type"] === "Seq Scan").map((node) => node["Relation Name"]))].filter(
      (table) => table !== undefined && large.includes(table),
    );
  const indexes = (nodes: PlanNode[]) => new Set(nodes.map((node) => node["Index Name"]));

  test("a claim goes by the order of turns, with and without a look for the dead", async () => {
    for (const redelivered of [false, true]) {
      const nodes = await explain((watched) =>
        claimJob(watched, { name: "w", lockKey: 1, provider: "mock" }, { redelivered }),
      );
      expect(scanned(nodes)).toEqual([]);
      expect(indexes(nodes)).toContain("jobs_line");
    }
  });

  test("the dispatcher goes by when a message is due", async () => {
    const nodes = await explain(async (watched) => {
      const queue = createMemoryQueue();
      const quiet = pino({ level: "silent" });
      let asked = 0;
      const counting: Database = {
        ...watched,
        query(statement) {
          asked++;
          return watched.query(statement);
        },
      };
      await using _ = startDispatcher({ db: counting, queue, logger: quiet });
      await until(() => asked > 0);
    });
    expect(scanned(nodes)).toEqual([]);
    expect(indexes(nodes)).toContain("jobs_dispatch");
  });

  test("a new job finds its turn without looking at all of them", async () => {
    const nodes = await explain((watched) => submitJob(watched, { prompt: "a page", tenant: "tenant-3" }));
    expect(scanned(nodes)).toEqual([]);
  });

  test.each([
    ["updates", "telegram_updates_received"],
    ["notifications", "notifications_finished"],
    ["replies", "replies_expires"],
  ] as const)("pruning %s goes by %s", async (kind: RowKind, index) => {
    const nodes = await explain((watched) => pruneRows(watched, kind, new AbortController().signal));
    expect(scanned(nodes)).toEqual([]);
    expect(indexes(nodes)).toContain(index);
  });

  test("the metrics look at what is open and what ended lately", async () => {
    const nodes = await explain(async (watched) => {
      const metrics = createMetrics();
      gaugeJobs(metrics, { db: watched, queue: { status: () => "connected" } });
      await metrics.scrape();
    });
    expect(scanned(nodes)).toEqual([]);
  });

  test("a backlog that the statistics know nothing of is read once, by who sends and by who edits", async () => {
    const backlog = 3000;
    await db.script(`
      insert into chats (id, type) select n, 'private' from generate_series(10001, 10000 + ${backlog}) n;
      insert into notifications (chat_id, kind) select n, 'help' from generate_series(10001, 10000 + ${backlog}) n;
      with waiting as (select id, row_number() over () as n from jobs where status = 'queued' limit ${backlog})
      insert into notifications (chat_id, kind, job_id, status, message_id, shown, finished_at)
        select 10000 + n, 'accepted', id, 'sent', n, 'writing', now() from waiting;`);
    const everything = { free: 90, urgentOnly: false, unable: ["zip"], reluctant: ["completed"] };
    const measured = sql`analyze, timing off, format json`;
    const nodes = [
      ...(await explain((watched) => takeDue(watched, everything), measured)),
      ...(await explain((watched) => takeStale(watched, 90), measured)),
    ];
    const touched = nodes.map(
      (node) =>
        ((node["Actual Rows"] ?? 0) +
          (node["Rows Removed by Filter"] ?? 0) +
          (node["Rows Removed by Join Filter"] ?? 0)) *
        (node["Actual Loops"] ?? 0),
    );
    expect(Math.max(...touched)).toBeGreaterThanOrEqual(backlog);
    // Each is compared with the first ten places in the line; with each other they would be millions.
    expect(Math.max(...touched)).toBeLessThan(20 * backlog);
  });
});

const large = ["jobs", "sites", "job_attempts", "telegram_updates", "notifications", "replies"];

function nodesOf(plan: PlanNode): PlanNode[] {
  return [plan, ...(plan.Plans ?? []).flatMap(nodesOf)];
}

/** A year of use: 95,000 finished jobs, 5,000 of fifty tenants waiting, and what belongs to them. */
const fill = `
  insert into chats (id, type) select n, 'private' from generate_series(1, 1000) n;
  insert into sites (id, tenant, current_revision)
    select translate(lpad(to_hex(n), 26, '0'), '0189', 'gwxy'), 'tenant-' || n % 50, 1 from generate_series(1, 100000) n;
  insert into jobs (id, site_id, tenant, prompt, status, turn, created_at, available_at, dispatch_after, finished_at)
    select gen_random_uuid(), translate(lpad(to_hex(n), 26, '0'), '0189', 'gwxy'), 'tenant-' || n % 50, 'a page',
      case when n <= 90000 then 'completed' when n <= 95000 then 'failed' else 'queued' end, n / 50,
      at, at, at, case when n <= 95000 then at end
    from generate_series(1, 100000) n, lateral (select now() - (100000 - n) * interval '5 minutes' as at) t;
  insert into job_attempts (job_id, number, worker, status) select id, 1, 'w', 'completed' from jobs where status <> 'queued';
  insert into telegram_updates (update_id, kind, received_at) select n, 'message', now() - (100000 - n) * interval '15 seconds' from generate_series(1, 100000) n;
  insert into notifications (chat_id, kind, status, message_id, finished_at)
    select n % 1000 + 1, 'help', 'sent', n, now() - (100000 - n) * interval '30 seconds' from generate_series(1, 100000) n;
  insert into replies (job_id, content, expires_at) select id, '', created_at + interval '340 days' from jobs where status = 'completed';
  analyze;
`;
