import { afterAll, beforeAll, expect, setDefaultTimeout, test } from "bun:test";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startOrchestrator } from "../helpers/orchestrator-process.ts";

setDefaultTimeout(60_000);

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "orchestrator-up-"));
});
afterAll(() => rm(directory, { recursive: true }));

test.each([
  [{}, true],
  [{ API_TOKEN: "token" }, false],
])("up with %j warns that nothing can reach it: %p", async (env, warns) => {
  await using up = startOrchestrator(["up", "--port", "0", "--preview-port", "0", "--data-dir", directory], env);
  await up.line(({ msg }) => msg === "serving previews");
  const warnings = up.log.filter(({ level }) => level === "warn").map(({ msg }) => msg);
  expect(warnings).toEqual(warns ? ["no bot and no job API: set TELEGRAM_BOT_TOKEN or API_TOKEN"] : []);
});
