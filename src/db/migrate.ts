import { sql } from "drizzle-orm";
import { DatabaseError } from "../errors.ts";
import type { Database } from "./database.ts";
import { type Migration, migrations as ours } from "./migrations.ts";

export interface MigrationStatus {
  name: string;
  /** `undefined`: pending. */
  appliedAt: Date | undefined;
}

/** Serialises migrators; any number that no other lock of ours uses. */
const lockKey = 7420;

/**
 * Applies what is pending, in order, each file in its own implicit transaction.
 * Safe from several processes at once: each script takes the same lock and looks again once it has it.
 *
 * @returns Names of the migrations this call found pending.
 * @throws {DatabaseError} When the schema is newer than this program.
 */
export async function migrate(db: Database, migrations: readonly Migration[] = ours): Promise<string[]> {
  const pending = (await migrationStatus(db, migrations))
    .filter((one) => one.appliedAt === undefined)
    .map((one) => one.name);
  for (const { name, sql: text } of migrations.filter((one) => pending.includes(one.name))) {
    await db.script(guard(name, text));
  }
  return pending;
}

/**
 * What is applied and what is pending. Changes nothing.
 *
 * @throws {DatabaseError} When the database has migrations this program does not know.
 */
export async function migrationStatus(
  db: Database,
  migrations: readonly Migration[] = ours,
): Promise<MigrationStatus[]> {
  const [found] = await db.query<{ present: boolean }>(
    sql`select to_regclass('schema_migrations') is not null as present`,
  );
  const applied = found?.present
    ? await db.query<{ name: string; applied_at: Date }>(
        sql`select name, applied_at from schema_migrations order by name`,
      )
    : [];
  const known = new Set(migrations.map((one) => one.name));
  const unknown = applied.filter((one) => !known.has(one.name)).map((one) => one.name);
  if (unknown.length > 0) {
    throw new DatabaseError(
      `The database schema is newer than this program (it has ${unknown.join(", ")}). Run the version of orchestrator that made it, or a later one.`,
    );
  }
  const appliedAt = new Map(applied.map((one) => [one.name, new Date(one.applied_at)]));
  return migrations.map(({ name }) => ({ name, appliedAt: appliedAt.get(name) }));
}

/** @throws {DatabaseError} Unless every migration is applied and none is unknown. */
export async function assertMigrated(db: Database): Promise<void> {
  const pending = (await migrationStatus(db)).filter((one) => one.appliedAt === undefined);
  if (pending.length > 0) {
    throw new DatabaseError(
      `The database schema is not current (${pending.length} pending). Run \`orchestrator migrate\`.`,
    );
  }
}

/**
 * One script that does nothing when another migrator was faster. `create table if not exists` alone races: two
 * sessions can both find the table missing. The body runs through `execute` so that it is parsed only when wanted.
 */
function guard(name: string, text: string): string {
  const tag = "$orchestrator_migration$";
  return `
    select pg_advisory_xact_lock(${lockKey});
    create table if not exists schema_migrations (name text primary key, applied_at timestamptz not null default now());
    do ${tag}
    begin
      if not exists (select from schema_migrations where name = '${name}') then
        execute $orchestrator_body$${text}$orchestrator_body$;
        insert into schema_migrations (name) values ('${name}');
      end if;
    end
    ${tag};`;
}
