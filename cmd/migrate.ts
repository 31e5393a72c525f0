import type { Command } from "commander";
import type { CommandContext } from "./context.ts";
import { helpEnding, variables } from "./help-text.ts";

export function registerMigrate(program: Command, context: CommandContext): void {
  program
    .command("migrate")
    .summary("apply pending database migrations")
    .description("Apply pending migrations to Postgres. Safe to run from several processes at once.")
    .option("--status", "list the migrations and change nothing")
    .addHelpText("after", helpEnding({ variables: variables.database, exits: [0, 1, 2, 10, 11] }))
    .action(async (flags: { status?: true }) => {
      const { openMigrations, parseMigrate } = await import("../src/mod.ts");
      await using migrations = await openMigrations(parseMigrate(context.env));
      if (flags.status) {
        for (const { name, appliedAt } of await migrations.status()) {
          context.stdout.write(
            `${name}  ${appliedAt === undefined ? "pending" : `applied ${appliedAt.toISOString()}`}\n`,
          );
        }
        return;
      }
      const applied = await migrations.apply();
      context.stdout.write(
        applied.length === 0 ? "The schema is current.\n" : applied.map((name) => `applied ${name}\n`).join(""),
      );
    });
}
