import type { Command } from "commander";
import type { CommandContext } from "./context.ts";
import { port, withFlags } from "./flags.ts";
import { helpEnding, variables } from "./help-text.ts";
import { openLogger } from "./logging.ts";

export function registerServeApi(program: Command, context: CommandContext): void {
  program
    .command("serve-api")
    .summary("take Telegram updates and API calls")
    .description(
      "Take Telegram's updates at POST /telegram/webhook and serve the job API, /health, /ready and /metrics.",
    )
    .option("-p, --port <number>", "port to listen on (PORT, default 8000)", port)
    .option("--host <address>", "address to listen on (HOST, default 0.0.0.0)")
    .addHelpText(
      "after",
      helpEnding({
        variables: [
          ...variables.services,
          ...variables.telegram,
          ...variables.secret,
          ...variables.apiToken,
          ["PREVIEW_BASE_URL", "public address of the preview server, for links in the job API"],
          ...variables.listen,
          ...variables.tracing,
          ...variables.log,
        ],
        exits: [0, 1, 2, 10, 11, 12],
      }),
    )
    .action(async (flags: { port?: number; host?: string }) => {
      const { parseServeApi, serveApi } = await import("../src/mod.ts");
      const config = parseServeApi(withFlags(context.env, { PORT: flags.port, HOST: flags.host }));
      await serveApi(config, { logger: await openLogger(context), signal: context.signal });
    });
}
