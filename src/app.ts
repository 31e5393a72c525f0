import type { DatabaseConfig, StorageConfig, TracingConfig } from "./config/sections.ts";
import type { Database } from "./db/database.ts";
import { assertMigrated, migrate } from "./db/migrate.ts";
import { adoptOrphans } from "./jobs/adopt-orphans.ts";
import { type Dispatcher, startDispatcher } from "./jobs/dispatcher.ts";
import type { JobEvent } from "./jobs/job-event.ts";
import { openSignals, type Signals } from "./jobs/signals.ts";
import type { Logger } from "./logger.ts";
import type { Queue, QueueEvent } from "./queue/queue.ts";
import type { Metrics } from "./telemetry/metrics.ts";

/** What every role that handles jobs shares. */
export interface App extends AsyncDisposable {
  db: Database;
  queue: Queue;
  signals: Signals;
  dispatcher: Dispatcher;
  logger: Logger;
  /** Set in a process that serves them. */
  metrics: Metrics | undefined;
  onJobEvent: ((event: JobEvent) => void) | undefined;
}

export interface AppOptions {
  storage: StorageConfig;
  tracing: TracingConfig | undefined;
  logger: Logger;
  /** Whether to count what happens, for somebody to scrape. */
  measure: boolean;
}

/**
 * Builds the shared parts in order; disposing closes them in reverse.
 *
 * @throws {DatabaseError} When the database cannot be reached, or its schema is not current.
 */
export async function openApp({ storage, tracing, logger, measure }: AppOptions): Promise<App> {
  await using opening = new AsyncDisposableStack();
  if (tracing) {
    const { startTracing } = await import("./telemetry/start-tracing.ts");
    opening.use(await startTracing(tracing, logger));
  }
  const counting = measure ? await startCounting(storage) : undefined;
  const db = opening.use(await openDatabase(storage));
  if (storage.mode === "embedded") await adoptOrphans(db);
  const queue = opening.use(await openQueue(storage, { logger, onEvent: counting?.onBrokerEvent }));
  counting?.gauge({ db, queue });
  const signals = opening.use(await openSignals(db));
  const dispatcher = opening.use(startDispatcher({ db, queue, logger }));
  const resources = opening.move();
  return {
    db,
    queue,
    signals,
    dispatcher,
    logger,
    metrics: counting?.metrics,
    onJobEvent: counting?.onJobEvent,
    [Symbol.asyncDispose]: () => resources.disposeAsync(),
  };
}

/** @throws {DatabaseError} When it cannot be reached, or its schema is not current. */
export async function openDatabase(storage: DatabaseConfig): Promise<Database> {
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
  opening.move();
  return db;
}

async function startCounting(storage: StorageConfig) {
  const [{ createMetrics }, { countJobEvents, countQueueEvents }, { gaugeJobs }] = await Promise.all([
    import("./telemetry/metrics.ts"),
    import("./telemetry/count-events.ts"),
    import("./telemetry/job-gauges.ts"),
  ]);
  const metrics = createMetrics();
  return {
    metrics,
    /** Of a broker: a queue inside the process has no connections to tell of. */
    onBrokerEvent: storage.mode === "services" ? countQueueEvents(metrics) : undefined,
    onJobEvent: countJobEvents(metrics),
    gauge: (sources: { db: Database; queue: Queue }) => gaugeJobs(metrics, sources),
  };
}

async function openQueue(
  storage: StorageConfig,
  options: { logger: Logger; onEvent: ((event: QueueEvent) => void) | undefined },
): Promise<Queue> {
  if (storage.mode === "services") {
    const { openRabbitQueue } = await import("./queue/rabbitmq.ts");
    return openRabbitQueue({ url: storage.rabbitmqUrl, ...options });
  }
  const { createMemoryQueue } = await import("./queue/memory.ts");
  return createMemoryQueue();
}
