import type { AttemptEntry, JobRecord } from "../src/mod.ts";
import type { CommandContext } from "./context.ts";
import { cut, formatTable, toCell } from "./table.ts";

/** Cells of a terminal. */
const longestSaid = 32;

interface Shown {
  /** Whether what the person wrote may be printed. */
  prompt?: true;
}

/** A job as JSON; without its prompt unless that was asked for. */
export function jobJson(job: JobRecord, { prompt: wanted }: Shown): Record<string, unknown> {
  const { prompt, ...rest } = job;
  return wanted ? { ...rest, prompt } : rest;
}

/** Its stage while it runs, otherwise its status. */
export function stateOf(job: JobRecord): string {
  return job.stage ?? job.status;
}

export function formatJobs(jobs: readonly JobRecord[], options: Pick<CommandContext, "stdout"> & Shown): string {
  const said = (job: JobRecord) => (options.prompt ? job.prompt : (job.error?.code ?? job.title ?? ""));
  if (options.stdout.isTTY !== true) {
    const rows = jobs.map((job) => [
      job.id,
      stateOf(job),
      job.tenant,
      String(job.attempt),
      toInstant(job.createdAt),
      said(job),
    ]);
    return formatTable([], rows, options);
  }
  if (jobs.length === 0) return "No such jobs.\n";
  // Why it failed is what is looked for, and there are terminals of 80 columns: a tenant that does not fit says nothing.
  const header = ["ID", "STATUS", "AGE", "TRIES", options.prompt ? "PROMPT" : "RESULT", "TENANT"];
  const rows = jobs.map((job) => [
    job.id,
    stateOf(job),
    toAge(job.createdAt),
    String(job.attempt),
    cut(toCell(said(job)), longestSaid),
    job.tenant,
  ]);
  return formatTable(header, rows, { ...options, lastWholeOrNot: true });
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

/** In the largest unit that there is one of. */
function toAge(date: Date): string {
  const seconds = Math.max(0, Math.floor((Date.now() - date.getTime()) / 1000));
  const units = [
    [86_400, "d"],
    [3600, "h"],
    [60, "m"],
  ] as const;
  const [length, unit] = units.find(([length]) => seconds >= length) ?? [1, "s"];
  return `${Math.floor(seconds / length)}${unit}`;
}

function toInstant(date: Date): string {
  return `${date.toISOString().slice(0, 19)}Z`;
}
