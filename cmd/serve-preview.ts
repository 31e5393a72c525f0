import type { Command } from "commander";
import type { CommandContext } from "./context.ts";
import { port, withFlags } from "./flags.ts";
import { helpEnding, variables } from "./help-text.ts";
import { openLogger } from "./logging.ts";

export function registerServePreview(program: Command, context: CommandContext): void {
  program
    .command("serve-preview")
    .summary("serve the published pages")
    .description("Serve the published pages, each with headers that let nothing run and nothing leave.")
    .option("-p, --port <number>", "port to listen on (PORT, default 8001)", port)
    .option("--host <address>", "address to listen on (HOST, default 127.0.0.1; with PREVIEWS_PATH 0.0.0.0)")
    .addHelpText(
      "after",
      helpEnding({
        variables: [
          ...variables.preview,
          ["ORCHESTRATOR_DATA_DIR", "where the embedded mode keeps its pages, used without PREVIEWS_PATH"],
          ...variables.listen,
          ...variables.log,
        ],
        exits: [0, 1, 2, 10],
      }),
    )
    .action(async (flags: { port?: number; host?: string }) => {
      const { parseServePreview, servePreview } = await import("../src/mod.ts");
      const config = parseServePreview(withFlags(context.env, { PORT: flags.port, HOST: flags.host }));
      await servePreview(config, { logger: await openLogger(context), signal: context.signal });
    });
}
