import { afterAll, beforeAll, describe, expect, setDefaultTimeout, test } from "bun:test";
import { readdir } from "node:fs/promises";
import { eq, getTableColumns, getTableName, is, sql } from "drizzle-orm";
import { PgTable } from "drizzle-orm/pg-core";
import type { Database } from "../../src/db/database.ts";
import { migrate, migrationStatus } from "../../src/db/migrate.ts";
import { migrations } from "../../src/db/migrations.ts";
import * as schema from "../../src/db/schema.ts";
import { DatabaseError } from "../../src/errors.ts";
import type { JobId } from "../../src/ids.ts";
import { databases } from "../helpers/database.ts";

setDefaultTimeout(60_000);

test("every migration file is compiled in", async () => {
  const files = (await readdir("migrations")).filter((name) => name.endsWith(".sql")).sort();
  expect(migrations.map(({ name }) => `${name}.sql`)).toEqual(files);
});

describe.each(databases("database contract"))("$name", ({ open }) => {
  let db: Database;
  beforeAll(async () => {
    db = await open();
  });
  afterAll(() => db[Symbol.asyncDispose]());

  test("four migrators at once apply each migration once", async () => {
    expect((await migrationStatus(db)).every((one) => one.appliedAt === undefined)).toBe(true);
    await Promise.all([migrate(db), migrate(db), migrate(db), migrate(db)]);
    expect((await migrationStatus(db)).every((one) => one.appliedAt instanceof Date)).toBe(true);
    expect(await migrate(db)).toEqual([]);
  });

  test("the schema in TypeScript is the schema of the migrations", async () => {
    const rows = await db.query<{ table_name: string; column_name: string; nullable: boolean }>(sql`
      select table_name, column_name, is_nullable = 'YES' as nullable from information_schema.columns
      where table_schema = 'public' and table_name <> 'schema_migrations'`);
    const actual = rows.map((row) => `${row.table_name}.${row.column_name}${row.nullable ? "?" : ""}`).sort();
    const tables = Object.values<unknown>(schema).filter((value) => is(value, PgTable));
    const expected = tables.flatMap((table) =>
      Object.values(getTableColumns(table)).map(
        (column) => `${getTableName(table)}.${column.name}${column.notNull ? "" : "?"}`,
      ),
    );
    expect(actual).toEqual(expected.sort());
  });

  test("a script that fails changes nothing", async () => {
    await expect(
      migrate(db, [...migrations, { name: "9999_broken", sql: "create table half (id int); select 1/0;" }]),
    ).rejects.toThrow();
    expect(await db.query(sql`select to_regclass('half') as half`)).toEqual([{ half: null }]);
    expect((await migrationStatus(db)).map((one) => one.name)).not.toContain("9999_broken");
  });

  test("a schema newer than the program is refused", async () => {
    await db.query(sql`insert into schema_migrations (name) values ('9998_future')`);
    await expect(migrate(db)).rejects.toThrow(/newer than this program \(it has 9998_future\)/);
    await db.query(sql`delete from schema_migrations where name = '9998_future'`);
  });

  test("values come back as they were given", async () => {
    const values = { id: 4_503_599_627_370_495, text: "ÿ😀'\\$", at: "2026-11-23T12:34:56.789Z" };
    const [row] = await db.query<Record<string, unknown>>(sql`
      select ${values.id}::bigint as id, ${values.text}::text as text, ${values.at}::timestamptz as at,
             ${JSON.stringify(values)}::text::jsonb as json, ${null}::text as nothing, ${true}::boolean as yes`);
    expect(row).toEqual({ ...values, at: new Date(values.at), json: values, nothing: null, yes: true });
  });

  test("the builder reads what a statement wrote", async () => {
    await db.query(sql`insert into chats (id, type) values (${-1_001_234_567_890}::bigint, 'supergroup')`);
    const [chat] = await db.read((orm) =>
      orm.select().from(schema.chats).where(eq(schema.chats.id, -1_001_234_567_890)),
    );
    expect(chat).toMatchObject({ id: -1_001_234_567_890, type: "supergroup", language: null });
    expect(chat?.createdAt).toBeInstanceOf(Date);
  });

  test("a refused statement is a DatabaseError without the statement's values", async () => {
    const wrong = "secret-value";
    for (const query of [
      () => db.query(sql`select ${wrong}::text::int`),
      () =>
        db.read((orm) =>
          orm
            .select()
            .from(schema.jobs)
            .where(eq(schema.jobs.id, wrong as JobId)),
        ),
    ]) {
      const error = await query().catch((thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(DatabaseError);
      expect((error as Error).message).toContain("22P02");
      expect((error as Error).message).not.toContain(wrong);
    }
  });

  test("a listener hears what is sent after it is ready", async () => {
    const heard = Promise.withResolvers<string>();
    const ready = Promise.withResolvers<void>();
    await using _ = await db.listen("orchestrator_test", heard.resolve, ready.resolve);
    await ready.promise;
    await db.query(sql`select pg_notify('orchestrator_test', 'hello')`);
    expect(await heard.promise).toBe("hello");
  });
});
