import type { Command } from "commander";

/**
 * `help` of the program and of each command that has commands. Commander's own answers a name it does not know with
 * the general help and no word about the name.
 */
export function registerHelp(program: Command): void {
  for (const parent of [program, ...program.commands.filter(({ commands }) => commands.length > 0)]) {
    parent.helpCommand(false);
    parent
      .command("help")
      .summary("print the help of a command")
      .argument("[command...]", "name of the command")
      .action((names: string[]) => {
        let named = parent;
        for (const name of names) {
          const next = named.commands.find((command) => command.name() === name);
          if (next === undefined) return named.error(`error: there is no command '${name}'`);
          named = next;
        }
        named.help();
      });
  }
}
