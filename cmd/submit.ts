import type { Command } from "commander";
import type { Job, PageRequest, SiteId, SubmitConfig, SubmittedPage } from "../src/mod.ts";
import type { CommandContext } from "./context.ts";
import { describeRemoved } from "./describe-removed.ts";
import { seconds, several, siteId, withFlags } from "./flags.ts";
import { helpEnding, variables } from "./help-text.ts";
import { invocation } from "./invocation.ts";
import { openLogger } from "./logging.ts";
import { createProgress } from "./progress.ts";
import { readPrompt } from "./read-prompt.ts";

interface SubmitFlags {
  json?: true;
  wait: boolean;
  out?: string;
  edit?: SiteId;
  picture?: string[];
  timeout?: number;
  provider?: string;
  model?: string;
  dataDir?: string;
}

const description = `Turn one prompt into one page, wait for it, and print its link.

Without DATABASE_URL and RABBITMQ_URL everything happens in this process, and the page is kept in the data directory.
With both, the job goes to the workers of the real stack. The prompt is read from standard input when it is "-".`;

export function registerSubmit(program: Command, context: CommandContext): void {
  program
    .command("submit")
    .summary("turn one prompt into one page")
    .description(description)
    .argument("[prompt]", 'what the page is for; "-" reads standard input')
    .option("--json", "print one JSON object")
    .option("--no-wait", "print the link as soon as the job is recorded")
    .option("--out <dir>", "copy the page to this directory as well")
    .option("--edit <site>", "change this site instead of making a new one", siteId)
    .option("--picture <file>", "put this picture on the page; may be given up to ten times", several)
    .option("--timeout <seconds>", "wait no longer than this", seconds)
    .option("--provider <name>", "gemini, openai or mock (AI_PROVIDER)")
    .option("--model <name>", "model to ask (AI_MODEL)")
    .option("--data-dir <dir>", "directory of the embedded mode (ORCHESTRATOR_DATA_DIR)")
    .addHelpText(
      "after",
      helpEnding({
        variables: [
          ...variables.embeddedOrServices,
          ...variables.ai,
          ...variables.worker,
          ...variables.preview,
          ...variables.tracing,
          ...variables.log,
        ],
        exits: [0, 1, 2, 10, 11, 12, 13, 14, 15, 16, 130],
      }),
    )
    .action(async (argument: string | undefined, flags: SubmitFlags) => submit(argument, flags, context));
}

async function submit(argument: string | undefined, flags: SubmitFlags, context: CommandContext): Promise<void> {
  const prompt = await readPrompt(argument, context);
  const { exportRevision, failureOfJob, InterruptedError, parseSubmit, submitPage, writeExport } = await import(
    "../src/mod.ts"
  );
  const env = withFlags(context.env, {
    AI_PROVIDER: flags.provider,
    AI_MODEL: flags.model,
    ORCHESTRATOR_DATA_DIR: flags.dataDir,
  });
  const config = parseSubmit(env);
  const request: PageRequest = {
    prompt,
    model: flags.model,
    edit: flags.edit,
    pictures: flags.picture ?? [],
    wait: flags.wait,
    timeoutMs: flags.timeout === undefined ? undefined : flags.timeout * 1000,
  };
  // The progress line says what a person wants to know; logs are for who asks for them.
  const logger = await openLogger(context, { unasked: "error" });

  const progress = createProgress(context);
  const page = await submitPage(config, request, { logger, signal: context.signal, onProgress: progress.show }).finally(
    () => progress.end(),
  );
  if (context.signal.aborted) throw new InterruptedError("Interrupted.");
  if (flags.out !== undefined && page.job.revision !== null && page.path !== undefined) {
    const { siteId, revision } = page.job;
    const { files } = await exportRevision(config.preview.path, siteId, { revision });
    await writeExport(files, flags.out);
  }
  context.stdout.write(flags.json ? `${JSON.stringify(toJson(page))}\n` : toText(page));
  const failure = failureOfJob(page.job);
  if (failure) throw failure;
  if (!flags.json && page.job.summary !== null) context.stderr.write(`${page.job.summary}\n`);
  if (!flags.json && page.removed !== undefined) context.stderr.write(describeRemoved(page.removed));
  if (!flags.json) await explainLink(page, { config, dataDir: env["ORCHESTRATOR_DATA_DIR"] }, context);
}

function toJson({ job, previewUrl, path }: SubmittedPage): Record<string, unknown> {
  return {
    jobId: job.id,
    siteId: job.siteId,
    revision: job.revision,
    status: job.status,
    previewUrl,
    path,
    title: job.title,
    summary: job.summary ?? undefined,
    provider: job.provider,
    model: job.model,
    usage: job.usage,
    costUsd: job.costUsd ?? undefined,
    durationMs: durationMs(job),
    error: job.error ?? undefined,
  };
}

function toText({ job, previewUrl, path }: SubmittedPage): string {
  if (job.status === "failed" || job.status === "cancelled") return "";
  return [previewUrl, ...(path ? [path] : [])].map((line) => `${line}\n`).join("");
}

function durationMs({ createdAt, finishedAt }: Job): number | null {
  return finishedAt && finishedAt.getTime() - createdAt.getTime();
}

/** A link that nothing serves is a riddle: says which command serves it. */
async function explainLink(
  { job, previewUrl }: SubmittedPage,
  { config, dataDir }: { config: SubmitConfig; dataDir: string | undefined },
  { stderr }: CommandContext,
): Promise<void> {
  const say = (text: string) => stderr.write(`${text}\n`);
  const quoted = dataDir && (/^[\w./-]+$/.test(dataDir) ? dataDir : Bun.$.escape(dataDir));
  const command = `${quoted ? `ORCHESTRATOR_DATA_DIR=${quoted} ` : ""}${invocation()}`;
  if (job.status === "queued" || job.status === "running") {
    say(`Job ${job.id} is ${job.status}; the link works when it is done.`);
    if (config.storage.mode === "embedded") say(`To work on it, run: ${command} up`);
    return;
  }
  const served = await fetch(previewUrl, {
    method: "HEAD",
    signal: AbortSignal.timeout(1000),
    redirect: "manual",
  }).then(
    (response) => response.ok,
    () => false,
  );
  if (served) return;
  say(`Nothing serves the link yet. To open it, run: ${command} serve-preview`);
}
