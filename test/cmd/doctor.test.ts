import { afterAll, beforeAll, expect, setDefaultTimeout, test } from "bun:test";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { executablePath, hasChromium } from "../helpers/chromium.ts";
import { postgresUrl, runsIntegration } from "../helpers/integration.ts";
import { openTelegramServer } from "../helpers/telegram-server.ts";
import { runCommand } from "./run-command.ts";

setDefaultTimeout(120_000);

let directory: string;
/** Takes connections and never says a word. */
let silent: Server;
let silentPort: number;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "orchestrator-doctor-"));
  silent = createServer(() => undefined);
  await new Promise<void>((listening) => silent.listen(0, "127.0.0.1", listening));
  silentPort = (silent.address() as { port: number }).port;
});
afterAll(async () => {
  silent.close();
  await rm(directory, { recursive: true });
});

interface Report {
  healthy: boolean;
  checks: { check: string; level: string; message: string; advice?: string; exitStatus?: number }[];
}

async function doctor(env: Record<string, string>, ...flags: string[]) {
  const { status, stdout, stderr } = await runCommand(["doctor", "--json", ...flags], { env });
  return { status, text: stdout + stderr, ...(JSON.parse(stdout) as Report) };
}

test("an empty environment is healthy, embedded, and is left as it was", async () => {
  const { status, healthy, checks } = await doctor({ ORCHESTRATOR_DATA_DIR: join(directory, "none") });
  expect([status, healthy]).toEqual([0, true]);
  expect(checks.map(({ check }) => check)).toEqual([
    "configuration",
    "database",
    "queue",
    "telegram",
    "ai provider",
    "previews path",
    "preview url",
  ]);
  expect(await Bun.file(join(directory, "none")).exists()).toBe(false);
});

test("malformed tokens are told, and not called missing", async () => {
  const { status, checks, text } = await doctor({
    ORCHESTRATOR_DATA_DIR: directory,
    TELEGRAM_BOT_TOKEN: "SECRET TOK",
    API_TOKEN: " ",
  });
  expect(status).toBe(10);
  const problems = checks.filter(({ level }) => level === "problem").map(({ message }) => message);
  expect(problems).toEqual([
    "TELEGRAM_BOT_TOKEN does not look like a token of @BotFather.",
    "API_TOKEN cannot be sent by a client.",
  ]);
  expect(text).not.toContain("is not set");
  expect(text).not.toContain("SECRET TOK");
});

test("a browser that is not there, or is none, takes no picture", async () => {
  for (const path of [join(directory, "missing"), "/bin/true"]) {
    const { status, checks } = await doctor({ ORCHESTRATOR_DATA_DIR: directory, CHROMIUM_PATH: path });
    expect([status, checks.find(({ check }) => check === "chromium")?.level]).toEqual([10, "problem"]);
  }
});

test.skipIf(!hasChromium)("a browser that takes pictures is told", async () => {
  const { status, checks } = await doctor({ ORCHESTRATOR_DATA_DIR: directory, CHROMIUM_PATH: executablePath });
  expect(status).toBe(0);
  expect(checks.find(({ check }) => check === "chromium")?.message).toMatch(/ takes a picture in [\d.]+ s\.$/);
});

test("a problem is told apart from what to do about it", async () => {
  const { checks } = await doctor({
    ORCHESTRATOR_DATA_DIR: directory,
    TELEGRAM_BOT_TOKEN: "1:a",
    TELEGRAM_API_ROOT: "http://127.0.0.1:9",
  });
  expect(checks.find(({ check }) => check === "telegram")).toMatchObject({
    message: "Telegram at 127.0.0.1:9 does not serve us (no answer from Telegram (ECONNREFUSED)).",
    advice: "Check TELEGRAM_API_ROOT, and what is on the way: firewall, proxy, DNS.",
  });
});

test.skipIf(!runsIntegration("a refused database"))(
  "a user whom Postgres refuses is told what to look at",
  async () => {
    const url = new URL(postgresUrl);
    url.username = "nobody_at_all";
    const { checks } = await doctor({ DATABASE_URL: url.href, RABBITMQ_URL: "amqp://127.0.0.1:9" });
    expect(checks.find(({ check }) => check === "database")).toMatchObject({
      message: expect.stringMatching(/ refused a statement \(SQLSTATE 28\w+\)\.$/),
      advice: expect.stringMatching(/ DATABASE_URL (may not connect|is wrong)\.$/),
    });
  },
);

test("the mock provider answers when asked", async () => {
  const { checks } = await doctor({ ORCHESTRATOR_DATA_DIR: directory }, "--ai");
  expect(checks.find(({ check }) => check === "ai provider")?.message).toMatch(/^mock, .* answers after \d+ ms/);
});

test("everything that is wrong is told at once, each with what to do, and no secret", async () => {
  await using telegram = openTelegramServer();
  const { status, healthy, checks, text } = await doctor({
    DATABASE_URL: "postgres://orchestrator:hush@127.0.0.1:9/none",
    RABBITMQ_URL: "amqp://orchestrator:hush@127.0.0.1:9",
    TELEGRAM_BOT_TOKEN: "1:wrong-token",
    TELEGRAM_SECRET_TOKEN: "hush",
    TELEGRAM_API_ROOT: telegram.url,
    PREVIEW_BASE_URL: "http://127.0.0.1:9",
    PREVIEWS_PATH: join(directory, "missing"),
    WORKER_CONCURRENCY: "many",
  });
  expect([status, healthy]).toEqual([10, false]);
  const problems = checks.filter(({ level }) => level === "problem");
  expect(problems.map(({ check, exitStatus }) => [check, exitStatus])).toEqual([
    ["configuration", 10],
    ["database", 11],
    ["queue", 12],
    ["telegram", 10],
    ["previews path", 10],
    ["preview url", 10],
  ]);
  for (const { advice } of problems) expect(advice).toMatch(/\w/);
  expect(text).not.toMatch(/hush|wrong-token/);
});

test("the status is that of the worst problem", async () => {
  const { status } = await doctor(
    {
      ORCHESTRATOR_DATA_DIR: directory,
      AI_PROVIDER: "openai",
      AI_BASE_URL: "http://127.0.0.1:9",
    },
    "--ai",
  );
  expect(status).toBe(13);
});

test("what takes connections and never answers is told too, within its time", async () => {
  const { status, checks } = await doctor({
    DATABASE_URL: `postgres://127.0.0.1:${silentPort}/none`,
    RABBITMQ_URL: `amqp://127.0.0.1:${silentPort}`,
    TELEGRAM_BOT_TOKEN: "1:a",
    TELEGRAM_SECRET_TOKEN: "s",
    TELEGRAM_API_ROOT: `http://127.0.0.1:${silentPort}`,
    PREVIEW_BASE_URL: `http://127.0.0.1:${silentPort}`,
    PREVIEWS_PATH: directory,
  });
  expect(status).not.toBe(0);
  const problems = checks.filter(({ level }) => level === "problem").map(({ check }) => check);
  expect(problems).toEqual(["database", "queue", "telegram", "preview url"]);
});

test("a page server that is somebody else's, and a domain shared with the API, are told", async () => {
  await using telegram = openTelegramServer();
  const other = Bun.serve({ port: 0, hostname: "127.0.0.1", fetch: () => new Response("hello") });
  const env = {
    ORCHESTRATOR_DATA_DIR: directory,
    TELEGRAM_BOT_TOKEN: telegram.token,
    TELEGRAM_SECRET_TOKEN: "s",
    TELEGRAM_API_ROOT: telegram.url,
    PREVIEW_BASE_URL: other.url.origin,
  };
  await runCommand(["webhook", "set", "http://127.0.0.1:8443"], { env });
  const { checks } = await doctor(env);
  await other.stop(true);
  const messages = checks.filter(({ check }) => check === "preview url").map(({ message }) => message);
  expect(messages).toEqual([
    `${other.url.origin} answers 200, and is not our preview server.`,
    "Pages and API share the domain 127.0.0.1.",
  ]);
});
