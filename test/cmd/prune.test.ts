import { expect, setDefaultTimeout, test } from "bun:test";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runCommand } from "./run-command.ts";

setDefaultTimeout(60_000);

test("prune works on a new data directory, and says that there is nothing", async () => {
  const directory = await mkdtemp(join(tmpdir(), "orchestrator-prune-"));
  const env = { ORCHESTRATOR_DATA_DIR: directory };
  expect(await runCommand(["prune"], { env })).toMatchObject({ status: 0, stdout: "Nothing to remove.\n" });
  await rm(directory, { recursive: true });
});
