import type { MigrateConfig } from "../config/config.ts";
import { type MigrationStatus, migrate, migrationStatus } from "../db/migrate.ts";
import { openPostgres } from "../db/postgres.ts";

export interface Migrations extends AsyncDisposable {
  /** What is applied and what is pending. Changes nothing. */
  status(): Promise<MigrationStatus[]>;
  /** Applies what is pending. @returns Names of what was pending. */
  apply(): Promise<string[]>;
}

export function openMigrations({ databaseUrl }: MigrateConfig): Migrations {
  const db = openPostgres({ url: databaseUrl, poolSize: 1 });
  return {
    status: () => migrationStatus(db),
    apply: () => migrate(db),
    [Symbol.asyncDispose]: () => db[Symbol.asyncDispose](),
  };
}
