import type { Database } from "../db/database.ts";
import { isFinished, type Job } from "../jobs/job.ts";
import type { Signals } from "../jobs/signals.ts";
import { watchJob } from "../jobs/watch-job.ts";
import { ApiError } from "./api-error.ts";
import { jobJson, type PreviewUrl } from "./job-json.ts";

export interface JobEventsOptions {
  db: Database;
  signals: Signals;
  previewUrl: PreviewUrl;
  /** Ends every stream: the server is going away. */
  closing: AbortSignal;
  /** Pause between two signs of life while nothing changes. */
  heartbeatMs?: number;
}

/** Well under the idle timeout of the server and of usual proxies. */
const defaultHeartbeatMs = 15_000;
/** A stream ends then, and the browser asks again. */
const maxStreamMs = 1_800_000;
/** Each open stream asks the database once a second. */
const maxStreams = 100;

/** Streams a job as server-sent events: `job` at once and after each change, until it is finished. */
export function createJobEvents({
  db,
  signals,
  previewUrl,
  closing,
  heartbeatMs = defaultHeartbeatMs,
}: JobEventsOptions) {
  let open = 0;
  const encoder = new TextEncoder();

  async function* events(job: Job, signal: AbortSignal): AsyncGenerator<string> {
    yield "retry: 2000\n\n";
    const states = watchJob(db, signals, job.id, signal);
    try {
      let next = states.next();
      for (;;) {
        const beat = Promise.withResolvers<"beat">();
        const timer = setTimeout(() => beat.resolve("beat"), heartbeatMs);
        const result = await Promise.race([next, beat.promise]);
        clearTimeout(timer);
        if (result === "beat") {
          yield ":\n\n";
          continue;
        }
        if (result.done) return;
        const state = result.value;
        yield `id: ${stateId(state)}\nevent: job\ndata: ${JSON.stringify(jobJson(state, previewUrl))}\n\n`;
        next = states.next();
      }
    } finally {
      await states.return(undefined);
    }
  }

  return (job: Job, request: Request): Response => {
    // An EventSource reconnects when a stream ends; 204 is how it learns that there is no more.
    if (isFinished(job.status) && request.headers.get("last-event-id") === stateId(job)) {
      return new Response(null, { status: 204 });
    }
    if (open >= maxStreams) {
      throw new ApiError(503, "too_many_streams", "Too many streams are open. Please try again.", {
        "retry-after": "5",
      });
    }
    open++;
    const gone = new AbortController();
    const signal = AbortSignal.any([request.signal, closing, gone.signal, AbortSignal.timeout(maxStreamMs)]);
    const source = events(job, signal);
    const end = async () => {
      open--;
      gone.abort();
      await source.return(undefined);
    };
    const body = new ReadableStream<Uint8Array>({
      async pull(controller) {
        try {
          const { value, done } = await source.next();
          if (!done) {
            controller.enqueue(encoder.encode(value));
            return;
          }
          controller.close();
        } catch {
          // The database is away: the browser reconnects, and asks then.
          controller.close();
        }
        await end();
      },
      cancel: end,
    });
    return new Response(body, {
      headers: { "content-type": "text/event-stream", "x-accel-buffering": "no" },
    });
  };
}

function stateId({ status, stage, attempt }: Job): string {
  return [status, stage, attempt].filter((part) => part !== null).join("-");
}
