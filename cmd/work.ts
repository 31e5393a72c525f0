import type { Command } from "commander";
import type { CommandContext } from "./context.ts";
import { positiveInteger, withFlags } from "./flags.ts";
import { helpEnding, variables } from "./help-text.ts";
import { openLogger } from "./logging.ts";

export function registerWork(program: Command, context: CommandContext): void {
  program
    .command("work")
    .summary("work on queued jobs until stopped")
    .description(
      "Work on queued jobs until SIGTERM or Ctrl-C; then finish those running, or give them back after the grace period.",
    )
    .option("-c, --concurrency <number>", "jobs to run at once (WORKER_CONCURRENCY, default 4)", positiveInteger)
    .addHelpText(
      "after",
      helpEnding({
        variables: [
          ...variables.services,
          ...variables.telegram,
          ...variables.preview,
          ...variables.ai,
          ["WORKER_CONCURRENCY", "jobs to run at once (default 4)"],
          ...variables.worker,
          ["CHROMIUM_PATH", "a Chromium that takes the picture that link previews show; without it pages have none"],
          ["SHUTDOWN_GRACE", "seconds running jobs may go on after SIGTERM (default 25)"],
          ["PORT", "port of /health, /ready and /metrics (default 8002, or a free one when that is taken)"],
          ["HOST", "address of /health, /ready and /metrics (default 127.0.0.1)"],
          ...variables.tracing,
          ...variables.log,
        ],
        exits: [0, 1, 2, 10, 11, 12],
      }),
    )
    .action(async (flags: { concurrency?: number }) => {
      const { parseWork, serveWork } = await import("../src/mod.ts");
      const config = parseWork(withFlags(context.env, { WORKER_CONCURRENCY: flags.concurrency }));
      await serveWork(config, { logger: await openLogger(context), signal: context.signal });
    });
}
