import { resolve } from "node:path";
import { type Env, EnvReader } from "./env-reader.ts";
import {
  type AiConfig,
  type DatabaseConfig,
  embeddedPreviews,
  imagePreviews,
  type ListenConfig,
  type LogConfig,
  localPreview,
  type PreviewConfig,
  readAi,
  readApiToken,
  readDatabase,
  readDatabaseUrl,
  readDataDirectory,
  readListen,
  readLog,
  readPreviewBaseUrl,
  readSecretToken,
  readStorage,
  readTelegram,
  readTracing,
  readWorker,
  requireServices,
  type StorageConfig,
  type TelegramConfig,
  type TracingConfig,
  type WorkerConfig,
} from "./sections.ts";

/**
 * What each command needs to know, read from the environment. Flags are laid over the environment by `cmd/` before
 * it comes here, under the variable's name.
 *
 * Every function throws a `ConfigError` with all problems at once.
 */

export interface ServeApiConfig {
  storage: Extract<StorageConfig, { mode: "services" }>;
  telegram: TelegramConfig;
  secretToken: string;
  apiToken: string | undefined;
  /** Makes the links in answers of the job API; without it they have none. */
  previewBaseUrl: string | undefined;
  listen: ListenConfig;
  tracing: TracingConfig | undefined;
}

export interface WorkConfig {
  storage: Extract<StorageConfig, { mode: "services" }>;
  ai: AiConfig;
  worker: WorkerConfig;
  telegram: TelegramConfig;
  preview: PreviewConfig;
  /** Where the worker tells of its health. Without a port: the usual one, or any when another worker has that. */
  health: { host: string; port: number | undefined };
  tracing: TracingConfig | undefined;
}

export interface ServePreviewConfig {
  preview: PreviewConfig;
  listen: ListenConfig;
}

export interface MigrateConfig {
  databaseUrl: string;
}

export type WebhookConfig = Pick<TelegramConfig, "botToken" | "apiRoot">;

export interface SetWebhookConfig extends WebhookConfig {
  secretToken: string;
}

export interface JobsConfig {
  database: DatabaseConfig;
}

/** For commands that keep the database and the bundles in step. */
export interface StoredSitesConfig {
  database: DatabaseConfig;
  preview: Pick<PreviewConfig, "path">;
}

export interface SubmitConfig {
  storage: StorageConfig;
  ai: AiConfig;
  worker: WorkerConfig;
  preview: PreviewConfig;
  tracing: TracingConfig | undefined;
}

export interface UpConfig {
  storage: StorageConfig;
  ai: AiConfig;
  worker: WorkerConfig;
  preview: PreviewConfig;
  telegram: TelegramConfig | undefined;
  /** Lets Telegram deliver by webhook; while it has none the bot polls. */
  secretToken: string | undefined;
  apiToken: string | undefined;
  listen: ListenConfig;
  previewPort: number;
  tracing: TracingConfig | undefined;
}

const everyInterface = "0.0.0.0";
const loopback = "127.0.0.1";

export function parseServeApi(source: Env): ServeApiConfig {
  return parse(source, (env) => ({
    storage: requireServices(env),
    telegram: readRequiredTelegram(env),
    secretToken: readSecretToken(env),
    apiToken: readApiToken(env),
    previewBaseUrl: readPreviewBaseUrl(env),
    listen: readListen(env, { host: everyInterface, port: 8000 }),
    tracing: readTracing(env),
  }));
}

export function parseWork(source: Env): WorkConfig {
  return parse(source, (env) => {
    const listen = readListen(env, { host: loopback, port: 0 });
    env.required("PREVIEW_BASE_URL", "give the public address of the preview server, e.g. https://preview.example.com");
    return {
      storage: requireServices(env),
      ai: readAi(env),
      worker: readWorker(env, { here: true }),
      telegram: readRequiredTelegram(env),
      preview: { path: resolve(env.text("PREVIEWS_PATH") ?? imagePreviews), baseUrl: readPreviewBaseUrl(env) ?? "" },
      tracing: readTracing(env),
      health: { ...listen, port: env.text("PORT") === undefined ? undefined : listen.port },
    };
  });
}

/** Without `PREVIEWS_PATH` it serves what an embedded `submit` wrote. */
export function parseServePreview(source: Env): ServePreviewConfig {
  return parse(source, (env) => {
    // What one person's commands wrote is for their machine; a volume of pages is for whoever may reach the server.
    const host = env.text("PREVIEWS_PATH") === undefined ? loopback : everyInterface;
    const listen = readListen(env, { host, port: 8001 });
    return {
      preview: {
        path: resolve(env.text("PREVIEWS_PATH") ?? embeddedPreviews(readDataDirectory(env))),
        baseUrl: readPreviewBaseUrl(env) ?? `http://localhost:${listen.port}`,
      },
      listen,
    };
  });
}

export function parseMigrate(source: Env): MigrateConfig {
  return parse(source, (env) => {
    env.required("DATABASE_URL", "give the address of Postgres; the embedded database migrates itself");
    return { databaseUrl: readDatabaseUrl(env) ?? "" };
  });
}

export function parseJobs(source: Env): JobsConfig {
  return parse(source, (env) => ({ database: readDatabase(env) }));
}

export function parseStoredSites(source: Env): StoredSitesConfig {
  return parse(source, (env) => {
    const database = readDatabase(env);
    const path = database.mode === "embedded" ? embeddedPreviews(database.dataDirectory) : imagePreviews;
    return { database, preview: { path: resolve(env.text("PREVIEWS_PATH") ?? path) } };
  });
}

export function parseWebhook(source: Env): WebhookConfig {
  return parse(source, readRequiredTelegram);
}

export function parseSetWebhook(source: Env): SetWebhookConfig {
  return parse(source, (env) => ({ ...readRequiredTelegram(env), secretToken: readSecretToken(env) }));
}

export function parseSubmit(source: Env): SubmitConfig {
  return parse(source, (env) => {
    const storage = readStorage(env);
    if (storage.mode === "services") {
      env.required("PREVIEW_BASE_URL", "the link cannot be told without it; give the value that the workers have");
    }
    return {
      storage,
      ai: readAi(env),
      worker: readWorker(env, { here: storage.mode === "embedded" }),
      preview: readPreview(env, storage, localPreview),
      tracing: readTracing(env),
    };
  });
}

export function parseUp(source: Env): UpConfig {
  return parse(source, (env) => {
    const storage = readStorage(env);
    const telegram = readTelegram(env, { required: false });
    const previewPort = env.integer("PREVIEW_PORT", 8001, { min: 0, max: 65_535 });
    return {
      storage,
      ai: readAi(env),
      worker: readWorker(env, { here: true }),
      preview: readPreview(env, storage, `http://localhost:${previewPort}`),
      telegram,
      secretToken: env.text("TELEGRAM_SECRET_TOKEN") === undefined ? undefined : readSecretToken(env),
      apiToken: readApiToken(env),
      // Everything in one process is for one machine; serving others is a decision.
      listen: readListen(env, { host: loopback, port: 8000 }),
      previewPort,
      tracing: readTracing(env),
    };
  });
}

export function parseLog(source: Env, options: { terminal: boolean }): LogConfig {
  return finish(source, (env) => readLog(env, options));
}

/** What is wrong with the settings of the logger is among the problems, although `cmd/` makes the logger by itself. */
function parse<Config>(source: Env, read: (env: EnvReader) => Config): Config {
  return finish(source, (env) => {
    const config = read(env);
    readLog(env, { terminal: false });
    return config;
  });
}

function finish<Config>(source: Env, read: (env: EnvReader) => Config): Config {
  const env = new EnvReader(source);
  const config = read(env);
  env.finish();
  return config;
}

function readRequiredTelegram(env: EnvReader): TelegramConfig {
  const telegram = readTelegram(env, { required: true });
  return (
    telegram ?? { botToken: "", apiRoot: "", allowedUsers: undefined, adminUsers: new Set(), dailyLimit: undefined }
  );
}

function readPreview(env: EnvReader, storage: StorageConfig, fallback: string): PreviewConfig {
  const path = storage.mode === "embedded" ? embeddedPreviews(storage.dataDirectory) : imagePreviews;
  return { path: resolve(env.text("PREVIEWS_PATH") ?? path), baseUrl: readPreviewBaseUrl(env) ?? fallback };
}
