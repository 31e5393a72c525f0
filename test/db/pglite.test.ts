import { expect, setDefaultTimeout, test } from "bun:test";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "drizzle-orm";
import { openPglite } from "../../src/db/pglite.ts";

setDefaultTimeout(60_000);

test("a data directory in use names the process that has it, and is free again afterwards", async () => {
  const directory = await mkdtemp(join(tmpdir(), "orchestrator-test-"));
  {
    await using db = await openPglite(directory);
    await db.query(sql`select 1`);
    await expect(openPglite(directory)).rejects.toThrow(new RegExp(`in use by process ${process.pid} `));
  }
  await using again = await openPglite(directory);
  expect(await again.query(sql`select 1 as one`)).toEqual([{ one: 1 }]);
  await rm(directory, { recursive: true });
});

test("a directory that cannot be made is an error that says so", async () => {
  await expect(openPglite("/proc/nowhere")).rejects.toThrow(/data directory \/proc\/nowhere cannot be created/);
});
