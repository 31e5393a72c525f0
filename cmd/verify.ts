import type { Command } from "commander";
import type { BundleVerdict } from "../src/mod.ts";
import type { CommandContext } from "./context.ts";
import { positiveInteger, siteReference, withFlags } from "./flags.ts";
import { helpEnding, variables } from "./help-text.ts";

interface VerifyFlags {
  revision?: number;
  json?: true;
  dataDir?: string;
}

const description = `Hash every file of a published revision again and compare it with the manifest, and send its pages
and drawings through the sanitizer again: one that lets a script run or asks another server for something does not come
out as it went in. The files are read from this machine's previews directory.`;

export function registerVerify(program: Command, context: CommandContext): void {
  program
    .command("verify")
    .summary("prove that a published page is what its manifest says, and safe")
    .description(description)
    .argument("<site>", "id of the site, or a link to it or to one of its revisions", siteReference)
    .option("--revision <number>", "another revision than the current one", positiveInteger)
    .option("--json", "print one JSON object")
    .option("--data-dir <dir>", "directory of the embedded mode (ORCHESTRATOR_DATA_DIR)")
    .addHelpText(
      "after",
      helpEnding({
        variables: [variables.preview[1], variables.embeddedOrServices[2]],
        exits: [0, 1, 2, 10, [14, "the files are not what the manifest says, or not safe"], 15],
      }),
    )
    .action(async (named: ReturnType<typeof siteReference>, flags: VerifyFlags) => {
      const { BundleError, parseServePreview, verifyBundle } = await import("../src/mod.ts");
      const { preview } = parseServePreview(withFlags(context.env, { ORCHESTRATOR_DATA_DIR: flags.dataDir }));
      const verdict = await verifyBundle(preview.path, named.siteId, flags.revision ?? named.revision);
      context.stdout.write(flags.json ? `${JSON.stringify(verdict)}\n` : toText(verdict));
      if (verdict.problems.length > 0) throw new BundleError("This revision is not what was published.");
    });
}

function toText({ problems, ...verdict }: BundleVerdict): string {
  const wrong = new Set(problems.map((problem) => problem.slice(0, problem.indexOf(": ")))).size;
  const rows: [string, string | number][] = [
    ["site", verdict.siteId],
    ["revision", verdict.revision],
    ["manifest", `sha256 ${verdict.manifest}`],
    ["files", `${verdict.files}, ${verdict.bytes} bytes`],
    ["hashes", wrong === 0 ? "all as on the manifest" : `${wrong} files with problems`],
    ["documents", `${verdict.documents}, sanitized again`],
    ["scripts", verdict.scripts],
    ["outside requests", verdict.outsideRequests],
  ];
  return [...rows.map(([name, value]) => `${name.padEnd(16)}  ${value}`), ...problems, ""].join("\n");
}
