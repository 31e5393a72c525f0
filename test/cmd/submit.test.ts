import { afterAll, beforeAll, describe, expect, setDefaultTimeout, test } from "bun:test";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { migrate } from "../../src/db/migrate.ts";
import { openPostgres } from "../../src/db/postgres.ts";
import { createPostgresDatabase } from "../helpers/database.ts";
import { runsIntegration } from "../helpers/integration.ts";
import { runOrchestrator } from "../helpers/orchestrator-process.ts";
import { samplePng } from "../helpers/sample-picture.ts";
import { runCommand } from "./run-command.ts";

setDefaultTimeout(120_000);

let directory: string;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "orchestrator-test-"));
  await Bun.write(join(directory, "logo.png"), samplePng(900, 600));
  await Bun.write(join(directory, "menu.pdf"), "%PDF-1.7");
  await Bun.write(join(directory, "bomb.png"), samplePng(30_000, 30_000));
});
afterAll(() => rm(directory, { recursive: true }));

function submit(...args: string[]) {
  return runCommand(["submit", "--data-dir", join(directory, "data"), ...args]);
}

describe("submit --picture", () => {
  test("puts the picture on the page, in WebP and without what was hidden in it", async () => {
    const out = join(directory, "page");
    const { status, stderr } = await submit(
      "--picture",
      join(directory, "logo.png"),
      "--out",
      out,
      "A bakery in Lisbon",
    );
    expect([status, stderr.includes("picture")]).toEqual([0, false]);
    const pictures = (await readdir(join(out, "assets"))).filter((name) => name.endsWith(".webp"));
    expect(pictures.length).toBeGreaterThan(0);
    const page = await Bun.file(join(out, "index.html")).text();
    expect(pictures.filter((name) => page.includes(name)).length).toBeGreaterThan(0);
    for (const name of pictures) {
      expect(await Bun.file(join(out, "assets", name)).text()).not.toContain("taken at");
    }
  });

  test.each([
    ["nowhere.png", "is no file"],
    [".", "is no file"],
    ["menu.pdf", "cannot be read as a picture"],
    ["bomb.png", "is too large"],
  ])("is wrong usage with %s, which %s", async (name, problem) => {
    const { status, stdout, stderr } = await submit("--picture", join(directory, name), "A bakery");
    expect([status, stdout]).toEqual([2, ""]);
    expect(stderr).toContain(problem);
  });

  test("is wrong usage more than ten times", async () => {
    const flags = Array.from({ length: 11 }, () => ["--picture", join(directory, "logo.png")]).flat();
    const { status, stderr } = await submit(...flags, "A bakery");
    expect([status, stderr.includes("10 pictures")]).toEqual([2, true]);
  });
});

test("interrupted while the database starts it says so, and ends with 130", async () => {
  const interruption = new AbortController();
  const running = runCommand(["submit", "--data-dir", join(directory, "interrupted"), "A page about trains"], {
    signal: interruption.signal,
  });
  interruption.abort();
  expect(await running).toEqual({ status: 130, stdout: "", stderr: "orchestrator: Interrupted.\n" });
});

describe("what is said of a job that is left", () => {
  const prompt = "A page about trains";

  test("embedded, after --timeout: which commands go on with it", async () => {
    const silent = Bun.serve({ port: 0, hostname: "127.0.0.1", fetch: () => new Promise<Response>(() => undefined) });
    const { status, stderr } = await runCommand(
      ["submit", "--timeout", "1", "--data-dir", join(directory, "timeout"), prompt],
      { env: { AI_PROVIDER: "openai", AI_BASE_URL: silent.url.origin, AI_MODEL: "silent" } },
    );
    await silent.stop(true);
    expect(status).toBe(16);
    expect(stderr).toMatch(
      /Not finished within 1 s; job [0-9a-f-]{36} goes on with the next `submit` or `up` in this data directory\.\n$/,
    );
  });

  test.skipIf(!runsIntegration("submit --timeout with Postgres"))(
    "with services, after --timeout: that it waits for a worker; in a pipe, where logs are JSON",
    async () => {
      await using database = await createPostgresDatabase();
      await using db = openPostgres({ url: database.url });
      await migrate(db);
      const { status, stderr } = await runOrchestrator(["submit", "--timeout", "1", prompt], {
        env: {
          DATABASE_URL: database.url,
          RABBITMQ_URL: "amqp://127.0.0.1:9",
          PREVIEW_BASE_URL: "http://127.0.0.1:9",
          LOG_LEVEL: "warning",
        },
      });
      expect(status).toBe(16);
      expect(stderr).toMatch(/; job [0-9a-f-]{36} is queued and waits for a worker\.\n$/);
      const logged = stderr.split("\n").filter((line) => line.startsWith("{"));
      expect(logged.map((line) => JSON.parse(line).level)).toContain("warn");
      expect(stderr).not.toContain("WARN");
    },
  );

  test.each(["plain", "a b"])("with --no-wait: how to go on in the data directory %j", async (name) => {
    const data = join(directory, name);
    const { status, stderr } = await runCommand(["submit", "--no-wait", "--data-dir", data, prompt]);
    expect(status).toBe(0);
    const quoted = name === "plain" ? data : `"${data}"`;
    expect(stderr).toContain(`To work on it, run: ORCHESTRATOR_DATA_DIR=${quoted} npx -y bun@1.4.5 run start up\n`);
  });

  test.each(["/proc/nope", "/dev/null", "/proc"])(
    "nothing is recorded when pages cannot be written to %s",
    async (path) => {
      const env = { ORCHESTRATOR_DATA_DIR: join(directory, "unwritable"), PREVIEWS_PATH: path };
      const { status, stdout, stderr } = await runCommand(["submit", prompt], { env });
      expect([status, stdout]).toEqual([10, ""]);
      expect(stderr).toMatch(/^orchestrator: [^\n]+ previews directory \/(proc|dev)\S* [^\n]+\n$/);
      expect(JSON.parse((await runCommand(["jobs", "list", "--json"], { env })).stdout)).toEqual([]);
    },
  );
});

describe("a prompt or a number that cannot be", () => {
  test("more than a prompt on standard input is told as more, not counted", async () => {
    const { status, stderr } = await runCommand(["submit", "-"], { stdin: "x".repeat(2 * 1024 * 1024) });
    expect([status, stderr]).toEqual([
      2,
      "orchestrator: Standard input holds more than 1 MiB; a prompt has at most 16384 characters.\n",
    ]);
  });

  test("no prompt: the example is a command that works here", async () => {
    const { status, stderr } = await runCommand(["submit"]);
    expect(status).toBe(2);
    expect(stderr).toContain('npx -y bun@1.4.5 run start submit "Create a landing page for a coffee shop"');
  });

  test.each(["0", "99999999", "soon"])("--timeout %s: both bounds are told", async (timeout) => {
    const { status, stderr } = await runCommand(["submit", "--timeout", timeout, "A page"]);
    expect(status).toBe(2);
    expect(stderr).toContain("a number of seconds above 0 and below 1000000");
  });
});
