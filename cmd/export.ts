import type { Command } from "commander";
import type { SiteId } from "../src/mod.ts";
import type { CommandContext } from "./context.ts";
import { positiveInteger, siteId, withFlags } from "./flags.ts";
import { helpEnding, variables } from "./help-text.ts";

interface ExportFlags {
  revision?: number;
  out?: string;
  singleFile?: true;
  dataDir?: string;
}

const description = `Copy a published page out of the previews directory, with its other pages, pictures and fonts. It shows the
same without a server. With --single-file each page carries everything in itself.`;

export function registerExport(program: Command, context: CommandContext): void {
  program
    .command("export")
    .summary("copy a published page to a directory, a ZIP or one file")
    .description(description)
    .argument("<site>", "id of the site, or a link to it", siteId)
    .option("--revision <number>", "another revision than the current one", positiveInteger)
    .option("--out <path>", "directory, or file ending in .zip or, for one page with --single-file, in .html")
    .option("--single-file", "pictures, fonts and styles inside the page")
    .option("--data-dir <dir>", "directory of the embedded mode (ORCHESTRATOR_DATA_DIR)")
    .addHelpText(
      "after",
      helpEnding({
        variables: [variables.preview[1], variables.embeddedOrServices[2]],
        exits: [0, 1, 2, 10, 15],
      }),
    )
    .action(async (site: SiteId, flags: ExportFlags) => {
      const { exportRevision, parseServePreview, writeExport } = await import("../src/mod.ts");
      const { preview } = parseServePreview(withFlags(context.env, { ORCHESTRATOR_DATA_DIR: flags.dataDir }));
      const { revision, files } = await exportRevision(preview.path, site, flags);
      const name = `page-${site.slice(0, 6)}-r${revision}`;
      const target = flags.out ?? (flags.singleFile && files.size === 1 ? `${name}.html` : name);
      await writeExport(files, target);
      context.stdout.write(`${target}\n`);
    });
}
