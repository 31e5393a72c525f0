import type { Command } from "commander";
import type { CommandContext } from "./context.ts";
import { withFlags } from "./flags.ts";
import { helpEnding, variables } from "./help-text.ts";

const words = {
  sites: "expired sites",
  leftovers: "half-written and orphaned bundles",
  updates: "old Telegram updates",
  notifications: "old notifications",
  replies: "expired replies of models",
  pictures: "pictures nobody used",
} as const;

export function registerPrune(program: Command, context: CommandContext): void {
  program
    .command("prune")
    .summary("remove what is of no use any more")
    .description(
      "Remove expired sites, half-written and orphaned bundles, old updates and notifications, and replies of models past their date, in small batches. One of the workers does the same once an hour.",
    )
    .option("--dry-run", "only count")
    .option("--json", "print one JSON object")
    .option("--data-dir <dir>", "directory of the embedded mode (ORCHESTRATOR_DATA_DIR)")
    .addHelpText(
      "after",
      helpEnding({
        variables: [...variables.embeddedOrDatabase, ["PREVIEWS_PATH", "directory of the published pages"]],
        exits: [0, 1, 2, 10, 11, 130],
      }),
    )
    .action(async (flags: { dryRun?: true; json?: true; dataDir?: string }) => {
      const { InterruptedError, parseStoredSites, pruneOnce } = await import("../src/mod.ts");
      const config = parseStoredSites(withFlags(context.env, { ORCHESTRATOR_DATA_DIR: flags.dataDir }));
      const dryRun = flags.dryRun === true;
      const removed = await pruneOnce(config, { dryRun, signal: context.signal });
      if (flags.json) context.stdout.write(`${JSON.stringify({ dryRun, removed })}\n`);
      else context.stdout.write(toText(removed, dryRun));
      if (context.signal.aborted) throw new InterruptedError("Interrupted; the rest is found next time.");
    });
}

function toText(removed: Record<keyof typeof words, number>, dryRun: boolean): string {
  const lines = (Object.keys(words) as (keyof typeof words)[])
    .filter((kind) => removed[kind] > 0)
    .map((kind) => `${dryRun ? "would remove" : "removed"} ${removed[kind]} ${words[kind]}\n`);
  return lines.join("") || "Nothing to remove.\n";
}
