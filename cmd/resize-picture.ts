import type { Command } from "commander";
import type { CommandContext } from "./context.ts";

/** Not for people: what a worker runs for each picture, so that a hostile one has a process to itself. */
export function registerResizePicture(program: Command, { stdin, stdout }: CommandContext): void {
  program
    .command("resize-picture", { hidden: true })
    .description("Read a picture on standard input and print it in several sizes, for the worker.")
    .action(async () => {
      const { answerWithPicture } = await import("../src/mod.ts");
      stdout.write(await answerWithPicture(stdin));
    });
}
