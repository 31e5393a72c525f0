import { afterAll, beforeAll, expect, setDefaultTimeout, test } from "bun:test";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "drizzle-orm";
import { migrate } from "../../src/db/migrate.ts";
import { openPglite } from "../../src/db/pglite.ts";
import type { JobId } from "../../src/ids.ts";
import { claimJob } from "../../src/jobs/claim-job.ts";
import { endAttempt } from "../../src/jobs/end-attempt.ts";
import { submitJob } from "../../src/jobs/submit-job.ts";
import { runCommand } from "./run-command.ts";

setDefaultTimeout(60_000);

const prompt = "a page for the Marmalade Observatory";
let directory: string;
let failed: JobId;
let waiting: JobId;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "orchestrator-jobs-"));
  await using db = await openPglite(directory);
  await migrate(db);
  failed = (await submitJob(db, { prompt, tenant: "telegram:7" })).jobId;
  const claimed = await claimJob(db, { name: "w:1", lockKey: 1, provider: "mock" }, { redelivered: false });
  if (claimed === undefined) throw new Error("not claimed");
  const error = { code: "provider_unauthorized", message: "The key is wrong." };
  await endAttempt(
    db,
    claimed,
    { kind: "failed", error },
    { provider: "mock", model: "m", inputTokens: 3, outputTokens: 0 },
  );
  await db.query(sql`update jobs set created_at = now() - interval '2 days' where id = ${failed}::uuid`);
  waiting = (await submitJob(db, { prompt: "line\u001b[31m one\nline two", tenant: "api" })).jobId;
});
afterAll(() => rm(directory, { recursive: true }));

const jobs = (args: readonly string[], options: { terminal?: boolean; columns?: number } = {}) =>
  runCommand(["jobs", ...args], { env: { ORCHESTRATOR_DATA_DIR: directory }, ...options });

test("list gives one line a job, the latest first, with tabs and without prompts", async () => {
  const { status, stdout } = await jobs(["list"]);
  expect(status).toBe(0);
  const lines = stdout
    .trimEnd()
    .split("\n")
    .map((line) => line.split("\t"));
  expect(lines.map(([id, state, tenant]) => [id, state, tenant])).toEqual([
    [waiting, "queued", "api"],
    [failed, "failed", "telegram:7"],
  ]);
  expect(lines[1]?.at(-1)).toBe("provider_unauthorized");
  expect(stdout).not.toContain("Marmalade");
});

test("on a terminal the table has a header and fits", async () => {
  const { stdout } = await jobs(["list", "--prompt"], { terminal: true, columns: 110 });
  const [header, first] = stdout.split("\n");
  expect(header).toMatch(/^ID +STATUS +AGE +TRIES +PROMPT +TENANT$/);
  expect(first).toMatch(/ {2}0?[0-9]+[sm] {2,}0 +line\[31m one/);
  for (const line of stdout.split("\n")) expect(Bun.stringWidth(line)).toBeLessThanOrEqual(110);
});

test("a tenant that does not fit is left out, and shown where it does", async () => {
  const list = async (columns: number) => (await jobs(["list", "--prompt"], { terminal: true, columns })).stdout;
  expect(await list(80)).toMatch(/^ID +STATUS +AGE +TRIES +PROMPT\n/);
  expect(await list(120)).toMatch(/^ID +STATUS +AGE +TRIES +PROMPT +TENANT\n/);
  for (const line of (await list(80)).split("\n")) expect(Bun.stringWidth(line)).toBeLessThanOrEqual(80);
  expect((await jobs(["list"], { terminal: true, columns: 100 })).stdout).toContain("  telegram:7\n");
});

test.each([
  [["--status", "failed,cancelled"], "failed"],
  [["--status", "queued"], "waiting"],
  [["--tenant", "telegram:7"], "failed"],
  [["--since", "1d"], "waiting"],
  [["--limit", "1"], "waiting"],
])("list %j filters", async (flags, which) => {
  const { stdout } = await jobs(["list", "--json", ...flags]);
  const found = JSON.parse(stdout) as { id: string; prompt?: string }[];
  expect(found.map(({ id }) => id)).toEqual([which === "failed" ? failed : waiting]);
  expect(found[0]).not.toHaveProperty("prompt");
});

test("a filter that means nothing is a usage error", async () => {
  for (const flags of [
    ["--status", "lost"],
    ["--since", "tomorrow-ish"],
    ["--site", "../etc"],
    ["--limit", "0"],
  ])
    expect((await jobs(["list", ...flags])).status).toBe(2);
});

test("show tells of every attempt, and of the prompt only when asked", async () => {
  const plain = await jobs(["show", failed]);
  expect(plain.stdout).toContain("provider_unauthorized: The key is wrong.");
  expect(plain.stdout).toMatch(/1\tfailed\tw:1\tm\t/);
  expect(plain.stdout).not.toContain("Marmalade");
  const asked = await jobs(["show", failed, "--json", "--prompt"]);
  expect(JSON.parse(asked.stdout)).toMatchObject({
    id: failed,
    prompt,
    tenant: "telegram:7",
    attempts: [{ number: 1, status: "failed", errorCode: "provider_unauthorized" }],
  });
});

test("an unknown job is 15, also beside a known one that is dealt with", async () => {
  const unknown = "019ab000-0000-7000-8000-000000000000";
  expect((await jobs(["show", unknown])).status).toBe(15);
  expect((await jobs(["show", "nonsense"])).status).toBe(15);
  expect(await jobs(["cancel", unknown, waiting])).toMatchObject({
    status: 15,
    stdout: `${unknown}\tnot_found\n${waiting}\tcancelled\n`,
  });
  expect(await jobs(["cancel", waiting])).toEqual({
    status: 2,
    stdout: `${waiting}\trefused\n`,
    stderr: `orchestrator: Only queued and running jobs can be cancelled: ${waiting} is cancelled.\n`,
  });
});

test("retry gives a failed job all its attempts again, once", async () => {
  expect(await jobs(["retry", failed, "--json"])).toMatchObject({
    status: 0,
    stdout: `${JSON.stringify([{ id: failed, result: "queued" }])}\n`,
  });
  expect(await jobs(["retry", failed])).toEqual({
    status: 2,
    stdout: `${failed}\trefused\n`,
    stderr: `orchestrator: Only failed and cancelled jobs can be retried: ${failed} is queued.\n`,
  });
  const { stdout } = await jobs(["show", failed, "--json"]);
  expect(JSON.parse(stdout)).toMatchObject({ status: "queued", attempt: 0, error: null, finishedAt: null });
});
