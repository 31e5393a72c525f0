import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { sql } from "drizzle-orm";
import type { Database } from "../../src/db/database.ts";
import { migrate } from "../../src/db/migrate.ts";
import updates from "../fixtures/telegram/updates.json" with { type: "json" };
import { openTestApi, type TestApi } from "../helpers/api.ts";
import { databases } from "../helpers/database.ts";

let db: Database;
let api: TestApi;

async function counts() {
  const [row] = await db.query<{ jobs: number; sites: number; messages: number; answers: number }>(sql`
    select (select count(*) from jobs) as jobs, (select count(*) from sites) as sites,
           (select count(*) from notifications) as messages,
           (select count(*) from notifications where job_id is null) as answers`);
  if (row === undefined) throw new Error("no counts");
  return row;
}

// In the order of the file, on an empty database: some entries follow from those before them.
describe.each(databases("every shape of update"))("every shape of update gets what it should: $name", ({ open }) => {
  beforeAll(async () => {
    db = await open();
    await migrate(db);
    api = await openTestApi(db);
  });
  afterAll(async () => {
    await api[Symbol.asyncDispose]();
    await db[Symbol.asyncDispose]();
  });

  test.each(updates.map((one) => [one.name, one] as const))("%s", async (_, { update, expect: wanted }) => {
    const before = await counts();
    const response = await api.deliver(update);
    const after = await counts();
    expect([200, 400]).toContain(response.status);
    expect({
      jobs: after.jobs - before.jobs,
      sites: after.sites - before.sites,
      speaks: after.messages > before.messages,
    }).toEqual({ jobs: wanted === "job" ? 1 : 0, sites: wanted === "job" ? 1 : 0, speaks: wanted !== "ignore" });
  });

  test("the same once more changes nothing", async () => {
    const before = await counts();
    for (const { update } of updates) expect([200, 400]).toContain((await api.deliver(update)).status);
    expect(await counts()).toEqual(before);
  });
});
