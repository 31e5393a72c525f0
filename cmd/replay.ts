import type { Command } from "commander";
import type { JobId } from "../src/mod.ts";
import type { CommandContext } from "./context.ts";
import { jobId, withFlags } from "./flags.ts";
import { helpEnding, variables } from "./help-text.ts";
import { openLogger } from "./logging.ts";

const description = `Make a page again without asking the model: what it wrote is kept for 90 days, and is read, sanitized
and finished anew, and so is every edit since. Where one of them is no longer kept, no longer fits, or is an undo, the
published page is sanitized instead; each line says which was done.

A page that comes out different becomes a new revision at the same link; one that does not stays as it is.`;

export function registerReplay(program: Command, context: CommandContext): void {
  program
    .command("replay")
    .summary("make published pages again with today's sanitizer, without the model")
    .description(description)
    .argument("[job]", "the job that made what its site shows now, or one that failed", jobId)
    .option("--all", "what every site shows now")
    .option("--data-dir <dir>", "directory of the embedded mode (ORCHESTRATOR_DATA_DIR)")
    .addHelpText(
      "after",
      helpEnding({
        variables: [...variables.embeddedOrServices, ...variables.preview, ...variables.log],
        exits: [0, 1, 2, 10, 11, 12, [14, "the kept reply has no page"], 15, 130],
      }),
    )
    .action(async (job: JobId | undefined, flags: { all?: true; dataDir?: string }) => {
      const { failureOfJob, parseSubmit, replay, UsageError } = await import("../src/mod.ts");
      if ((job === undefined) === (flags.all === undefined)) throw new UsageError("Name one job, or say --all.");
      const env = withFlags(context.env, { ORCHESTRATOR_DATA_DIR: flags.dataDir });
      const logger = await openLogger(context, { unasked: "error" });
      const failures: unknown[] = [];
      await replay(parseSubmit(env), job ?? "all", {
        logger,
        signal: context.signal,
        onDone(source, replayed) {
          const failure = failureOfJob(replayed);
          if (failure) failures.push(failure);
          const result = failure
            ? failure.message
            : replayed.revision === null
              ? "unchanged"
              : `revision ${replayed.revision}`;
          const how = failure || replayed.summary === null ? "" : `  (${replayed.summary})`;
          context.stdout.write(`${source}  ${replayed.siteId}  ${result}${how}\n`);
        },
      });
      if (failures.length > 0) throw failures[0];
    });
}
