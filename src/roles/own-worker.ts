import type { App } from "../app.ts";
import type { SubmitConfig } from "../config/config.ts";
import { work } from "./work.ts";

/** Waits for jobs. Embedded, this process is its own worker for so long; otherwise the workers of the real stack do them. */
export async function withOwnWorker<T>(app: App, config: SubmitConfig, wait: () => Promise<T>): Promise<T> {
  const stop = new AbortController();
  const worker =
    config.storage.mode === "embedded"
      ? work(app, { ...config, worker: { ...config.worker, graceMs: 0 } }, stop.signal)
      : undefined;
  try {
    return await Promise.race([wait(), failureOf(worker)]);
  } finally {
    stop.abort();
    await worker?.catch(() => undefined);
  }
}

/** Never resolves; rejects when the worker gives up, so that nobody waits for a page nobody makes. */
async function failureOf(worker: Promise<void> | undefined): Promise<never> {
  await worker;
  return new Promise(() => undefined);
}
