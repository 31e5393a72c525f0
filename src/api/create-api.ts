import { Elysia } from "elysia";
import type { Database } from "../db/database.ts";
import type { Dispatcher } from "../jobs/dispatcher.ts";
import type { JobEvent } from "../jobs/job-event.ts";
import type { Signals } from "../jobs/signals.ts";
import type { Logger } from "../logger.ts";
import type { Queue } from "../queue/queue.ts";
import type { Intake } from "../telegram/intake.ts";
import { ApiError, errorResponse } from "./api-error.ts";
import { createHealth } from "./health.ts";
import { createJobEvents } from "./job-events.ts";
import type { PreviewUrl } from "./job-json.ts";
import { createJobs } from "./jobs.ts";
import { withSafeUrl } from "./safe-url.ts";
import { takeWebhook } from "./webhook.ts";

export interface ApiOptions {
  db: Database;
  queue: Pick<Queue, "status" | "ping">;
  dispatcher: Pick<Dispatcher, "publish">;
  signals: Signals;
  logger: Logger;
  /** Without it there is no webhook: the bot polls, or there is no bot. */
  telegram: { secretToken: string; intake: Intake } | undefined;
  /** Bearer token of the job API; without it that API is off. */
  apiToken: string | undefined;
  previewUrl: PreviewUrl;
  metrics?: { scrape(): Promise<Response> } | undefined;
  onJobEvent?: ((event: JobEvent) => void) | undefined;
}

export interface Api extends Disposable {
  /** Answers any request. Never rejects. */
  handle(request: Request): Promise<Response>;
}

/** The HTTP API without a server around it. Disposing ends the event streams. */
export function createApi(options: ApiOptions): Api {
  const { logger, telegram, metrics } = options;
  const closing = new AbortController();
  const health = createHealth({ ...options, service: "api" });
  const jobs = createJobs(options);
  const events = createJobEvents({ ...options, closing: closing.signal });

  // Bodies are read by us alone: `parse: "none"` keeps Elysia from choosing a parser by content type.
  const app = new Elysia({ strictPath: true })
    .onError(({ code, error }) => {
      if (code === "NOT_FOUND") return errorResponse(new ApiError(404, "not_found", "There is nothing here."), logger);
      return errorResponse(error, logger);
    })
    .get("/health", () => health.health())
    .get("/ready", () => health.ready())
    .post("/jobs", ({ request }) => jobs.create(request), { parse: "none" })
    .get("/jobs/:id", ({ request, params }) => jobs.read(request, params.id))
    .delete("/jobs/:id", ({ request, params }) => jobs.cancel(request, params.id), { parse: "none" })
    .get("/jobs/:id/events", async ({ request, params }) => events(await jobs.find(request, params.id), request));
  if (metrics !== undefined) app.get("/metrics", () => metrics.scrape());
  if (telegram !== undefined) {
    app.post("/telegram/webhook", ({ request }) => takeWebhook(request, { ...options, ...telegram }), {
      parse: "none",
    });
  }

  return {
    async handle(request) {
      try {
        const response = await app.handle(withSafeUrl(request));
        response.headers.set("cache-control", "no-store");
        response.headers.set("x-content-type-options", "nosniff");
        return response;
      } catch (error) {
        return errorResponse(error, logger);
      }
    },
    [Symbol.dispose]: () => closing.abort(),
  };
}
