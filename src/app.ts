import type { StorageConfig } from "./config/sections.ts";
import type { Database } from "./db/database.ts";
import { assertMigrated, migrate } from "./db/migrate.ts";
import { adoptOrphans } from "./jobs/adopt-orphans.ts";
import { type Dispatcher, startDispatcher } from "./jobs/dispatcher.ts";
import { openSignals, type Signals } from "./jobs/signals.ts";
import type { Logger } from "./logger.ts";
import type { Queue } from "./queue/queue.ts";

/** What every role that handles jobs shares. */
export interface App extends AsyncDisposable {
  db: Database;
  queue: Queue;
  signals: Signals;
  dispatcher: Dispatcher;
  logger: Logger;
}

/**
 * Builds the shared parts in order; disposing closes them in reverse.
 *
 * @throws {DatabaseError} When the database cannot be reached, or its schema is not current.
 */
export async function openApp({ storage, logger }: { storage: StorageConfig; logger: Logger }): Promise<App> {
  await using opening = new AsyncDisposableStack();
  const db = opening.use(await openDatabase(storage));
  const queue = opening.use(await openQueue(storage, logger));
  const signals = opening.use(await openSignals(db));
  const dispatcher = opening.use(startDispatcher({ db, queue, logger }));
  const resources = opening.move();
  return { db, queue, signals, dispatcher, logger, [Symbol.asyncDispose]: () => resources.disposeAsync() };
}

async function openDatabase(storage: StorageConfig): Promise<Database> {
  if (storage.mode === "services") {
    await using opening = new AsyncDisposableStack();
    const { openPostgres } = await import("./db/postgres.ts");
    const db = opening.use(openPostgres({ url: storage.databaseUrl }));
    await assertMigrated(db);
    opening.move();
    return db;
  }
  await using opening = new AsyncDisposableStack();
  const { openPglite } = await import("./db/pglite.ts");
  const db = opening.use(await openPglite(storage.dataDirectory));
  await migrate(db);
  await adoptOrphans(db);
  opening.move();
  return db;
}

async function openQueue(storage: StorageConfig, logger: Logger): Promise<Queue> {
  if (storage.mode === "services") {
    const { openRabbitQueue } = await import("./queue/rabbitmq.ts");
    return openRabbitQueue({ url: storage.rabbitmqUrl, logger });
  }
  const { createMemoryQueue } = await import("./queue/memory.ts");
  return createMemoryQueue();
}
