import { Command, CommanderError } from "commander";
import packageJson from "../package.json" with { type: "json" };
import type { CommandContext } from "./context.ts";
import { registerDoctor } from "./doctor.ts";
import { registerExport } from "./export.ts";
import { registerHealth } from "./health.ts";
import { registerHelp } from "./help.ts";
import { registerJobs } from "./jobs.ts";
import { registerMigrate } from "./migrate.ts";
import { registerPrune } from "./prune.ts";
import { registerReplay } from "./replay.ts";
import { registerResizePicture } from "./resize-picture.ts";
import { registerSanitize } from "./sanitize.ts";
import { registerServeApi } from "./serve-api.ts";
import { registerServePreview } from "./serve-preview.ts";
import { registerSubmit } from "./submit.ts";
import { registerTakedown } from "./takedown.ts";
import { registerUp } from "./up.ts";
import { registerVerify } from "./verify.ts";
import { registerWebhook } from "./webhook.ts";
import { registerWork } from "./work.ts";

/** @returns The exit status. */
export async function run(args: readonly string[], context: CommandContext): Promise<number> {
  const program = new Command("orchestrator")
    .description("One sentence in, one live and safe web page out.")
    .version(packageJson.version, "-V, --version", "print the version")
    .helpOption("-h, --help", "print this help")
    .showHelpAfterError("(add --help for what is possible)")
    .configureHelp({
      showGlobalOptions: false,
      // Paragraphs are wrapped for the terminal, not where the source wraps them.
      commandDescription: (command) => command.description().replace(/(?<!\n)\n(?!\n)/g, " "),
    })
    .configureOutput({
      writeOut: (text) => void context.stdout.write(text),
      writeErr: (text) => void context.stderr.write(text),
      getOutHasColors: () => false,
      getErrHasColors: () => false,
    })
    .exitOverride();
  for (const register of [
    registerSubmit,
    registerUp,
    registerServeApi,
    registerWork,
    registerServePreview,
    registerMigrate,
    registerJobs,
    registerWebhook,
    registerDoctor,
    registerPrune,
    registerVerify,
    registerTakedown,
    registerHealth,
    registerExport,
    registerReplay,
    registerSanitize,
    registerResizePicture,
  ]) {
    register(program, context);
  }
  registerHelp(program);
  try {
    await program.parseAsync(args, { from: "user" });
    return 0;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    return report(error, context);
  }
}

async function report(thrown: unknown, { stderr, signal }: CommandContext): Promise<number> {
  const { InterruptedError, OrchestratorError } = await import("../src/mod.ts");
  // Whatever was under way when the signal came, and gave up because of it.
  const error = signal.aborted && thrown === signal.reason ? new InterruptedError("Interrupted.") : thrown;
  if (error instanceof OrchestratorError) {
    stderr.write(`orchestrator: ${error.message}\n`);
    return error.exitStatus;
  }
  const stack = error instanceof Error ? error.stack : String(error);
  stderr.write(`orchestrator: this is a bug, please report it with the lines below\n${stack}\n`);
  return 1;
}
