import type { Command } from "commander";
import type { SiteId } from "../src/mod.ts";
import type { CommandContext } from "./context.ts";
import { siteId, withFlags } from "./flags.ts";
import { helpEnding, variables } from "./help-text.ts";

interface TakedownFlags {
  json?: true;
  dataDir?: string;
}

const description = `Take a site down for good. All its addresses answer 410 within a second, its files are deleted, the
same pages and pictures can be published under no address again, and what waits or runs for it is cancelled. Where the
files are not on this machine a worker does it.`;

export function registerTakedown(program: Command, context: CommandContext): void {
  program
    .command("takedown")
    .summary("take a site down for good")
    .description(description)
    .argument("<site>", "id of the site, or a link to it", siteId)
    .option("--json", "print one JSON object")
    .option("--data-dir <dir>", "directory of the embedded mode (ORCHESTRATOR_DATA_DIR)")
    .addHelpText(
      "after",
      helpEnding({
        variables: [variables.database[0], variables.preview[1], variables.embeddedOrServices[2]],
        exits: [0, 1, 2, 10, 11, 15, [16, "no worker has done it yet; it is recorded"], 130],
      }),
    )
    .action(async (site: SiteId, flags: TakedownFlags) => {
      const { parseStoredSites, takeDown } = await import("../src/mod.ts");
      const config = parseStoredSites(withFlags(context.env, { ORCHESTRATOR_DATA_DIR: flags.dataDir }));
      const { forbidden, already, warning } = await takeDown(config, site, context.signal);
      if (flags.json) {
        context.stdout.write(`${JSON.stringify({ siteId: site, takenDown: true, forbidden: forbidden ?? null })}\n`);
      } else {
        const count = forbidden === 1 ? "1 file" : `${forbidden} files`;
        const files = forbidden ? ` ${count} can never be published again.` : "";
        context.stdout.write(already ? `${site} was down already.\n` : `${site} is down.${files}\n`);
      }
      if (warning) context.stderr.write(`The database was not told: ${warning}\n`);
    });
}
