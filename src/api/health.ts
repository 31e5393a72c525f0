import { sql } from "drizzle-orm";
import type { Database } from "../db/database.ts";
import { migrationStatus } from "../db/migrate.ts";
import type { Queue, QueueStatus } from "../queue/queue.ts";
import { within } from "../within.ts";

export interface HealthOptions {
  db: Database;
  queue: Pick<Queue, "status" | "ping">;
  service: "api" | "worker";
}

const checkTimeoutMs = 2000;

/** Answers health checks. Never waits longer than two seconds, and starts no more than one check in that time. */
export function createHealth({ db, queue, service }: HealthOptions) {
  const database = shared(async () => void (await db.query(sql`select 1`)));
  const broker = shared(() => queue.ping());
  const schema = shared(async () => {
    const pending = (await migrationStatus(db)).filter((one) => one.appliedAt === undefined);
    if (pending.length > 0) throw new Error("pending");
  });

  /** A broker that went silent is told from one that works by asking it: its connection looks well for a while. */
  async function queueState(): Promise<QueueStatus | "silent"> {
    const status = queue.status();
    return status === "connected" && !(await broker()) ? "silent" : status;
  }

  return {
    /** Whether updates can be accepted. */
    async health(): Promise<Response> {
      const up = await database();
      const body = { status: up ? "healthy" : "unhealthy", service, database: up ? "up" : "down" };
      return Response.json(body, { status: up ? 200 : 503 });
    },

    /** As `health`, each dependency by name. Without its queue the API still takes everything, and a worker gets nothing. */
    async ready(): Promise<Response> {
      const [up, current, queueStatus] = await Promise.all([database(), schema(), queueState()]);
      const degraded = queueStatus !== "connected";
      const ready = up && current && !(degraded && service === "worker");
      const dependencies = {
        database: up ? "up" : "down",
        schema: current ? "current" : up ? "not current: run `orchestrator migrate`" : "unknown",
        [db.kind === "postgres" ? "rabbitmq" : "queue"]: degraded ? `degraded: ${queueStatus}` : "up",
      };
      const status = !ready ? "unhealthy" : degraded ? "degraded" : "healthy";
      return Response.json({ status, service, dependencies }, { status: ready ? 200 : 503 });
    },
  };
}

/**
 * Whoever asks while a check runs shares it, so that checks do not pile up on a database that does not answer. One
 * that takes too long is given up, or a connection lost in silence would stay lost.
 */
function shared(check: () => Promise<void>): () => Promise<boolean> {
  let running: Promise<boolean> | undefined;
  return () => {
    running ??= isFine(check()).finally(() => {
      running = undefined;
    });
    return running;
  };
}

async function isFine(check: Promise<void>): Promise<boolean> {
  try {
    await within(checkTimeoutMs, check, () => new Error("no answer"));
    return true;
  } catch {
    return false;
  }
}
