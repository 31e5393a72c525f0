import { afterAll, beforeAll, beforeEach, expect, test } from "bun:test";
import { sql } from "drizzle-orm";
import type { Database } from "../../src/db/database.ts";
import { DatabaseError } from "../../src/errors.ts";
import { openTestApi, type TestApi } from "../helpers/api.ts";
import { openTestDatabase } from "../helpers/database.ts";

let db: Database;
let api: TestApi;

beforeAll(async () => {
  db = await openTestDatabase();
  api = await openTestApi(db);
});
afterAll(async () => {
  await api[Symbol.asyncDispose]();
  await db[Symbol.asyncDispose]();
});
beforeEach(() => {
  Object.assign(api.queue, { state: "connected", answer: Promise.resolve() });
});

async function get(path: string, from = api): Promise<[number, unknown]> {
  const response = await fetch(from.server.url + path);
  return [response.status, await response.json()];
}

test("health is reported", async () => {
  expect(await get("/health")).toEqual([200, { status: "healthy", service: "api", database: "up" }]);
  expect(await get("/ready")).toEqual([
    200,
    { status: "healthy", service: "api", dependencies: { database: "up", schema: "current", queue: "up" } },
  ]);
});

test("a queue that is away is a degradation, and updates are taken all the same", async () => {
  api.queue.state = "connecting";
  expect(await get("/health")).toMatchObject([200, { status: "healthy" }]);
  expect(await get("/ready")).toMatchObject([
    200,
    { status: "degraded", dependencies: { database: "up", queue: "degraded: connecting" } },
  ]);
});

test("a queue that looks connected and does not answer is a degradation, told within seconds", async () => {
  const { promise, resolve } = Promise.withResolvers<void>();
  api.queue.answer = promise;
  const silent = { status: "degraded", dependencies: { database: "up", queue: "degraded: silent" } };
  expect(await get("/ready")).toMatchObject([200, silent]);
  resolve();
  expect(await get("/ready")).toMatchObject([200, { status: "healthy" }]);
});

test("a schema that is not current is not ready", async () => {
  await db.query(sql`delete from schema_migrations`);
  const [status, body] = await get("/ready");
  expect(status).toBe(503);
  expect(body).toMatchObject({ status: "unhealthy", dependencies: { database: "up" } });
  expect(JSON.stringify(body)).toContain("orchestrator migrate");
  expect((await get("/health"))[0]).toBe(200);
});

test("a database that fails is unhealthy, without its words", async () => {
  const broken: Database = { ...db, query: () => Promise.reject(new DatabaseError("secret detail")) };
  await using other = await openTestApi(broken);
  expect(await get("/health", other)).toEqual([503, { status: "unhealthy", service: "api", database: "down" }]);
  const [status, body] = await get("/ready", other);
  expect(status).toBe(503);
  expect(JSON.stringify(body)).not.toContain("secret");
});

test("a database that does not answer is unhealthy within seconds, is asked once, and again later", async () => {
  let asked = 0;
  let answers = false;
  const silent = {
    ...db,
    query() {
      asked += 1;
      return answers ? Promise.resolve([]) : new Promise(() => undefined);
    },
  } as unknown as Database;
  await using other = await openTestApi(silent);
  const checks = await Promise.all(Array.from({ length: 5 }, () => get("/health", other)));
  expect(checks.map(([status]) => status)).toEqual([503, 503, 503, 503, 503]);
  expect(asked).toBe(1);
  answers = true;
  expect((await get("/health", other))[0]).toBe(200);
});
