import type { AttemptEntry, JobRecord } from "../src/mod.ts";
import type { CommandContext } from "./context.ts";
import { formatTable, toCell } from "./table.ts";

interface Shown {
  /** Whether what the person wrote may be printed. */
  prompt?: true;
}

/** A job as JSON; without its prompt unless that was asked for. */
export function jobJson(job: JobRecord, { prompt: wanted }: Shown): Record<string, unknown> {
  const { prompt, ...rest } = job;
  return wanted ? { ...rest, prompt } : rest;
}

export function formatJobs(jobs: readonly JobRecord[], options: Pick<CommandContext, "stdout"> & Shown): string {
  const header = ["ID", "STATUS", "TENANT", "TRIES", "CREATED", options.prompt ? "PROMPT" : "RESULT"];
  const rows = jobs.map((job) => [
    job.id,
    job.stage ?? job.status,
    job.tenant,
    String(job.attempt),
    toInstant(job.createdAt),
    options.prompt ? job.prompt : (job.error?.code ?? job.title ?? ""),
  ]);
  return rows.length === 0 && options.stdout.isTTY === true ? "No such jobs.\n" : formatTable(header, rows, options);
}

export function formatJob(
  job: JobRecord,
  attempts: readonly AttemptEntry[],
  options: Pick<CommandContext, "stdout"> & Shown,
): string {
  const fields: [string, string | number | null][] = [
    ["id", job.id],
    ["status", job.stage === null ? job.status : `${job.status}, ${job.stage}`],
    ["kind", job.kind],
    ["tenant", job.tenant],
    ["site", job.siteId],
    ["revision", job.baseRevision === null ? job.revision : `${job.revision ?? "none"}, from ${job.baseRevision}`],
    ["title", job.title],
    ["summary", job.summary],
    ["prompt", options.prompt ? job.prompt : `${job.prompt.length} characters, shown with --prompt`],
    ["error", job.error && `${job.error.code}: ${job.error.message}`],
    ["attempts", `${job.attempt} spent, ${job.crashes} crashes, ${job.snoozes} snoozes`],
    ["tokens", `${job.usage.inputTokens} in, ${job.usage.outputTokens} out`],
    ["cost", job.costUsd === null ? null : `$${job.costUsd.toFixed(6)}`],
    ["created", toInstant(job.createdAt)],
    ["available", job.status === "queued" ? toInstant(job.availableAt) : null],
    ["started", job.startedAt && toInstant(job.startedAt)],
    ["lease until", job.leaseExpiresAt && toInstant(job.leaseExpiresAt)],
    ["cancel asked", job.cancelRequestedAt && toInstant(job.cancelRequestedAt)],
    ["finished", job.finishedAt && toInstant(job.finishedAt)],
  ];
  const lines = fields
    .filter(([, value]) => value !== null && value !== undefined)
    .map(([name, value]) => `${name.padEnd(12)}  ${toCell(String(value))}\n`);
  const header = ["TRY", "STATUS", "WORKER", "MODEL", "STARTED", "SECONDS", "RESULT"];
  const rows = attempts.map((attempt) => [
    String(attempt.number),
    attempt.status,
    attempt.worker,
    attempt.model ?? attempt.provider ?? "",
    toInstant(attempt.startedAt),
    attempt.durationMs === null ? "" : (attempt.durationMs / 1000).toFixed(1),
    attempt.errorCode === null
      ? [attempt.finish ?? "", ...attempt.repairs].join(" ")
      : `${attempt.errorCode}: ${attempt.errorMessage ?? ""}`,
  ]);
  return lines.join("") + (rows.length > 0 ? `\n${formatTable(header, rows, options)}` : "");
}

function toInstant(date: Date): string {
  return `${date.toISOString().slice(0, 19)}Z`;
}
