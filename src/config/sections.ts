import { homedir } from "node:os";
import { join, resolve } from "node:path";
import type { EnvReader } from "./env-reader.ts";
import { type Prices, readPrices } from "./prices.ts";

/**
 * Where jobs live: in this process and its data directory, or in Postgres and RabbitMQ. A URL does not exist where
 * there is none.
 */
export type StorageConfig =
  | { mode: "embedded"; dataDirectory: string }
  | { mode: "services"; databaseUrl: string; rabbitmqUrl: string };

/** Where the rows are; enough for who looks after them. */
export type DatabaseConfig = { mode: "embedded"; dataDirectory: string } | { mode: "services"; databaseUrl: string };

export interface AiConfig {
  provider: "gemini" | "openai" | "mock";
  apiKey: string | undefined;
  model: string | undefined;
  baseUrl: string | undefined;
  /** For one reply, first byte to last. */
  timeoutMs: number;
  /** Prices of models that are not in our list, or cost something else here. */
  prices: Prices;
}

export interface WorkerConfig {
  concurrency: number;
  /** After the first attempt. */
  maxRetries: number;
  retryDelays: { baseMs: number; maxMs: number };
  /** How long running jobs may go on once the worker is told to stop. */
  graceMs: number;
  /** A Chromium that takes pictures of pages. */
  chromiumPath: string | undefined;
  /** How long a site stays after its latest revision; `undefined` for good. */
  siteTtlMs: number | undefined;
}

export interface TelegramConfig {
  botToken: string;
  apiRoot: string;
  /** Numeric ids; `undefined` lets everyone in. */
  allowedUsers: ReadonlySet<number> | undefined;
  /** Operators: numeric ids of those who may use the commands for them, and are alerted. */
  adminUsers: ReadonlySet<number>;
  /** Finished pages per person and day; `undefined` without a limit. */
  dailyLimit: number | undefined;
}

export interface PreviewConfig {
  /** Directory the bundles are in. */
  path: string;
  /** Public address without trailing slash; a `*` label gives each site its own origin. */
  baseUrl: string;
}

/** Where spans go, and whose they are. */
export interface TracingConfig {
  /** Without trailing slash; `/v1/traces` is added. */
  endpoint: string;
  service: string;
}

export interface LogConfig {
  level: "debug" | "info" | "warn" | "error";
  format: "console" | "json";
}

/** Where a person at a terminal looks when nothing else is said. */
export const localPreview = "http://localhost:8001";
/** Where the image mounts the volume of bundles. */
export const imagePreviews = "/previews";

const postgresProtocols = ["postgres:", "postgresql:"];
const amqpProtocols = ["amqp:", "amqps:"];

/** `DATABASE_URL`, its `+driver` suffix (`postgresql+asyncpg://`) dropped. */
export function readDatabaseUrl(env: EnvReader): string | undefined {
  const value = env.text("DATABASE_URL")?.replace(/^(postgres|postgresql)\+[a-z0-9_]+:/i, "$1:");
  if (value === undefined) return undefined;
  if (URL.canParse(value) && postgresProtocols.includes(new URL(value).protocol)) return value;
  env.problem("DATABASE_URL must be a URL like postgres://user:password@host:5432/database");
  return undefined;
}

export function requireServices(env: EnvReader): Extract<StorageConfig, { mode: "services" }> {
  const databaseUrl = readDatabaseUrl(env);
  const rabbitmqUrl = env.url("RABBITMQ_URL", amqpProtocols);
  env.required("DATABASE_URL", "give the address of Postgres, e.g. postgres://user:password@host:5432/orchestrator");
  env.required("RABBITMQ_URL", "give the address of RabbitMQ, e.g. amqp://user:password@host:5672");
  return { mode: "services", databaseUrl: databaseUrl ?? "", rabbitmqUrl: rabbitmqUrl ?? "" };
}

/** Embedded when neither URL is set; with only one of the two, a problem. */
export function readStorage(env: EnvReader): StorageConfig {
  if (env.text("DATABASE_URL") === undefined && env.text("RABBITMQ_URL") === undefined) {
    return { mode: "embedded", dataDirectory: readDataDirectory(env) };
  }
  return requireServices(env);
}

/** As `readStorage`, for commands that leave the queue alone. */
export function readDatabase(env: EnvReader): DatabaseConfig {
  if (env.text("DATABASE_URL") === undefined && env.text("RABBITMQ_URL") === undefined) {
    return { mode: "embedded", dataDirectory: readDataDirectory(env) };
  }
  env.required("DATABASE_URL", "give the address of Postgres, or unset RABBITMQ_URL for the embedded database");
  return { mode: "services", databaseUrl: readDatabaseUrl(env) ?? "" };
}

export function readDataDirectory(env: EnvReader): string {
  const base = env.text("XDG_DATA_HOME") ?? join(env.text("HOME") ?? homedir(), ".local", "share");
  return resolve(env.text("ORCHESTRATOR_DATA_DIR") ?? join(base, "orchestrator"));
}

export function readAi(env: EnvReader): AiConfig {
  const provider = env.choice("AI_PROVIDER", ["gemini", "openai", "mock"], "mock");
  const baseUrl = env.url("AI_BASE_URL", ["http:", "https:"]);
  const apiKey = env.text("AI_API_KEY");
  if (provider === "gemini") env.required("AI_API_KEY", "AI_PROVIDER=gemini needs a key");
  if (provider === "openai" && baseUrl === undefined) {
    env.required("AI_API_KEY", "AI_PROVIDER=openai needs a key, or AI_BASE_URL for a server that takes none");
  }
  return {
    provider,
    apiKey,
    model: env.text("AI_MODEL"),
    baseUrl,
    timeoutMs: env.seconds("AI_TIMEOUT", 120, { min: 1, max: 3600 }),
    prices: readPrices(env),
  };
}

/** @param here Whether pages are made in this process: the browser for their pictures has to be on this machine. */
export function readWorker(env: EnvReader, { here }: { here: boolean }): WorkerConfig {
  const day = 86_400;
  const chromiumPath = env.text("CHROMIUM_PATH");
  if (here && chromiumPath !== undefined && Bun.which(chromiumPath, { PATH: env.text("PATH") ?? "" }) === null) {
    env.problem("CHROMIUM_PATH names no program that can be run here: correct it, or unset it");
  }
  const ttlDays = env.integer("SITE_TTL_DAYS", 0, { min: 0, max: 36_500 });
  return {
    concurrency: env.integer("WORKER_CONCURRENCY", 4, { min: 1, max: 100 }),
    maxRetries: env.integer("MAX_RETRIES", 5, { min: 0, max: 100 }),
    retryDelays: {
      baseMs: env.seconds("RETRY_BASE_DELAY", 2, { min: 0, max: day }),
      maxMs: env.seconds("RETRY_MAX_DELAY", 300, { min: 0, max: day }),
    },
    graceMs: env.seconds("SHUTDOWN_GRACE", 25, { min: 0, max: 3600 }),
    chromiumPath,
    siteTtlMs: ttlDays === 0 ? undefined : ttlDays * day * 1000,
  };
}

/** @returns `undefined` when there is no token and none is required. */
export function readTelegram(env: EnvReader, { required }: { required: boolean }): TelegramConfig | undefined {
  const apiRoot = env.url("TELEGRAM_API_ROOT", ["http:", "https:"]) ?? "https://api.telegram.org";
  const allowedUsers = readUsers(env, "TELEGRAM_ALLOWED_USERS");
  const adminUsers = readUsers(env, "TELEGRAM_ADMIN_USERS") ?? new Set<number>();
  const dailyLimit =
    env.text("DAILY_LIMIT") === undefined ? undefined : env.integer("DAILY_LIMIT", 1, { min: 1, max: 10_000 });
  const botToken = required
    ? env.required("TELEGRAM_BOT_TOKEN", "get one from @BotFather on Telegram")
    : env.text("TELEGRAM_BOT_TOKEN");
  if (botToken === undefined) return undefined;
  if (botToken !== "" && !/^[A-Za-z0-9:_-]+$/.test(botToken)) {
    env.problem("TELEGRAM_BOT_TOKEN does not look like a token of @BotFather: copy it whole, as in 123456:ABC-DEF");
  }
  return { botToken, apiRoot, allowedUsers, adminUsers, dailyLimit };
}

export function readSecretToken(env: EnvReader): string {
  const secret = env.required(
    "TELEGRAM_SECRET_TOKEN",
    "choose a random secret (openssl rand -hex 32); `orchestrator webhook set` tells Telegram",
  );
  if (secret !== "" && !/^[A-Za-z0-9_-]{1,256}$/.test(secret)) {
    env.problem("TELEGRAM_SECRET_TOKEN must be 1 to 256 characters of A-Z, a-z, 0-9, _ and -");
  }
  return secret;
}

/** Bearer token of the job API; `undefined` turns that API off. */
export function readApiToken(env: EnvReader): string | undefined {
  const token = env.text("API_TOKEN");
  if (env.isBlank("API_TOKEN") || (token !== undefined && !/^[\x21-\x7e]+$/.test(token))) {
    env.problem("API_TOKEN cannot be sent by a client: use letters, digits and signs without spaces, or unset it");
  }
  return token;
}

function readUsers(env: EnvReader, name: string): ReadonlySet<number> | undefined {
  const ids = env
    .text(name)
    ?.split(/[\s,]+/)
    .filter(Boolean);
  if (ids === undefined) return undefined;
  if (!ids.every((id) => /^\d{1,15}$/.test(id))) env.problem(`${name} must be numeric user ids, separated by commas`);
  return new Set(ids.map(Number));
}

/** `PREVIEW_BASE_URL`, checked for its optional `*` label. */
export function readPreviewBaseUrl(env: EnvReader): string | undefined {
  const value = env.url("PREVIEW_BASE_URL", ["http:", "https:"]);
  const wildcard = value?.includes("*") === true;
  if (value !== undefined && wildcard && !/^https?:\/\/\*\.[^*/?#]+(\/|$)/.test(value)) {
    env.problem("PREVIEW_BASE_URL may have one *, as the first label of the host: https://*.preview.example.com");
  }
  return value;
}

/** @returns `undefined`, and nothing is traced, without `OTEL_EXPORTER_OTLP_ENDPOINT`. */
export function readTracing(env: EnvReader): TracingConfig | undefined {
  const endpoint = env.url("OTEL_EXPORTER_OTLP_ENDPOINT", ["http:", "https:"]);
  return endpoint === undefined ? undefined : { endpoint, service: env.text("OTEL_SERVICE_NAME") ?? "orchestrator" };
}

export function readLog(env: EnvReader, { terminal }: { terminal: boolean }): LogConfig {
  const level = env.choice("LOG_LEVEL", ["DEBUG", "INFO", "WARNING", "ERROR"], "INFO");
  const levels = { DEBUG: "debug", INFO: "info", WARNING: "warn", ERROR: "error" } as const;
  return { level: levels[level], format: env.choice("LOG_FORMAT", ["console", "json"], terminal ? "console" : "json") };
}

/** Where a server listens. */
export interface ListenConfig {
  host: string;
  /** 0 takes a free one. */
  port: number;
}

export function readListen(env: EnvReader, { host, port }: ListenConfig): ListenConfig {
  return { host: env.text("HOST") ?? host, port: readPort(env, port) };
}

function readPort(env: EnvReader, fallback: number): number {
  return env.integer("PORT", fallback, { min: 0, max: 65_535 });
}

export function embeddedPreviews(dataDirectory: string): string {
  return join(dataDirectory, "previews");
}
