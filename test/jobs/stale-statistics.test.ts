import { afterAll, beforeAll, describe, expect, setDefaultTimeout, test } from "bun:test";
import { type SQL, sql } from "drizzle-orm";
import pino from "pino";
import type { Database } from "../../src/db/database.ts";
import { migrate } from "../../src/db/migrate.ts";
import { openPostgres } from "../../src/db/postgres.ts";
import { acceptUpdate } from "../../src/jobs/accept-update.ts";
import { claimJob } from "../../src/jobs/claim-job.ts";
import { deliverNotifications } from "../../src/jobs/deliver-notifications.ts";
import { startDispatcher } from "../../src/jobs/dispatcher.ts";
import type { Notifier } from "../../src/jobs/notifier.ts";
import { openSignals } from "../../src/jobs/signals.ts";
import { createMemoryQueue } from "../../src/queue/memory.ts";
import { createPostgresDatabase } from "../helpers/database.ts";
import { runsIntegration } from "../helpers/integration.ts";
import { until } from "../helpers/until.ts";

setDefaultTimeout(120_000);

const waiting = 5_000;
/** Rows that one step of a plan may touch. For messages, the ten first places of the line for each of them. */
const mostOfMessages = 10 * waiting;
const mostOfOthers = 1000;

interface PlanNode {
  "Node Type": string;
  "Actual Rows": number;
  "Actual Loops": number;
  "Rows Removed by Filter"?: number;
  "Rows Removed by Join Filter"?: number;
  Plans?: PlanNode[];
}

/** A backlog grew faster than the statistics: the planner believes that nothing waits. */
describe.skipIf(!runsIntegration("a backlog the planner does not know of"))(
  "a backlog the planner does not know of",
  () => {
    const logger = pino({ level: "silent" });
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

    /** Runs `work` until it has asked something, and the most rows that a step of one of its statements touched. */
    async function mostTouched(work: (db: Database, asked: () => Promise<void>) => Promise<unknown>): Promise<number> {
      const statements: SQL[] = [];
      const watched: Database = {
        ...db,
        query(statement) {
          statements.push(statement);
          return db.query(statement);
        },
      };
      await work(watched, () => until(() => statements.length > 1));
      let most = 0;
      for (const statement of statements.slice(0, 4)) {
        const [row] = await db.query<{ "QUERY PLAN": { Plan: PlanNode }[] }>(
          sql`explain (analyze, timing off, format json) ${statement}`,
        );
        for (const { Plan } of row?.["QUERY PLAN"] ?? []) most = Math.max(most, ...touched(Plan));
      }
      return most;
    }

    test("messages are sent", async () => {
      const notifier: Notifier = {
        unable: [],
        reluctant: [],
        deliver: async () => ({ kind: "deferred", delayMs: 60_000, reason: "later" }),
        edit: async () => ({ kind: "deferred", delayMs: 60_000, reason: "later" }),
      };
      const most = await mostTouched(async (watched, asked) => {
        const stopping = new AbortController();
        await using signals = await openSignals(db);
        const sending = deliverNotifications({ db: watched, signals, notifier, logger }, stopping.signal);
        await asked();
        stopping.abort();
        await sending;
      });
      expect(most).toBeGreaterThan(0);
      expect(most).toBeLessThan(mostOfMessages);
    });

    test("a prompt is accepted", async () => {
      const job = { prompt: "a page", tenant: "telegram:7" };
      const update = { updateId: 1, kind: "message", chat: { id: 7, type: "private" }, job };
      const most = await mostTouched((watched) =>
        acceptUpdate(watched, { ...update, notifications: [{ kind: "accepted" }] }),
      );
      expect(most).toBeGreaterThan(0);
      expect(most).toBeLessThan(mostOfOthers);
    });

    test.each([true, false])("a job is claimed (redelivered: %p)", async (redelivered) => {
      const most = await mostTouched((watched) =>
        claimJob(watched, { name: "w", lockKey: 1, provider: "mock" }, { redelivered }),
      );
      expect(most).toBeGreaterThan(0);
      expect(most).toBeLessThan(mostOfOthers);
    });

    test("jobs are dispatched", async () => {
      const most = await mostTouched(async (watched, asked) => {
        await using _ = startDispatcher({ db: watched, queue: createMemoryQueue(), logger });
        await asked();
      });
      expect(most).toBeGreaterThan(0);
      expect(most).toBeLessThan(mostOfOthers);
    });
  },
);

function touched(plan: PlanNode): number[] {
  const rows = plan["Actual Rows"] + (plan["Rows Removed by Filter"] ?? 0) + (plan["Rows Removed by Join Filter"] ?? 0);
  return [rows * plan["Actual Loops"], ...(plan.Plans ?? []).flatMap(touched)];
}

const quiet = ["chats", "sites", "jobs", "notifications"]
  .map((table) => `alter table ${table} set (autovacuum_enabled = false);`)
  .join("\n");

/** Statistics of a day when nothing waited; then a hundred persons with prompts and messages, none of them served. */
const fill = `
  ${quiet}
  insert into chats (id, type) select n, 'private' from generate_series(1, 100) n;
  insert into sites (id, tenant) select translate(lpad(to_hex(n), 26, '0'), '0189', 'gwxy'), 'telegram:' || n % 100 + 1 from generate_series(1, ${2 * waiting}) n;
  insert into jobs (id, site_id, tenant, prompt, status, turn, finished_at, chat_id)
    select gen_random_uuid(), translate(lpad(to_hex(n), 26, '0'), '0189', 'gwxy'), 'telegram:' || n % 100 + 1, 'a page', 'completed', n, now(), n % 100 + 1
    from generate_series(1, ${waiting}) n;
  insert into notifications (chat_id, kind, status, message_id, finished_at) select n % 100 + 1, 'help', 'sent', n, now() from generate_series(1, ${waiting}) n;
  analyze;
  insert into jobs (id, site_id, tenant, prompt, turn, chat_id)
    select gen_random_uuid(), translate(lpad(to_hex(n + ${waiting}), 26, '0'), '0189', 'gwxy'), 'telegram:' || n % 100 + 1, 'a page', n, n % 100 + 1
    from generate_series(1, ${waiting}) n;
  update jobs set dispatch_after = now() where status = 'queued';
  insert into notifications (chat_id, kind, job_id) select chat_id, 'accepted', id from jobs where status = 'queued' and turn % 2 = 0;
  insert into notifications (chat_id, kind, job_id, status, message_id, shown, finished_at)
    select chat_id, 'accepted', id, 'sent', turn + ${2 * waiting}, 'waiting', now() from jobs where status = 'queued' and turn % 2 = 1;
`;
