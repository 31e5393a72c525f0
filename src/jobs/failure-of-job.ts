import {
  InterruptedError,
  NotFoundError,
  type OrchestratorError,
  OutputError,
  ProviderError,
  StorageError,
} from "../errors.ts";
import type { Job } from "./job.ts";

/** A job's end as the error that a command waiting for it should end with; `undefined` while or because all is well. */
export function failureOfJob(job: Job): OrchestratorError | Error | undefined {
  if (job.status === "cancelled") return new InterruptedError("The job was cancelled.");
  if (job.status !== "failed") return undefined;
  const { code, message } = job.error ?? { code: "internal", message: "The job failed." };
  const text = job.attempt > 1 ? `${message} (${job.attempt} attempts)` : message;
  if (code.startsWith("provider_")) return new ProviderError(text, { reason: "unavailable" });
  if (code.startsWith("output_")) return new OutputError(text, { reason: "unfinished" });
  if (code === "site_gone" || code === "no_revision") return new NotFoundError(text);
  if (code === "storage") return new StorageError(text);
  return new Error(`job ${job.id} failed: ${text}`);
}
