import pino from "pino";
import { type ApiServer, openApiServer } from "../../src/api/api-server.ts";
import type { Database } from "../../src/db/database.ts";
import type { JobId } from "../../src/ids.ts";
import { openSignals, type Signals } from "../../src/jobs/signals.ts";
import type { QueueStatus } from "../../src/queue/queue.ts";
import { createIntake } from "../../src/telegram/intake.ts";

export const secretToken = "test-secret";
export const apiToken = "test-api-token";

export interface TestApi extends AsyncDisposable {
  server: ApiServer;
  /** Jobs handed to the dispatcher. */
  published: JobId[];
  /** `answer`: what a ping of it resolves with. */
  queue: { state: QueueStatus; answer: Promise<void> };
  signals: Signals;
  /** Listeners to `signals` right now. */
  listening(): number;
  /** Sends an update as Telegram does. */
  deliver(update: unknown): Promise<Response>;
}

/** The API on a port of its own, with a dispatcher that only takes notes. */
export async function openTestApi(
  db: Database,
  options: {
    allowedUsers?: ReadonlySet<number>;
    apiToken?: string | undefined;
    publish?: (id: JobId) => Promise<void>;
  } = {},
): Promise<TestApi> {
  const published: JobId[] = [];
  const queue: TestApi["queue"] = { state: "connected", answer: Promise.resolve() };
  const signals = await openSignals(db);
  let listening = 0;
  const counted: Signals = {
    ...signals,
    on(signal, listener) {
      const subscription = signals.on(signal, listener);
      listening += 1;
      return {
        [Symbol.dispose]() {
          listening -= 1;
          subscription[Symbol.dispose]();
        },
      };
    },
  };
  const logger = pino({ level: "silent" });
  const bot = { id: 7000000001, username: "site_builder_bot" };
  const server = await openApiServer({
    db,
    signals: counted,
    queue: { status: () => queue.state, ping: () => queue.answer },
    dispatcher: { publish: options.publish ?? (async (id) => void published.push(id)) },
    logger,
    telegram: { secretToken, intake: createIntake({ db, bot, logger, allowedUsers: options.allowedUsers }) },
    apiToken: "apiToken" in options ? options.apiToken : apiToken,
    previewUrl: (siteId) => `https://preview.example.com/p/${siteId}/`,
    host: "127.0.0.1",
    port: 0,
  });
  return {
    server,
    published,
    queue,
    signals: counted,
    listening: () => listening,
    deliver: (update) =>
      fetch(`${server.url}/telegram/webhook`, {
        method: "POST",
        headers: { "content-type": "application/json", "x-telegram-bot-api-secret-token": secretToken },
        body: JSON.stringify(update),
      }),
    async [Symbol.asyncDispose]() {
      await server[Symbol.asyncDispose]();
      await signals[Symbol.asyncDispose]();
    },
  };
}
