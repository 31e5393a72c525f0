import { type Command, InvalidArgumentError } from "commander";
import type { JobDesk, JobStatus } from "../src/mod.ts";
import type { CommandContext } from "./context.ts";
import { positiveInteger, since, withFlags } from "./flags.ts";
import { helpEnding, variables } from "./help-text.ts";
import { formatJob, formatJobs, jobJson, stateOf } from "./job-text.ts";

interface ListFlags {
  status?: JobStatus[];
  tenant?: string;
  site?: string;
  since?: Date;
  limit: number;
  prompt?: true;
  json?: true;
  dataDir?: string;
}

interface IdFlags {
  prompt?: true;
  json?: true;
  dataDir?: string;
}

const statuses: readonly JobStatus[] = ["queued", "running", "completed", "failed", "cancelled"];
const mostListed = 10_000;
const environment = [...variables.embeddedOrDatabase];
const dataDir = ["--data-dir <dir>", "directory of the embedded mode (ORCHESTRATOR_DATA_DIR)"] as const;

export function registerJobs(program: Command, context: CommandContext): void {
  const jobs = program
    .command("jobs")
    .summary("list, show, retry and cancel jobs")
    .description("The operator's view of jobs. What people wrote is shown only with --prompt.")
    .addHelpText("after", helpEnding({ variables: environment, exits: [0, 1, 2, 10, 11, 15] }));

  jobs
    .command("list")
    .summary("list jobs, the latest first")
    .description("List jobs, the latest first: a table on a terminal, lines with tabs in a pipe.")
    .option("--status <status>", `${statuses.join(", ")}; several with commas`, toStatuses)
    .option("--tenant <name>", "of one tenant: telegram:<user id>, api, terminal")
    .option("--site <id>", "of one site")
    .option("--since <time>", "recorded since: 30m, 12h, 7d, or a date such as 2026-11-23T08:00Z", since)
    .option("--limit <number>", `at most so many, up to ${mostListed}`, positiveInteger, 50)
    .option("--prompt", "show what people wrote")
    .option("--json", "print a JSON array")
    .option(...dataDir)
    .addHelpText("after", helpEnding({ variables: environment, exits: [0, 1, 2, 10, 11] }))
    .action(async (flags: ListFlags) => {
      const { isSiteId, UsageError } = await import("../src/mod.ts");
      if (flags.site !== undefined && !isSiteId(flags.site))
        throw new UsageError("--site: a site id has 26 lower-case letters and digits.");
      if (flags.limit > mostListed) throw new UsageError(`--limit: at most ${mostListed}.`);
      await using desk = await open(flags, context);
      const found = await desk.list({
        statuses: flags.status ?? [],
        tenant: flags.tenant,
        siteId: flags.site,
        since: flags.since,
        limit: flags.limit,
      });
      context.stdout.write(
        flags.json
          ? `${JSON.stringify(found.map((job) => jobJson(job, flags)))}\n`
          : formatJobs(found, { ...context, ...flags }),
      );
    });

  jobs
    .command("show")
    .summary("show a job and its attempts")
    .description("Show a job and each of its attempts.")
    .argument("<id>", "job id")
    .option("--prompt", "show what the person wrote")
    .option("--json", "print one JSON object")
    .option(...dataDir)
    .addHelpText("after", helpEnding({ variables: environment, exits: [0, 1, 2, 10, 11, 15] }))
    .action(async (id: string, flags: IdFlags) => {
      await using desk = await open(flags, context);
      const { job, attempts } = await desk.show(id);
      context.stdout.write(
        flags.json
          ? `${JSON.stringify({ ...jobJson(job, flags), attempts })}\n`
          : formatJob(job, attempts, { ...context, ...flags }),
      );
    });

  jobs
    .command("retry")
    .summary("run failed or cancelled jobs again")
    .description("Put failed or cancelled jobs back into the queue, with all their attempts again.")
    .argument("<id...>", "job ids")
    .option("--json", "print a JSON array")
    .option(...dataDir)
    .addHelpText("after", helpEnding({ variables: environment, exits: actExits("not failed and not cancelled") }))
    .action((ids: string[], flags: IdFlags) =>
      act(ids, flags, context, "Only failed and cancelled jobs can be retried", async (desk, id) => {
        const result = await desk.retry(id);
        return result === "not_failed" ? "refused" : result;
      }),
    );

  jobs
    .command("cancel")
    .summary("cancel waiting or running jobs")
    .description("Cancel jobs: one that waits never starts, a running one stops within a second.")
    .argument("<id...>", "job ids")
    .option("--json", "print a JSON array")
    .option(...dataDir)
    .addHelpText("after", helpEnding({ variables: environment, exits: actExits("too late to cancel") }))
    .action((ids: string[], flags: IdFlags) =>
      act(ids, flags, context, "Only queued and running jobs can be cancelled", async (desk, id) => {
        const result = await desk.cancel(id);
        return result === "finished" ? "refused" : result;
      }),
    );
}

const actExits = (why: string) => [0, 1, [2, `wrong usage, or ${why}`], 10, 11, 15] as const;

/** Each id is tried; what went wrong is told at the end, a missing one first. */
async function act(
  ids: readonly string[],
  flags: IdFlags,
  context: CommandContext,
  rule: string,
  one: (desk: JobDesk, id: string) => Promise<string>,
): Promise<void> {
  const { NotFoundError, UsageError } = await import("../src/mod.ts");
  await using desk = await open(flags, context);
  const results: { id: string; result: string }[] = [];
  for (const id of new Set(ids)) {
    const result = await one(desk, id).catch((error: unknown) => {
      if (error instanceof NotFoundError) return "not_found";
      throw error;
    });
    results.push({ id, result });
  }
  if (flags.json) context.stdout.write(`${JSON.stringify(results)}\n`);
  else for (const { id, result } of results) context.stdout.write(`${id}\t${result}\n`);
  const having = (wanted: string) => results.filter(({ result }) => result === wanted).map(({ id }) => id);
  const [missing, refused] = [having("not_found"), having("refused")];
  if (missing.length > 0) throw new NotFoundError(`There is no job ${missing.join(", ")}.`);
  if (refused.length === 0) return;
  const states = await Promise.all(refused.map(async (id) => `${id} is ${stateOf((await desk.show(id)).job)}`));
  throw new UsageError(`${rule}: ${states.join(", ")}.`);
}

async function open(flags: { dataDir?: string }, { env }: CommandContext): Promise<JobDesk> {
  const { openJobs, parseJobs } = await import("../src/mod.ts");
  return openJobs(parseJobs(withFlags(env, { ORCHESTRATOR_DATA_DIR: flags.dataDir })));
}

function toStatuses(value: string): JobStatus[] {
  const wanted = value.toLowerCase().split(",");
  const known = statuses.filter((status) => wanted.includes(status));
  if (known.length !== new Set(wanted).size) throw new InvalidArgumentError(`One or more of ${statuses.join(", ")}.`);
  return known;
}
