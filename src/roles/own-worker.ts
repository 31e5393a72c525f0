import { type App, openApp } from "../app.ts";
import { createPreviewsDirectory } from "../bundles/create-previews-directory.ts";
import { probePreviews } from "../bundles/probe-previews.ts";
import type { SubmitConfig } from "../config/config.ts";
import type { Logger } from "../logger.ts";
import { createPictureSupply } from "./picture-supply.ts";

/** An app for commands that have jobs done and wait for them. */
export interface WaitingApp extends App {
  /** Waits for jobs. Embedded, this process is its own worker for so long; otherwise the workers of the real stack do them. */
  whileWorking<T>(wait: () => Promise<T>): Promise<T>;
}

/**
 * @throws {DatabaseError} When the database cannot be reached, or its schema is not current.
 * @throws {StorageError} When this process is to publish and there is no place for it.
 */
export async function openWaitingApp(config: SubmitConfig, logger: Logger): Promise<WaitingApp> {
  // Before anything is recorded: a job that is left behind is done by the next command.
  if (config.storage.mode === "embedded") {
    await createPreviewsDirectory(config.preview.path);
    await probePreviews(config.preview.path);
  }
  const opening = openApp({ ...config, logger, measure: false });
  // All that makes a page is loaded while the database starts.
  const loading = config.storage.mode === "embedded" ? import("./work.ts") : undefined;
  const app = await opening;
  return {
    ...app,
    async whileWorking(wait) {
      const stop = new AbortController();
      const { work } = (await loading) ?? {};
      const own = { ...config, worker: { ...config.worker, graceMs: 0 } };
      const worker = work?.(app, own, stop.signal, createPictureSupply());
      try {
        return await Promise.race([wait(), failureOf(worker)]);
      } finally {
        stop.abort();
        await worker?.catch(() => undefined);
      }
    },
  };
}

/** Never resolves; rejects when the worker gives up, so that nobody waits for a page nobody makes. */
async function failureOf(worker: Promise<void> | undefined): Promise<never> {
  await worker;
  return new Promise(() => undefined);
}
