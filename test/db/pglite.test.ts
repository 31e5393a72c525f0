import { expect, setDefaultTimeout, test } from "bun:test";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "drizzle-orm";
import { migrationStatus } from "../../src/db/migrate.ts";
import { migrations } from "../../src/db/migrations.ts";
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

test("a first start finds every migration applied, as it is written", async () => {
  const directory = await mkdtemp(join(tmpdir(), "orchestrator-test-"));
  await using db = await openPglite(directory);
  // If not: bun scripts/build-pglite-seed.ts
  expect((await migrationStatus(db)).filter(({ appliedAt }) => appliedAt === undefined)).toEqual([]);
  await db.script(`create schema fresh; set search_path to fresh; ${migrations.map((one) => one.sql).join(";")}`);
  const describe = (schema: string) =>
    db.query(sql`
      select 'column' as kind, table_name || '.' || column_name as name,
        concat_ws(' ', data_type, is_nullable, replace(column_default, ${`${schema}.`}::text, '')) as definition
      from information_schema.columns where table_schema = ${schema}::text and table_name <> 'schema_migrations'
      union all
      select 'index', indexname, replace(indexdef, ${`${schema}.`}::text, '')
      from pg_indexes where schemaname = ${schema}::text and tablename <> 'schema_migrations'
      union all
      select 'constraint', conrelid::regclass::text || ' ' || conname, pg_get_constraintdef(oid)
      from pg_constraint where connamespace = ${schema}::regnamespace and conrelid::regclass::text <> 'schema_migrations'
      order by 1, 2`);
  const fresh = await describe("fresh");
  await db.script("set search_path to public");
  expect(fresh.length).toBeGreaterThan(100);
  expect(await describe("public")).toEqual(fresh);
  await rm(directory, { recursive: true });
});

test("a directory that cannot be made is an error that says so", async () => {
  await expect(openPglite("/proc/nowhere")).rejects.toThrow(/data directory \/proc\/nowhere cannot be created/);
});
