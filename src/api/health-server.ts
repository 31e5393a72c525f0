import type { Database } from "../db/database.ts";
import { ConfigError } from "../errors.ts";
import type { Queue } from "../queue/queue.ts";
import { createHealth } from "./health.ts";

export interface HealthServer extends AsyncDisposable {
  url: string;
}

const usualPort = 8002;

/**
 * `/health`, `/ready` and `/metrics` of a process that serves nothing else.
 *
 * @throws {ConfigError} When the port is taken or may not be used.
 */
export function openHealthServer({
  db,
  queue,
  metrics,
  host,
  port,
}: {
  db: Database;
  queue: Pick<Queue, "status" | "ping">;
  metrics: { scrape(): Promise<Response> } | undefined;
  host: string;
  /** `undefined`: 8002, or any when another worker on this machine has that. */
  port: number | undefined;
}): HealthServer {
  const health = createHealth({ db, queue, service: "worker" });
  const notFound = () => Response.json({ error: "not_found", message: "There is nothing here." }, { status: 404 });
  const listen = (chosen: number) =>
    Bun.serve({
      hostname: host,
      port: chosen,
      // Without it Bun shares the port, and two workers would answer for each other.
      reusePort: false,
      development: false,
      maxRequestBodySize: 0,
      routes: {
        "/health": { GET: () => health.health() },
        "/ready": { GET: () => health.ready() },
        "/metrics": { GET: () => (metrics ? metrics.scrape() : notFound()) },
      },
      fetch: notFound,
    });
  try {
    const server = port === undefined ? listenSomewhere(listen) : listen(port);
    return { url: server.url.origin, [Symbol.asyncDispose]: () => server.stop(true) };
  } catch (error) {
    const { code } = error as { code?: string };
    throw new ConfigError([
      `PORT: the worker's health cannot be served on ${host}:${port} (${code}). Choose another, or 0 for any.`,
    ]);
  }
}

function listenSomewhere<Server>(listen: (port: number) => Server): Server {
  try {
    return listen(usualPort);
  } catch {
    return listen(0);
  }
}
