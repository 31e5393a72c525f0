/**
 * Webhook intake: requests a second and CPU a request of `serve-api`, beside a bare `Bun.serve` that inserts one row,
 * alternating in one run on the same Postgres. Ours records update, chat, site, job and acknowledgement, and publishes
 * the pointer with a confirm.
 *
 *   bun bench/webhook.ts [requests per round]
 *
 * Needs Postgres on DATABASE_URL (or 127.0.0.1:5432) and Debian's rabbitmq-server.
 */
import { createPostgresDatabase } from "../test/helpers/database.ts";
import { runOrchestrator, startOrchestrator } from "../test/helpers/orchestrator-process.ts";
import { startPrivateRabbitmq } from "../test/helpers/private-rabbitmq.ts";
import { processCpuMs } from "./process-cpu.ts";

const requests = Number(process.argv[2] ?? 4000);
const rounds = 3;
const connections = 32;

await using broker = await startPrivateRabbitmq();
await using database = await createPostgresDatabase();
const env = {
  DATABASE_URL: database.url,
  RABBITMQ_URL: broker.url,
  TELEGRAM_BOT_TOKEN: "1:bench",
  TELEGRAM_SECRET_TOKEN: "bench",
  TELEGRAM_API_ROOT: "http://127.0.0.1:9",
  HOST: "127.0.0.1",
  PORT: "0",
  LOG_LEVEL: "INFO",
};
await runOrchestrator(["migrate"], { env });
await using api = startOrchestrator(["serve-api"], env);
const apiUrl = String((await api.line((line) => typeof line["url"] === "string"))["url"]);
const bare = Bun.spawn([process.execPath, `${import.meta.dir}/bare-insert.ts`], {
  env: { DATABASE_URL: database.url },
  stdout: "pipe",
});
const bareUrl = new TextDecoder().decode((await bare.stdout.getReader().read()).value).trim();

let updateId = 1;
async function load(
  url: string,
  pid: number,
): Promise<{ perSecond: number; cpuMicros: number; p50: number; p99: number }> {
  const cpu = processCpuMs(pid);
  const started = performance.now();
  const latencies: number[] = [];
  let left = requests;
  const client = async () => {
    while (left-- > 0) {
      const id = updateId++;
      const from = { id: (id % 500) + 1, is_bot: false, first_name: "B" };
      const message = {
        message_id: id,
        date: 1_700_000_000,
        chat: { id: from.id, type: "private" },
        from,
        text: "A page for a coffee shop",
      };
      const sent = performance.now();
      const response = await fetch(`${url}/telegram/webhook`, {
        method: "POST",
        headers: { "content-type": "application/json", "x-telegram-bot-api-secret-token": "bench" },
        body: JSON.stringify({ update_id: id, message }),
      });
      if (response.status !== 200) throw new Error(`${url} answered ${response.status}`);
      await response.arrayBuffer();
      latencies.push(performance.now() - sent);
    }
  };
  await Promise.all(Array.from({ length: connections }, client));
  const seconds = (performance.now() - started) / 1000;
  latencies.sort((a, b) => a - b);
  const at = (share: number) => latencies[Math.floor(latencies.length * share)] ?? 0;
  return {
    perSecond: requests / seconds,
    cpuMicros: ((processCpuMs(pid) - cpu) * 1000) / requests,
    p50: at(0.5),
    p99: at(0.99),
  };
}

await load(apiUrl, api.pid);
await load(bareUrl, bare.pid);
console.log("round  server         req/s   CPU µs/req   p50 ms   p99 ms");
const ratios: { speed: number; cpu: number }[] = [];
for (let round = 1; round <= rounds; round++) {
  const ours = await load(apiUrl, api.pid);
  const theirs = await load(bareUrl, bare.pid);
  for (const [name, one] of [
    ["orchestrator", ours],
    ["bare insert", theirs],
  ] as const) {
    console.log(
      `${round}      ${name.padEnd(12)} ${one.perSecond.toFixed(0).padStart(7)} ${one.cpuMicros.toFixed(0).padStart(12)} ${one.p50.toFixed(1).padStart(8)} ${one.p99.toFixed(1).padStart(8)}`,
    );
  }
  ratios.push({ speed: ours.perSecond / theirs.perSecond, cpu: ours.cpuMicros / theirs.cpuMicros });
}
const median = (values: number[]) => values.sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
console.log(
  `ours / bare, median: ${median(ratios.map((one) => one.speed)).toFixed(2)} × req/s, ${median(ratios.map((one) => one.cpu)).toFixed(2)} × CPU per request`,
);
bare.kill();
