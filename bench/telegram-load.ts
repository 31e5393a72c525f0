/**
 * The bot under load: the compiled `serve-api` on real Postgres, a RabbitMQ of its own and a stand-in for Telegram.
 *
 *   bun bench/telegram-load.ts [seconds]
 *
 * 1. 100 updates a second: how long the webhook takes, and from the webhook to the acknowledgement at Telegram.
 * 2. The same while Telegram takes 10 s for every call to one chat, then for every call to all.
 * 3. 200 updates a second while RabbitMQ is stopped and started: every answer is 200, every prompt is a job, and the
 *    acknowledgements of each chat arrive in order.
 *
 * Ends with 1 when an update was refused, lost or doubled. Times are for reading: they depend on the machine.
 */
import { sql } from "drizzle-orm";
import { openPostgres } from "../src/db/postgres.ts";
import { createPostgresDatabase } from "../test/helpers/database.ts";
import { runOrchestrator, startOrchestrator } from "../test/helpers/orchestrator-process.ts";
import { startPrivateRabbitmq } from "../test/helpers/private-rabbitmq.ts";
import { openTelegramServer } from "../test/helpers/telegram-server.ts";
import { until } from "../test/helpers/until.ts";

const seconds = Number(process.argv[2] ?? 60);

await using broker = await startPrivateRabbitmq();
await using database = await createPostgresDatabase();
await using telegram = openTelegramServer();
const env = {
  DATABASE_URL: database.url,
  RABBITMQ_URL: broker.url,
  TELEGRAM_BOT_TOKEN: telegram.token,
  TELEGRAM_SECRET_TOKEN: "bench",
  TELEGRAM_API_ROOT: telegram.url,
  HOST: "127.0.0.1",
  PORT: "0",
  LOG_LEVEL: "ERROR",
};
await runOrchestrator(["migrate"], { env });
await using api = startOrchestrator(["serve-api"], { ...env, LOG_LEVEL: "INFO" });
const url = String((await api.line((line) => String(line["msg"]).includes("serving the API")))["url"]);
await using db = openPostgres({ url: database.url, poolSize: 2 });

let lastUpdateId = 0;
let refused = 0;
const sentAt = new Map<number, number>();

/** Sends one prompt and waits for the answer. @returns Milliseconds. */
async function prompt(chatId: number): Promise<number> {
  const id = ++lastUpdateId;
  const from = { id: chatId, is_bot: false, first_name: "B" };
  const message = {
    message_id: id,
    date: 1,
    chat: { id: chatId, type: "private" },
    from,
    text: `A page for shop ${id}`,
  };
  const started = performance.now();
  sentAt.set(id, Date.now());
  const response = await fetch(`${url}/telegram/webhook`, {
    method: "POST",
    headers: { "content-type": "application/json", "x-telegram-bot-api-secret-token": "bench" },
    body: JSON.stringify({ update_id: id, message }),
  });
  await response.arrayBuffer();
  if (response.status !== 200) refused += 1;
  return performance.now() - started;
}

/**
 * An open loop: updates come when they come, however long the answers take. Only within a chat, Telegram waits with the
 * next one for the answer to the one before.
 */
async function load(perSecond: number, forSeconds: number, chatOf: (index: number) => number): Promise<number[]> {
  const started = performance.now();
  const answers: Promise<number>[] = [];
  const latest = new Map<number, Promise<number>>();
  for (let index = 0; index < perSecond * forSeconds; index++) {
    const due = started + (index * 1000) / perSecond;
    const early = due - performance.now();
    if (early > 1) await Bun.sleep(early);
    const chatId = chatOf(index);
    const answer = latest.get(chatId)?.then(() => prompt(chatId)) ?? prompt(chatId);
    latest.set(chatId, answer);
    answers.push(answer);
  }
  return Promise.all(answers);
}

const at = (values: number[], share: number) =>
  (values.sort((a, b) => a - b)[Math.floor(values.length * share)] ?? 0).toFixed(1);
const quantiles = (values: number[]) =>
  `p50 ${at(values, 0.5)} ms, p99 ${at(values, 0.99)} ms, worst ${at(values, 0.9999)} ms`;

/** From the webhook's call to the acknowledgement at Telegram, by the message it answers. */
function acknowledgements(chatOf: (chatId: number) => boolean): number[] {
  return telegram.calls.flatMap(({ method, parameters, at: arrived }) => {
    const { message_id: id } = (parameters["reply_parameters"] ?? {}) as { message_id?: number };
    const since = id === undefined ? undefined : sentAt.get(id);
    return method === "sendMessage" && since !== undefined && chatOf(Number(parameters["chat_id"]))
      ? [arrived - since]
      : [];
  });
}

const acknowledged = (count: number) =>
  until(async () => {
    const [row] = await db.query<{ pending: number }>(
      sql`select count(*)::int as pending from notifications where status = 'pending'`,
    );
    return telegram.calls.length >= count && row?.pending === 0;
  });

async function phase(
  name: string,
  work: () => Promise<number[]>,
  whom: (chatId: number) => boolean = () => true,
): Promise<void> {
  telegram.calls.length = 0;
  sentAt.clear();
  const answers = await work();
  await Bun.sleep(500);
  console.log(`${name}\n  webhook          ${quantiles(answers)}`);
  console.log(`  acknowledgement  ${quantiles(acknowledgements(whom))}`);
}

await load(50, 4, (index) => 1000 + index);
await acknowledged(1);
// What autovacuum does within a minute: without statistics the planner sorts the whole queue for every job.
await db.script("analyze");
await phase("100 updates/s, Telegram quick", () => load(100, seconds / 4, (index) => 10_000 + index));
telegram.fail({ chatId: 99, delayMs: 10_000, times: 1_000_000 });
await phase(
  "100 updates/s, Telegram takes 10 s for one chat in ten",
  () => load(100, seconds / 4, (index) => (index % 10 === 0 ? 99 : 20_000 + index)),
  (chatId) => chatId !== 99,
);
telegram.fail({ delayMs: 10_000, times: 100 * Math.ceil(seconds / 4) });
await phase("100 updates/s, Telegram takes 10 s for everybody", () =>
  load(100, seconds / 4, (index) => 40_000 + index),
);
telegram.clearFaults();

const before = lastUpdateId;
const outage = (async () => {
  await Bun.sleep(seconds * 250);
  await broker.ctl("stop_app");
  console.log("RabbitMQ stopped");
  await Bun.sleep(seconds * 250);
  await broker.ctl("start_app");
  console.log("RabbitMQ started");
})();
await phase("200 updates/s, RabbitMQ stopped and started", () =>
  load(200, seconds, (index) => 100_000 + (index % 300)),
);
await outage;
const [made] = await db.query<{ jobs: number; updates: number }>(
  sql`select (select count(*)::int from jobs) as jobs, (select count(*)::int from telegram_updates) as updates`,
);
await acknowledged(1);
const disordered = [
  ...Map.groupBy(
    telegram.calls.filter((call) => call.method === "sendMessage"),
    (call) => call.parameters["chat_id"],
  ).values(),
].filter((calls) => {
  const answered = calls.map((call) =>
    Number((call.parameters["reply_parameters"] as { message_id: number }).message_id),
  );
  return answered.some((id, index) => id < (answered[index - 1] ?? 0));
}).length;
await until(async () => (await db.query(sql`select from jobs where dispatches = 0`)).length === 0);
console.log(
  `${lastUpdateId - before} updates in the outage, ${lastUpdateId} in all: ${made?.updates} recorded, ${made?.jobs} jobs, ${refused} refused, ${disordered} chats out of order; every job published`,
);
console.log(`refused by the stand-in: ${telegram.violations.length}`);
const sound = made?.jobs === lastUpdateId && refused === 0 && disordered === 0 && telegram.violations.length === 0;
process.exitCode = sound ? 0 : 1;
