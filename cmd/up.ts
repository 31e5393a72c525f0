import type { Command } from "commander";
import type { CommandContext } from "./context.ts";
import { port, withFlags } from "./flags.ts";
import { helpEnding, variables } from "./help-text.ts";
import { openLogger } from "./logging.ts";

interface UpFlags {
  port?: number;
  previewPort?: number;
  host?: string;
  dataDir?: string;
}

export function registerUp(program: Command, context: CommandContext): void {
  program
    .command("up")
    .summary("run every role in one process")
    .description(
      "Run API, worker and preview server in one process, and the bot when there is a token: by long polling, unless Telegram has a webhook for it.\n\n" +
        "Embedded when neither DATABASE_URL nor RABBITMQ_URL is set: no database, no broker, no key needed.",
    )
    .option("-p, --port <number>", "port of the API (PORT, default 8000)", port)
    .option("--preview-port <number>", "port of the preview server (PREVIEW_PORT, default 8001)", port)
    .option("--host <address>", "address to listen on (HOST, default 127.0.0.1)")
    .option("--data-dir <dir>", "directory of the embedded mode (ORCHESTRATOR_DATA_DIR)")
    .addHelpText(
      "after",
      helpEnding({
        variables: [
          ...variables.embeddedOrServices,
          ...variables.telegram,
          ...variables.secret,
          ...variables.apiToken,
          ...variables.ai,
          ["WORKER_CONCURRENCY", "jobs to run at once (default 4)"],
          ...variables.worker,
          ["CHROMIUM_PATH", "a Chromium that takes the picture that link previews show; without it pages have none"],
          ["SHUTDOWN_GRACE", "seconds running jobs may go on after SIGTERM (default 25)"],
          ...variables.preview,
          ...variables.listen,
          ["PREVIEW_PORT", "port of the preview server"],
          ...variables.tracing,
          ...variables.log,
        ],
        exits: [0, 1, 2, 10, 11, 12],
      }),
    )
    .action(async (flags: UpFlags) => {
      const { parseUp, up } = await import("../src/mod.ts");
      const env = withFlags(context.env, {
        PORT: flags.port,
        PREVIEW_PORT: flags.previewPort,
        HOST: flags.host,
        ORCHESTRATOR_DATA_DIR: flags.dataDir,
      });
      await up(parseUp(env), { logger: await openLogger(context), signal: context.signal });
    });
}
