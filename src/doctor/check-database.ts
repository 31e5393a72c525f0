import { sql } from "drizzle-orm";
import type { DatabaseConfig } from "../config/sections.ts";
import type { Database } from "../db/database.ts";
import { migrationStatus } from "../db/migrate.ts";
import type { Check, Finding } from "./check.ts";

const oldestVersion = 150_000;
const signalTimeoutMs = 2_000;

/** Postgres: version, schema, whether we may read and write every table. The embedded one: that it opens. */
export function checkDatabase(config: DatabaseConfig): Check {
  return {
    name: "database",
    timeoutMs: 15_000,
    async run() {
      if (config.mode === "embedded") return checkEmbedded(config.dataDirectory);
      const { openPostgres } = await import("../db/postgres.ts");
      await using db = openPostgres({ url: config.databaseUrl, poolSize: 1 });
      return [...(await checkServer(db)), ...(await checkSessions(db)), ...(await checkSchema(db))];
    },
  };
}

async function checkEmbedded(dataDirectory: string): Promise<Finding[]> {
  const [{ existsSync }, { join }] = await Promise.all([import("node:fs"), import("node:path")]);
  if (!existsSync(join(dataDirectory, "pgdata"))) {
    return [{ level: "ok", message: `Embedded; ${dataDirectory} is made with the first job.` }];
  }
  const { openPglite } = await import("../db/pglite.ts");
  const { DatabaseError } = await import("../errors.ts");
  try {
    await using db = await openPglite(dataDirectory);
    const [row] = await db.query<{ version: string }>(sql`select current_setting('server_version') as version`);
    return [{ level: "ok", message: `Embedded Postgres ${row?.version} in ${dataDirectory}.` }];
  } catch (error) {
    if (!(error instanceof DatabaseError && error.message.includes("is in use by"))) throw error;
    return [{ level: "skipped", message: error.message.split(". ")[0] ?? error.message }];
  }
}

async function checkServer(db: Database): Promise<Finding[]> {
  const [server] = await db.query<{ number: number; version: string; replica: boolean; read_only: boolean }>(sql`
    select current_setting('server_version_num')::int as number, current_setting('server_version') as version,
           pg_is_in_recovery() as replica, current_setting('default_transaction_read_only')::boolean as read_only`);
  if (server === undefined) return [];
  const findings: Finding[] = [];
  const problem = (message: string, advice: string) =>
    findings.push({ level: "problem", message, advice, exitStatus: 11 });
  if (server.number < oldestVersion) problem(`Postgres ${server.version} is too old.`, "Run Postgres 15 or later.");
  if (server.replica) problem("Postgres is a replica, which takes no writes.", "Point DATABASE_URL at the primary.");
  else if (server.read_only) problem("Postgres takes no writes from us.", "Unset default_transaction_read_only.");
  return findings.length > 0 ? findings : [{ level: "ok", message: `Postgres ${server.version} answers.` }];
}

/** Workers hold a lock as long as they live, and processes listen to each other: a connection has to be one session. */
async function checkSessions(db: Database): Promise<Finding[]> {
  const channel = "orchestrator_doctor";
  const heard = Promise.withResolvers<boolean>();
  await using _ = await db.listen(
    channel,
    () => heard.resolve(true),
    () => undefined,
  );
  await db.query(sql`select pg_notify(${channel}, '')`);
  const timer = setTimeout(() => heard.resolve(false), signalTimeoutMs);
  const arrived = await heard.promise;
  clearTimeout(timer);
  if (arrived) return [];
  return [
    {
      level: "problem",
      message: "LISTEN does not hear NOTIFY: there is a connection pooler that shares sessions.",
      advice: "Point DATABASE_URL at Postgres itself, or at a pooler in session mode.",
      exitStatus: 11,
    },
  ];
}

async function checkSchema(db: Database): Promise<Finding[]> {
  const all = await migrationStatus(db);
  const pending = all.filter(({ appliedAt }) => appliedAt === undefined);
  if (pending.length > 0) {
    return [
      {
        level: "problem",
        message: `The schema is not current: ${pending.map(({ name }) => name).join(", ")} pending.`,
        advice: "Run `orchestrator migrate`.",
        exitStatus: 11,
      },
    ];
  }
  const denied = await db.query<{ name: string }>(sql`
    select c.relname as name from pg_class c
    where c.relnamespace = current_schema()::regnamespace and c.relkind in ('r', 'p')
      and not (has_table_privilege(c.oid, 'select') and (c.relname = 'schema_migrations' or
               has_table_privilege(c.oid, 'insert') and has_table_privilege(c.oid, 'update') and has_table_privilege(c.oid, 'delete')))
    order by 1`);
  if (denied.length > 0) {
    return [
      {
        level: "problem",
        message: `The database user may not use ${denied.map(({ name }) => name).join(", ")}.`,
        advice: "Grant it select, insert, update and delete on all tables of the schema.",
        exitStatus: 11,
      },
    ];
  }
  return [{ level: "ok", message: `The schema is current (${all.at(-1)?.name}), and may be read and written.` }];
}
