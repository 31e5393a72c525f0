import { describe, expect, test } from "bun:test";
import {
  parseMigrate,
  parseServeApi,
  parseServePreview,
  parseSubmit,
  parseUp,
  parseWork,
} from "../../src/config/config.ts";
import { ConfigError } from "../../src/errors.ts";

const complete = {
  DATABASE_URL: "postgres://u:hunter2@db:5432/o",
  RABBITMQ_URL: "amqp://u:hunter2@mq:5672",
  TELEGRAM_BOT_TOKEN: "1:abc",
  TELEGRAM_SECRET_TOKEN: "s3cret",
  PREVIEW_BASE_URL: "https://preview.example.com/",
};

function problems(parse: () => unknown): readonly string[] {
  try {
    parse();
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
  return [];
}

describe("problems", () => {
  test("all of them are reported at once, by name", () => {
    const found = problems(() => parseServeApi({ PORT: "99999", LOG_LEVEL: "loud", LOG_FORMAT: "xml" }));
    const required = ["DATABASE_URL", "RABBITMQ_URL", "TELEGRAM_BOT_TOKEN", "TELEGRAM_SECRET_TOKEN"];
    for (const name of [...required, "PORT", "LOG_LEVEL", "LOG_FORMAT"]) {
      expect(found.filter((problem) => problem.startsWith(name))).toHaveLength(1);
    }
  });

  test("no value is ever quoted", () => {
    const secret = "hunter2 with spaces";
    const names = [
      "DATABASE_URL",
      "RABBITMQ_URL",
      "TELEGRAM_BOT_TOKEN",
      "TELEGRAM_SECRET_TOKEN",
      "TELEGRAM_API_ROOT",
      "TELEGRAM_ALLOWED_USERS",
    ];
    const more = [
      "PREVIEW_BASE_URL",
      "AI_PROVIDER",
      "AI_BASE_URL",
      "AI_TIMEOUT",
      "MAX_RETRIES",
      "WORKER_CONCURRENCY",
      "PORT",
    ];
    const env = Object.fromEntries([...names, ...more].map((name) => [name, secret]));
    const found = [
      ...problems(() => parseUp(env)),
      ...problems(() => parseServeApi(env)),
      ...problems(() => parseWork(env)),
    ];
    expect(found.length).toBeGreaterThan(20);
    expect(found.filter((problem) => problem.includes("hunter2"))).toEqual([]);
  });

  test("an empty variable counts as not set", () => {
    expect(problems(() => parseServeApi({ ...complete, TELEGRAM_SECRET_TOKEN: " " }))).toHaveLength(1);
    expect(parseSubmit({ DATABASE_URL: "", RABBITMQ_URL: "" }).storage.mode).toBe("embedded");
  });

  test.each([
    ["MAX_RETRIES", "-1"],
    ["MAX_RETRIES", "1.5"],
    ["MAX_RETRIES", "1e3"],
    ["WORKER_CONCURRENCY", "0"],
    ["AI_TIMEOUT", "0"],
    ["AI_TIMEOUT", "NaN"],
    ["AI_PROVIDER", "claude"],
    ["AI_BASE_URL", "localhost:9000"],
    ["PREVIEW_BASE_URL", "https://a.*.example.com"],
    ["PREVIEW_BASE_URL", "ftp://example.com"],
    ["TELEGRAM_BOT_TOKEN", "a b"],
    ["TELEGRAM_BOT_TOKEN", "SECRET TOK"],
    ["CHROMIUM_PATH", "/nope"],
    ["CHROMIUM_PATH", "/"],
    ["TELEGRAM_ALLOWED_USERS", "@alice"],
    ["DATABASE_URL", "mysql://db/o"],
    ["RABBITMQ_URL", "http://mq"],
  ])("%s=%s is refused", (name, value) => {
    expect(problems(() => parseWork({ ...complete, [name]: value })).map((problem) => problem.split(" ")[0])).toContain(
      name,
    );
  });

  test("a token of the job API that no client could send is a problem, and an empty one is none", () => {
    for (const token of [" ", "two words", "tschüss"]) {
      expect(problems(() => parseUp({ API_TOKEN: token }))).toEqual([expect.stringMatching(/^API_TOKEN /)]);
      expect(problems(() => parseServeApi({ ...complete, API_TOKEN: token }))).toHaveLength(1);
    }
    expect(parseUp({ API_TOKEN: "" }).apiToken).toBeUndefined();
    expect(parseUp({ API_TOKEN: " t0ken\n" }).apiToken).toBe("t0ken");
  });

  test("a browser counts where pages are made, and by its name too", () => {
    const services = { ...complete, CHROMIUM_PATH: "/nope" };
    expect(problems(() => parseUp({ CHROMIUM_PATH: "/nope" }))).toHaveLength(1);
    expect(problems(() => parseSubmit({ CHROMIUM_PATH: "/nope" }))).toHaveLength(1);
    expect(problems(() => parseSubmit(services))).toEqual([]);
    expect(parseWork({ ...complete, PATH: "/usr/bin:/bin", CHROMIUM_PATH: "sh" }).worker.chromiumPath).toBe("sh");
  });

  test("gemini needs a key, openai a key or a server", () => {
    expect(problems(() => parseWork({ ...complete, AI_PROVIDER: "gemini" }))[0]).toStartWith("AI_API_KEY");
    expect(problems(() => parseWork({ ...complete, AI_PROVIDER: "openai" }))[0]).toStartWith("AI_API_KEY");
    expect(
      parseWork({ ...complete, AI_PROVIDER: "openai", AI_BASE_URL: "http://localhost:11434/v1" }).ai.apiKey,
    ).toBeUndefined();
  });

  test("a secret token has the characters Telegram allows", () => {
    expect(problems(() => parseServeApi({ ...complete, TELEGRAM_SECRET_TOKEN: "no spaces" }))[0]).toStartWith(
      "TELEGRAM_SECRET_TOKEN",
    );
    expect(parseServeApi({ ...complete, TELEGRAM_SECRET_TOKEN: "a".repeat(256) }).secretToken).toHaveLength(256);
  });
});

describe("values", () => {
  test("a driver suffix of the database URL is dropped", () => {
    for (const suffix of ["", "+asyncpg", "+psycopg2"]) {
      expect(parseMigrate({ DATABASE_URL: `postgresql${suffix}://u:p@db/o` }).databaseUrl).toBe(
        "postgresql://u:p@db/o",
      );
    }
  });

  test("sites stay for good unless they are given days", () => {
    expect(parseWork(complete).worker.siteTtlMs).toBeUndefined();
    expect(parseWork({ ...complete, SITE_TTL_DAYS: "30" }).worker.siteTtlMs).toBe(2_592_000_000);
    expect(() => parseWork({ ...complete, SITE_TTL_DAYS: "soon" })).toThrow(/SITE_TTL_DAYS/);
  });

  test("the defaults are the documented ones", () => {
    expect(parseWork(complete)).toMatchObject({
      ai: { provider: "mock", timeoutMs: 120_000 },
      worker: { concurrency: 4, maxRetries: 5, retryDelays: { baseMs: 2000, maxMs: 300_000 } },
      telegram: { apiRoot: "https://api.telegram.org", allowedUsers: undefined, dailyLimit: undefined },
      preview: { path: "/previews", baseUrl: "https://preview.example.com" },
    });
    expect(parseServeApi(complete).listen).toEqual({ host: "0.0.0.0", port: 8000 });
    expect(parseServePreview({ HOME: "/h" })).toEqual({
      preview: { path: "/h/.local/share/orchestrator/previews", baseUrl: "http://localhost:8001" },
      listen: { host: "127.0.0.1", port: 8001 },
    });
    expect(parseServePreview({ PREVIEWS_PATH: "/previews" }).listen.host).toBe("0.0.0.0");
  });

  test("allowed users are numbers", () => {
    expect(parseWork({ ...complete, DAILY_LIMIT: "3" }).telegram.dailyLimit).toBe(3);
    expect(() => parseWork({ ...complete, DAILY_LIMIT: "0" })).toThrow(/DAILY_LIMIT must be a whole number/);
    expect(parseWork({ ...complete, TELEGRAM_ALLOWED_USERS: "1, 22 333" }).telegram.allowedUsers).toEqual(
      new Set([1, 22, 333]),
    );
  });

  test("an API root loses its trailing slash", () => {
    expect(parseWork({ ...complete, TELEGRAM_API_ROOT: "http://localhost:9000/" }).telegram.apiRoot).toBe(
      "http://localhost:9000",
    );
  });
});

describe("mode", () => {
  test("embedded without either URL, in the data directory", () => {
    expect(parseSubmit({ HOME: "/home/a" }).storage).toEqual({
      mode: "embedded",
      dataDirectory: "/home/a/.local/share/orchestrator",
    });
    expect(parseSubmit({ HOME: "/home/a", XDG_DATA_HOME: "/x" }).preview.path).toBe("/x/orchestrator/previews");
    expect(parseSubmit({ ORCHESTRATOR_DATA_DIR: "/d" }).storage).toEqual({ mode: "embedded", dataDirectory: "/d" });
  });

  test("only one of the two URLs is a problem", () => {
    expect(
      problems(() => parseSubmit({ DATABASE_URL: complete.DATABASE_URL, PREVIEW_BASE_URL: "http://p" }))[0],
    ).toStartWith("RABBITMQ_URL");
    expect(problems(() => parseUp({ RABBITMQ_URL: complete.RABBITMQ_URL }))[0]).toStartWith("DATABASE_URL");
  });
});

describe("prices", () => {
  const prices = (text: string | undefined) => parseSubmit({ AI_PRICES: text }).ai.prices;

  test("are read from JSON, and nobody needs them", () => {
    expect(prices('{"my-model": {"input": 0.1, "output": 2}}')).toEqual({ "my-model": { input: 0.1, output: 2 } });
    expect(prices(undefined)).toEqual({});
  });

  test.each(["x", "[]", "3", '{"m": 1}', '{"m": {"input": 1}}', '{"m": {"input": -1, "output": 1}}'])(
    "%s is a problem",
    (text) => {
      expect(problems(() => prices(text))).toEqual([expect.stringMatching(/^AI_PRICES/)]);
    },
  );
});
