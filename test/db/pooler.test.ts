import { describe, expect, test } from "bun:test";
import { migrate } from "../../src/db/migrate.ts";
import { openPostgres } from "../../src/db/postgres.ts";
import { checkDatabase } from "../../src/doctor/check-database.ts";
import { createPostgresDatabase } from "../helpers/database.ts";
import { runsIntegration } from "../helpers/integration.ts";
import { hasPrivatePooler, type PoolerOptions, startPrivatePooler } from "../helpers/private-pooler.ts";

const what = "behind a connection pooler";

describe.skipIf(!(runsIntegration(what) && hasPrivatePooler(what)))(what, () => {
  /** As docs/operations.md lists them. */
  const ours = [
    ...["statement_timeout", "TimeZone", "jit", "plan_cache_mode"],
    ...["enable_seqscan", "enable_bitmapscan", "enable_hashjoin", "enable_mergejoin"],
  ];

  /** What the doctor says of the database, which is sound. */
  async function findings(options: Omit<PoolerOptions, "behind">) {
    await using server = await createPostgresDatabase();
    {
      await using db = openPostgres({ url: server.url });
      await migrate(db);
    }
    await using pooler = await startPrivatePooler({ ...options, behind: server.url });
    return await checkDatabase({ mode: "services", databaseUrl: pooler.url }).run();
  }

  test("that has a session for each connection, all is well", async () => {
    const found = await findings({ mode: "session", ignores: ours });
    expect(found.map(({ level }) => level)).toEqual(["ok", "ok"]);
  });

  test("that shares sessions, the doctor says that LISTEN does not work", async () => {
    const found = await findings({ mode: "transaction", ignores: ours });
    expect(found).toContainEqual(
      expect.objectContaining({ level: "problem", message: expect.stringContaining("LISTEN"), exitStatus: 11 }),
    );
  });

  test("that refuses our start-up parameters, the error says what to do", async () => {
    await expect(findings({ mode: "session", ignores: [] })).rejects.toThrow(/08P01.*pooler/);
  });
});
