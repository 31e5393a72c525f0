import { expect, test } from "bun:test";
import { runCommand } from "./run-command.ts";

test.each([
  [["help", "bogus"], "bogus"],
  [["help", "jobs", "bogus"], "bogus"],
  [["jobs", "help", "bogus"], "bogus"],
  [["replay", "bogus"], "bogus"],
])("%j says what it does not know", async (args, word) => {
  const { status, stdout, stderr } = await runCommand(args);
  expect([status, stdout]).toEqual([2, ""]);
  expect(stderr).toContain(word);
  expect(stderr).not.toContain("Usage:");
});

test.each([
  [["help"], "Usage: orchestrator [options] [command]"],
  [["help", "submit"], "Usage: orchestrator submit [options] [prompt]"],
  [["help", "jobs"], "Usage: orchestrator jobs [options] [command]"],
  [["help", "jobs", "list"], "Usage: orchestrator jobs list [options]"],
  [["jobs", "help"], "Usage: orchestrator jobs [options] [command]"],
  [["jobs", "help", "list"], "Usage: orchestrator jobs list [options]"],
])("%j prints the help of it", async (args, usage) => {
  const { status, stdout, stderr } = await runCommand(args);
  expect([status, stdout.split("\n")[0], stderr]).toEqual([0, usage, ""]);
});
