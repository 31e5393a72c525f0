import { afterEach, beforeEach, describe, expect, test } from "bun:test";
import { allowedUpdates } from "../../src/telegram/intake.ts";
import { openTelegramServer, type TelegramServer } from "../helpers/telegram-server.ts";
import { text } from "../helpers/update.ts";
import { type CommandResult, runCommand } from "./run-command.ts";

let telegram: TelegramServer;

beforeEach(() => {
  telegram = openTelegramServer();
});
afterEach(() => telegram[Symbol.asyncDispose]());

async function webhook(args: string[], env: Record<string, string> = {}): Promise<CommandResult> {
  const result = await runCommand(["webhook", ...args], {
    env: {
      TELEGRAM_BOT_TOKEN: telegram.token,
      TELEGRAM_SECRET_TOKEN: "s3cret",
      TELEGRAM_API_ROOT: telegram.url,
      ...env,
    },
  });
  expect(result.stdout + result.stderr).not.toContain(telegram.token);
  expect(result.stdout + result.stderr).not.toContain("s3cret");
  return result;
}

function parametersOf(method: string): Record<string, unknown> | undefined {
  return telegram.calls.find((call) => call.method === method)?.parameters;
}

describe("webhook set", () => {
  test("registers address, secret and the kinds of updates, and shows what Telegram has", async () => {
    const { status, stdout, stderr } = await webhook(["set", "https://api.example.com"]);
    expect([status, stderr]).toEqual([0, ""]);
    expect(stdout).toContain("url              https://api.example.com/telegram/webhook\n");
    expect(parametersOf("setWebhook")).toEqual({
      url: "https://api.example.com/telegram/webhook",
      secret_token: "s3cret",
      max_connections: 40,
      allowed_updates: [...allowedUpdates],
      drop_pending_updates: false,
    });
    expect(telegram.violations).toEqual([]);
  });

  test("keeps an address as it is given, and waiting updates unless told", async () => {
    await telegram.send(text("waiting"));
    const url = "https://example.com/bot/telegram/webhook";
    const { stdout } = await webhook(["set", url, "--max-connections", "7", "--json"]);
    expect(JSON.parse(stdout)).toEqual({
      url,
      pendingUpdates: 1,
      maxConnections: 7,
      allowedUpdates: [...allowedUpdates],
      advice: [],
    });
    expect(JSON.parse((await webhook(["set", url, "--drop-pending", "--json"])).stdout).pendingUpdates).toBe(0);
  });

  test.each([
    ["http://api.example.com", "https"],
    ["api.example.com", "https"],
    ["https://api.example.com:8000", "8443"],
    ["https://user:pw@api.example.com/", "password"],
  ])("refuses %s", async (url, word) => {
    const { status, stderr } = await webhook(["set", url], { TELEGRAM_API_ROOT: "https://api.telegram.org/" });
    expect(status).toBe(2);
    expect(stderr).toContain(word);
  });

  test("tells all that is not configured at once", async () => {
    const { status, stderr } = await webhook(["set", "https://api.example.com"], {
      TELEGRAM_BOT_TOKEN: "",
      TELEGRAM_SECRET_TOKEN: "",
    });
    expect(status).toBe(10);
    expect(stderr).toContain("TELEGRAM_BOT_TOKEN");
    expect(stderr).toContain("TELEGRAM_SECRET_TOKEN");
  });

  test("says why Telegram does not take an address", async () => {
    telegram.fail({
      method: "setWebhook",
      error: { error_code: 400, description: "Bad Request: bad webhook: Failed to resolve host" },
    });
    const { status, stderr } = await webhook(["set", "https://nowhere.example"]);
    expect(status).toBe(2);
    expect(stderr).toContain("Failed to resolve host");
  });

  test("blames the token when Telegram does not know it", async () => {
    const { status, stderr } = await webhook(["set", "https://api.example.com"], { TELEGRAM_BOT_TOKEN: "1:wrong" });
    expect(status).toBe(10);
    expect(stderr).toContain("@BotFather");
  });

  test("says that Telegram is away", async () => {
    telegram.fail({ http: { status: 502, body: "<html>bad gateway</html>" } });
    const { status, stderr } = await webhook(["set", "https://api.example.com"]);
    expect(status).toBe(16);
    expect(stderr).toContain("try again");
  });

  test("says that Telegram cannot be reached, and what to look at", async () => {
    const root = "http://127.0.0.1:9";
    const { status, stderr } = await webhook(["info"], { TELEGRAM_API_ROOT: root });
    expect([status, stderr]).toEqual([
      16,
      "orchestrator: Telegram could not be used: no answer from Telegram (ECONNREFUSED). Check the network and TELEGRAM_API_ROOT, or try again in a while.\n",
    ]);
  });
});

describe("webhook info", () => {
  test("says that there is none", async () => {
    const { status, stdout } = await webhook(["info"], { TELEGRAM_SECRET_TOKEN: "" });
    expect(status).toBe(0);
    expect(stdout).toContain("No webhook");
    expect(JSON.parse((await webhook(["info", "--json"])).stdout)).toEqual({ url: null, advice: [] });
  });

  test("shows the last failure and what to do about it", async () => {
    await webhook(["set", "https://api.example.com"]);
    telegram.lastError = { at: new Date("2026-11-26T01:02:03Z"), message: "Wrong response from the webhook: 401" };
    const { stdout, stderr } = await webhook(["info"]);
    expect(stdout).toContain("last error       2026-11-26T01:02:03.000Z Wrong response from the webhook: 401\n");
    expect(stderr).toContain("TELEGRAM_SECRET_TOKEN");
  });
});

describe("webhook delete", () => {
  test("stops deliveries and keeps what waits", async () => {
    await webhook(["set", "https://api.example.com"]);
    const { stdout } = await webhook(["delete"]);
    expect(stdout).toBe("deleted https://api.example.com/telegram/webhook\n");
    expect(parametersOf("deleteWebhook")).toEqual({ drop_pending_updates: false });
    expect((await webhook(["delete", "--drop-pending"])).stdout).toBe("There was no webhook.\n");
  });
});
