import { afterAll, beforeAll, describe, expect, setDefaultTimeout, test } from "bun:test";
import { sql } from "drizzle-orm";
import type { Database } from "../../src/db/database.ts";
import { openPostgres } from "../../src/db/postgres.ts";
import updates from "../fixtures/telegram/updates.json" with { type: "json" };
import { createPostgresDatabase } from "../helpers/database.ts";
import { runsIntegration } from "../helpers/integration.ts";
import { runOrchestrator, startOrchestrator } from "../helpers/orchestrator-process.ts";
import { openTelegramServer, type TelegramServer } from "../helpers/telegram-server.ts";
import { until } from "../helpers/until.ts";

setDefaultTimeout(120_000);

const secret = "fixture-secret";

// The whole API process as it is deployed, and every shape of update over HTTP, in the order of the file.
describe.skipIf(!runsIntegration("every shape of update over HTTP"))("every shape of update over HTTP", () => {
  let resources: AsyncDisposableStack;
  let db: Database;
  let telegram: TelegramServer;
  let url: string;

  beforeAll(async () => {
    resources = new AsyncDisposableStack();
    const database = resources.use(await createPostgresDatabase());
    telegram = resources.use(openTelegramServer());
    const env = {
      DATABASE_URL: database.url,
      // Nobody listens there: the answers are the same.
      RABBITMQ_URL: "amqp://guest:guest@127.0.0.1:9",
      TELEGRAM_BOT_TOKEN: telegram.token,
      TELEGRAM_SECRET_TOKEN: secret,
      TELEGRAM_API_ROOT: telegram.url,
      HOST: "127.0.0.1",
      PORT: "0",
    };
    await runOrchestrator(["migrate"], { env });
    const api = resources.use(startOrchestrator(["serve-api"], env));
    url = String((await api.line((line) => line["msg"] === "serving the API"))["url"]);
    db = resources.use(openPostgres({ url: database.url, poolSize: 1 }));
  });
  afterAll(() => resources.disposeAsync());

  const deliver = (update: unknown) =>
    fetch(`${url}/telegram/webhook`, {
      method: "POST",
      headers: { "content-type": "application/json", "x-telegram-bot-api-secret-token": secret },
      body: JSON.stringify(update),
    });

  async function counts(): Promise<{ jobs: number; messages: number }> {
    const [row] = await db.query<{ jobs: number; messages: number }>(
      sql`select (select count(*)::int from jobs) as jobs, (select count(*)::int from notifications) as messages`,
    );
    if (row === undefined) throw new Error("no counts");
    return row;
  }

  test.each(updates.map((one) => [one.name, one] as const))("%s", async (_, { update, expect: wanted }) => {
    const before = await counts();
    const { status } = await deliver(update);
    const after = await counts();
    expect([200, 400]).toContain(status);
    expect([after.jobs - before.jobs, after.messages > before.messages]).toEqual([
      wanted === "job" ? 1 : 0,
      wanted !== "ignore",
    ]);
  });

  test("what was to be said was said, and Telegram took all of it", async () => {
    await until(async () => (await db.query(sql`select from notifications where status = 'pending'`)).length === 0);
    expect(await db.query(sql`select kind, error from notifications where status = 'undeliverable'`)).toEqual([]);
    expect(telegram.violations).toEqual([]);
  });

  test("all of it once more changes nothing", async () => {
    const before = await counts();
    for (const { update } of updates) expect([200, 400]).toContain((await deliver(update)).status);
    expect(await counts()).toEqual(before);
  });
});
