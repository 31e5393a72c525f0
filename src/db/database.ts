import { DrizzleQueryError, type SQL } from "drizzle-orm";
import { drizzle, type PgRemoteDatabase } from "drizzle-orm/pg-proxy";
import { DatabaseError } from "../errors.ts";
import { compileStatement } from "./compile-statement.ts";
import * as schema from "./schema.ts";

/**
 * A database that speaks Postgres.
 *
 * Implementations: `postgres.ts`, `pglite.ts`. Both pass `test/contract/database-contract.ts`.
 *
 * There are no transactions: one state change is one statement. It is a round trip instead of four, it has no
 * half-done state, and it stays clear of postgres.js losing its connection slot when a backend dies inside
 * `begin` or `reserve` (porsager/postgres#1208).
 */
export interface Database extends AsyncDisposable {
  readonly kind: "postgres" | "pglite";

  /**
   * Runs a query of Drizzle's typed builder, for reads: `db.read((orm) => orm.select().from(jobs))`.
   *
   * @throws {DatabaseError} Drizzle's own error, which quotes statement and values, stays inside.
   */
  read<T>(build: (orm: PgRemoteDatabase<typeof schema>) => PromiseLike<T>): Promise<T>;

  /**
   * Runs one statement, prepared once per connection. Give each parameter of an `insert … select` its type
   * (`${id}::uuid`): Postgres cannot guess it there. Instants come back as `Date`, `bigint` as `number`.
   *
   * @throws {DatabaseError}
   */
  query<Row extends object>(statement: SQL): Promise<Row[]>;

  /** Runs a script of several statements as one implicit transaction. */
  script(text: string): Promise<void>;

  /**
   * Calls `onMessage` for every NOTIFY on `channel`, and `onReady` each time listening (re)starts: what was sent
   * while the connection was down is lost, so look again then.
   */
  listen(channel: string, onMessage: (payload: string) => void, onReady: () => void): Promise<AsyncDisposable>;

  /**
   * Holds an advisory lock until disposed or until this process dies; the server then frees it at once, which is
   * how others learn of the death. Taken again when the connection comes back.
   */
  holdLock(key: number): Promise<AsyncDisposable>;
}

/** What an implementation has to bring; the rest is the same for both. */
export interface Driver {
  run(text: string, params: unknown[], rowMode: "object" | "array"): Promise<unknown[]>;
}

/** The half of `Database` that does not depend on the driver. */
export function createQueries(driver: Driver): Pick<Database, "read" | "query"> {
  const orm = drizzle(
    async (text, params, method) => ({
      rows: await driver.run(text, params, method === "execute" ? "object" : "array"),
    }),
    { schema },
  );
  return {
    async read(build) {
      try {
        return await build(orm);
      } catch (error) {
        throw error instanceof DrizzleQueryError ? error.cause : error;
      }
    },
    async query<Row extends object>(statement: SQL) {
      const { text, params } = compileStatement(statement);
      return (await driver.run(text, params, "object")) as Row[];
    },
  };
}

/** Whether the statement itself was refused for what it says (SQLSTATE classes 22 and 54): sent again, it fares no better. */
export function isDataRefused(error: unknown): boolean {
  if (!(error instanceof DatabaseError)) return false;
  const { code } = (error.cause ?? {}) as { code?: unknown };
  return typeof code === "string" && /^(22|54)/.test(code);
}
