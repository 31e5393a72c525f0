import { resolve } from "node:path";
import { ConfigError } from "../errors.ts";
import { type Env, EnvReader } from "./env-reader.ts";
import {
  type AiConfig,
  embeddedPreviews,
  imagePreviews,
  localPreview,
  type PreviewConfig,
  readAi,
  readApiToken,
  readDataDirectory,
  readListen,
  readLog,
  readPreviewBaseUrl,
  readSecretToken,
  readStorage,
  readTelegram,
  readTracing,
  readWorker,
  type StorageConfig,
  type TelegramConfig,
} from "./sections.ts";

/** What can be made of the environment, however much of it is wrong. */
export interface DoctorConfig {
  embedded: boolean;
  /** Every problem, by variable name. */
  problems: readonly string[];
  /** A section with a problem is `undefined`, as is a bot that is not wanted. */
  storage: StorageConfig | undefined;
  telegram: TelegramConfig | undefined;
  ai: AiConfig | undefined;
  preview: PreviewConfig | undefined;
  chromiumPath: string | undefined;
  /** Whether a bot is wanted, whatever its token is like. */
  hasBotToken: boolean;
  /** Whether `TELEGRAM_SECRET_TOKEN` is set: updates then come by webhook. */
  hasSecretToken: boolean;
}

/** Never throws: what is wrong is in `problems`. */
export function parseDoctor(source: Env): DoctorConfig {
  const problems: string[] = [];
  function section<Section>(read: (env: EnvReader) => Section): Section | undefined {
    const env = new EnvReader(source);
    const value = read(env);
    try {
      env.finish();
      return value;
    } catch (error) {
      if (!(error instanceof ConfigError)) throw error;
      problems.push(...error.problems.filter((problem) => !problems.includes(problem)));
      return undefined;
    }
  }
  const isSet = (name: string) => new EnvReader(source).text(name) !== undefined;
  const embedded = !(isSet("DATABASE_URL") || isSet("RABBITMQ_URL"));
  const hasBotToken = isSet("TELEGRAM_BOT_TOKEN");
  const hasSecretToken = isSet("TELEGRAM_SECRET_TOKEN");
  const storage = section(readStorage);
  const telegram = section((env) => readTelegram(env, { required: !embedded }));
  if (hasSecretToken) section(readSecretToken);
  const ai = section(readAi);
  const preview = section((env) => {
    if (!embedded) env.required("PREVIEW_BASE_URL", "give the public address of the preview server");
    const path = embedded ? embeddedPreviews(readDataDirectory(env)) : imagePreviews;
    return { path: resolve(env.text("PREVIEWS_PATH") ?? path), baseUrl: readPreviewBaseUrl(env) ?? localPreview };
  });
  // The browser is looked at by a check of its own.
  const worker = section((env) => readWorker(env, { here: false }));
  section((env) => {
    readListen(env, { host: "", port: 0 });
    readLog(env, { terminal: true });
    readTracing(env);
    readApiToken(env);
  });
  const { chromiumPath } = worker ?? {};
  return { embedded, problems, storage, telegram, ai, preview, chromiumPath, hasBotToken, hasSecretToken };
}
