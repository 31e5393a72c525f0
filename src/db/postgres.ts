import postgres from "postgres";
import { DatabaseError } from "../errors.ts";
import { within } from "../within.ts";
import { createQueries, type Database } from "./database.ts";

export interface PostgresOptions {
  url: string;
  /** Connections in the pool. */
  poolSize?: number;
  /** A statement without an answer for so long is given up, and with it the pool's connections. */
  silenceMs?: number;
}

const connectTimeoutSeconds = 5;
/**
 * Between attempts to connect. The driver's own grows to 20 s: a server that was away for a minute would be back for
 * everybody but us.
 */
const reconnectSeconds = (failures: number) => Math.min(1, 0.05 * 2 ** failures) * (0.5 + Math.random() / 2);
/** No statement of ours takes a second; one that takes this long waits for a lock somebody forgot. */
const statementTimeoutMs = 30_000;
/**
 * The server ends a statement sooner than this. What is silent for longer is a connection whose other end vanished
 * without a word (a failover, a firewall): TCP itself would wait a quarter of an hour.
 */
const usualSilenceMs = 2 * statementTimeoutMs;

/** Connects lazily: the first statement finds out whether the server is there. */
export function openPostgres({ url, poolSize = 10, silenceMs = usualSilenceMs }: PostgresOptions): Database {
  const where = describeServer(url);
  const options = {
    connect_timeout: connectTimeoutSeconds,
    backoff: reconnectSeconds,
    fetch_types: false,
    onnotice: () => undefined,
    // `Number` is exact for every id we store: Telegram's have at most 52 significant bits.
    types: { bigint: { to: 20, from: [20], serialize: String, parse: Number } },
    connection: {
      application_name: "orchestrator",
      statement_timeout: statementTimeoutMs,
      TimeZone: "UTC",
      jit: "off",
      // Planning our statements takes longer than running them, and no plan gets better by knowing the values.
      plan_cache_mode: "force_generic_plan",
      // Our statements touch a few rows by their indexes. A plan is kept while the tables grow: for one made when they were
      // empty, reading all of a table is the best there is.
      enable_seqscan: "off",
      enable_bitmapscan: "off",
      enable_hashjoin: "off",
      enable_mergejoin: "off",
    },
  };
  const openPool = () => postgres(url, { ...options, max: poolSize, idle_timeout: 60 });
  let pool = openPool();
  // Beside the pool, which may be replaced.
  const listener = postgres(url, { ...options, max: 1 });

  /** What still waits in a pool that is given up is answered with an error. */
  function replace(silent: typeof pool): void {
    if (silent !== pool) return;
    pool = openPool();
    void silent.end({ timeout: 0 });
  }

  /** @returns Rows. Always answered. */
  function run(text: string, params: unknown[], rowMode: "object" | "array"): Promise<unknown[]> {
    const used = pool;
    const query = used.unsafe(text, params as never[], { prepare: true });
    const answer = Promise.resolve<unknown[]>(rowMode === "array" ? query.values() : query);
    return within(silenceMs, answer, () => {
      replace(used);
      return Object.assign(new Error("the connection is silent"), { code: "SILENT" });
    });
  }

  async function attempt<T>(work: () => PromiseLike<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      throw toDatabaseError(error, where);
    }
  }

  return {
    kind: "postgres",
    ...createQueries({
      run: (text, params, rowMode) => attempt(() => run(text, params, rowMode)),
    }),
    async script(text) {
      await attempt(() => pool.unsafe(text).simple());
    },
    async listen(channel, onMessage, onReady) {
      const subscription = await attempt(() => listener.listen(channel, onMessage, onReady));
      return { [Symbol.asyncDispose]: () => subscription.unlisten() };
    },
    async holdLock(key) {
      let closing = false;
      const client = postgres(url, {
        ...options,
        max: 1,
        idle_timeout: 0,
        max_lifetime: null,
        onclose: () => void lockAgain(),
      });
      async function lockAgain(): Promise<void> {
        while (!closing) {
          try {
            await client`select pg_advisory_lock(${key})`;
            return;
          } catch {
            await Bun.sleep(1000);
          }
        }
      }
      await attempt(() => client`select pg_advisory_lock(${key})`);
      return {
        async [Symbol.asyncDispose]() {
          closing = true;
          await client.end({ timeout: 1 });
        },
      };
    },
    async [Symbol.asyncDispose]() {
      await Promise.all([pool.end({ timeout: 5 }), listener.end({ timeout: 5 })]);
    },
  };
}

/** Host, port and database, without user, password or options. */
function describeServer(url: string): string {
  const { hostname, port, pathname } = new URL(url);
  return `${hostname || "localhost"}:${port || 5432}${pathname}`;
}

/** The server's own words can quote values (a prompt, a token), so a refusal is reported by its SQLSTATE alone. */
function toDatabaseError(error: unknown, where: string): DatabaseError {
  const { code, severity_local, message } = error as { code?: string; severity_local?: string; message?: string };
  // Poolers send this field, but not `severity`.
  if (severity_local === undefined) {
    const reason = code ?? message ?? "unknown";
    return new DatabaseError(
      `Postgres at ${where} does not answer (${reason}). Is it running, and is DATABASE_URL right?`,
      { cause: error },
    );
  }
  const advice: Record<string, string> = {
    "08P01": "is it a connection pooler? Connect to Postgres itself, or let the pooler ignore start-up parameters",
    "28P01": "the password in DATABASE_URL is wrong",
    "28000": "the user in DATABASE_URL may not connect",
    "3D000": "the database in DATABASE_URL does not exist",
    "42P01": "a table is missing: run `orchestrator migrate`",
    "42703": "a column is missing: run `orchestrator migrate`",
    "42501": "the user in DATABASE_URL lacks a permission",
    "53300": "too many connections",
    "53100": "its disk is full",
    "57P03": "it is starting up or shutting down",
  };
  const explained = code === undefined ? undefined : advice[code];
  return new DatabaseError(
    `Postgres at ${where} refused a statement (SQLSTATE ${code ?? "unknown"})${explained ? `: ${explained}` : ""}.`,
    {
      cause: error,
    },
  );
}
