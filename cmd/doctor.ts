import type { Command } from "commander";
import type { Diagnosis } from "../src/mod.ts";
import type { CommandContext } from "./context.ts";
import { withFlags } from "./flags.ts";
import { helpEnding, variables } from "./help-text.ts";
import { toCell } from "./table.ts";

const marks = {
  ok: ["ok", 32],
  warning: ["warn", 33],
  problem: ["FAIL", 31],
  skipped: ["-", 2],
} as const;

export function registerDoctor(program: Command, context: CommandContext): void {
  program
    .command("doctor")
    .summary("check configuration and everything it names")
    .description(
      "Check configuration, database, queue, Telegram, AI provider, previews path, preview address and the browser that takes pictures, and say what to do about each problem. Every check runs, each within its own time, and nothing is changed.",
    )
    .option("--ai", "ask the AI provider something small; costs a few tokens")
    .option("--json", "print one JSON object")
    .option("--data-dir <dir>", "directory of the embedded mode (ORCHESTRATOR_DATA_DIR)")
    .addHelpText(
      "after",
      helpEnding({
        variables: [
          ...variables.embeddedOrServices,
          ...variables.telegram,
          ...variables.secret,
          ...variables.ai,
          ...variables.preview,
          ["CHROMIUM_PATH", "a Chromium that takes the pictures of link previews; looked at when it is set"],
        ],
        exits: [[0, "no problem; there may be warnings"], 1, 2, 10, 11, 12, 13, [16, "something does not answer"], 130],
      }),
    )
    .action(async (flags: { ai?: true; json?: true; dataDir?: string }) => {
      const { DoctorError, examine, InterruptedError, parseDoctor } = await import("../src/mod.ts");
      const config = parseDoctor(withFlags(context.env, { ORCHESTRATOR_DATA_DIR: flags.dataDir }));
      const interrupted = new Promise<never>((_, reject) => {
        context.signal.addEventListener("abort", () => reject(new InterruptedError("Interrupted.")), { once: true });
      });
      const found = await Promise.race([examine(config, { askProvider: flags.ai === true }), interrupted]);
      const problems = found.filter(({ level }) => level === "problem");
      context.stdout.write(
        flags.json ? `${JSON.stringify({ healthy: problems.length === 0, checks: found })}\n` : toText(found, context),
      );
      if (problems.length > 0) throw new DoctorError(found);
    });
}

function toText(found: readonly Diagnosis[], { stdout, env }: CommandContext): string {
  const color = stdout.isTTY === true && env["NO_COLOR"] === undefined;
  const width = Math.max(...found.map(({ check }) => check.length));
  return found
    .map(({ check, level, message, advice }) => {
      const [word, code] = marks[level];
      const mark = color ? `\u001b[${code}m${word.padEnd(4)}\u001b[0m` : word.padEnd(4);
      const remedy = advice === undefined ? "" : `${" ".repeat(width + 8)}${toCell(advice)}\n`;
      return `${mark}  ${check.padEnd(width)}  ${toCell(message)}\n${remedy}`;
    })
    .join("");
}
