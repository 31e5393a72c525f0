import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "drizzle-orm";
import type { Database } from "../../src/db/database.ts";
import { migrate } from "../../src/db/migrate.ts";
import { openPglite } from "../../src/db/pglite.ts";
import { openPostgres } from "../../src/db/postgres.ts";
import { postgresUrl, runsIntegration } from "./integration.ts";

/** A migrated PGlite in a directory of its own. Opening costs half a second: share one per test file and `empty` it. */
export async function openTestDatabase(): Promise<Database> {
  const db = await openTemporaryPglite();
  await migrate(db);
  return db;
}

/** Every kind of database that can be tested here, each new and without tables. */
export function databases(what: string): { name: string; open: () => Promise<Database> }[] {
  const both = [{ name: "PGlite", open: openEmptyPglite }];
  if (runsIntegration(`${what} on Postgres`)) both.push({ name: "Postgres", open: openEmptyPostgres });
  return both;
}

/** Deletes every row. */
export async function empty(db: Database): Promise<void> {
  await db.query(
    sql`truncate chats, sites, jobs, job_attempts, replies, telegram_updates, notifications, provider_pauses, schedules, pictures, alerts, broadcasts restart identity cascade`,
  );
}

/** The address of a new database on the shared server; dropped when disposed. */
export async function createPostgresDatabase(): Promise<{ url: string } & AsyncDisposable> {
  const name = `orchestrator_test_${crypto.randomUUID().slice(0, 8)}`;
  const server = openPostgres({ url: postgresUrl, poolSize: 1 });
  await server.script(`create database ${name}`);
  const url = new URL(postgresUrl);
  url.pathname = `/${name}`;
  return {
    url: url.href,
    async [Symbol.asyncDispose]() {
      await server.script(`drop database ${name} with (force)`);
      await server[Symbol.asyncDispose]();
    },
  };
}

/** A new one begins with every migration applied. */
async function openEmptyPglite(): Promise<Database> {
  const db = await openTemporaryPglite();
  await db.script("drop schema public cascade; create schema public");
  return db;
}

async function openTemporaryPglite(): Promise<Database> {
  const directory = await mkdtemp(join(tmpdir(), "orchestrator-test-"));
  const db = await openPglite(directory);
  return {
    ...db,
    async [Symbol.asyncDispose]() {
      await db[Symbol.asyncDispose]();
      await rm(directory, { recursive: true });
    },
  };
}

async function openEmptyPostgres(): Promise<Database> {
  const { url, ...resource } = await createPostgresDatabase();
  const db = openPostgres({ url });
  return {
    ...db,
    async [Symbol.asyncDispose]() {
      await db[Symbol.asyncDispose]();
      await resource[Symbol.asyncDispose]();
    },
  };
}
