import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { SQL } from "bun";
import type { JobId, SiteId } from "../../src/ids.ts";
import { type AiServer, startAiServer } from "../helpers/ai-server.ts";
import { type OrchestratorProcess, startOrchestrator } from "../helpers/orchestrator-process.ts";
import { openTelegramServer, type TelegramServer } from "../helpers/telegram-server.ts";
import { waitFor } from "./wait-for.ts";
import type { World } from "./world.ts";

const secret = "fault-suite-secret";
export const apiToken = "fault-suite-token";

/** How a job is to end. `any`: the fault decides, but it ends once. */
export type End = "completed" | "failed" | "cancelled" | "any";

export interface JobRow {
  id: JobId;
  site_id: SiteId;
  status: "queued" | "running" | "completed" | "failed" | "cancelled";
  stage: string | null;
  attempt: number;
  claims: number;
  crashes: number;
  snoozes: number;
  revision: number | null;
  error_code: string | null;
}

type StageParts = Pick<Stage, "world" | "env" | "ai" | "telegram" | "sql" | "previewsPath">;

/**
 * One installation: database, virtual host, directory of previews, AI server and Telegram of its own, and the processes
 * of the compiled binary that a scenario starts. Keeps the book of what was accepted.
 */
export class Stage implements AsyncDisposable {
  readonly world: World;
  readonly env: Record<string, string>;
  readonly ai: AiServer;
  readonly telegram: TelegramServer;
  readonly sql: SQL;
  readonly previewsPath: string;
  readonly accepted = new Map<JobId, End>();
  /** Messages that may be sent once more: a process died between sending and recording. */
  mayRepeat = 0;
  /** To be undone when all processes are gone. */
  readonly undo: (() => void)[] = [];
  private readonly processes = new Set<OrchestratorProcess>();
  private readonly ended = new Set<OrchestratorProcess>();
  private apiUrl = "";
  private lastUpdateId = 0;

  private constructor({ world, env, ai, telegram, sql, previewsPath }: StageParts) {
    this.world = world;
    this.env = env;
    this.ai = ai;
    this.telegram = telegram;
    this.sql = sql;
    this.previewsPath = previewsPath;
  }

  static async open(world: World): Promise<Stage> {
    const { databaseUrl, rabbitmqUrl } = await world.rent();
    const previewsPath = await mkdtemp(join(tmpdir(), "orchestrator-faults-"));
    const ai = await startAiServer({});
    const telegram = openTelegramServer();
    const env = {
      DATABASE_URL: databaseUrl,
      RABBITMQ_URL: rabbitmqUrl,
      TELEGRAM_BOT_TOKEN: telegram.token,
      TELEGRAM_SECRET_TOKEN: secret,
      TELEGRAM_API_ROOT: telegram.url,
      PREVIEWS_PATH: previewsPath,
      PREVIEW_BASE_URL: "http://previews.test",
      AI_PROVIDER: "openai",
      AI_BASE_URL: ai.openAiUrl,
      AI_MODEL: "scripted-model",
      RETRY_BASE_DELAY: "0.1",
      RETRY_MAX_DELAY: "1",
      API_TOKEN: apiToken,
      HOST: "127.0.0.1",
      PORT: "0",
    };
    return new Stage({ world, env, ai, telegram, sql: new SQL(databaseUrl, { max: 3 }), previewsPath });
  }

  start(args: string[], overrides: Record<string, string> = {}): OrchestratorProcess {
    const started = startOrchestrator(args, { ...this.env, ...overrides });
    this.processes.add(started);
    return started;
  }

  /** The API that `submit`, `say` and `call` talk to from now on. */
  async startApi(overrides: Record<string, string> = {}): Promise<OrchestratorProcess> {
    const api = this.start(["serve-api"], overrides);
    this.apiUrl = await addressOf(api);
    return api;
  }

  async startWorker(overrides: Record<string, string> = {}): Promise<OrchestratorProcess> {
    const worker = this.start(["work"], { WORKER_CONCURRENCY: "4", ...overrides });
    await addressOf(worker);
    return worker;
  }

  startWorkers(count: number, overrides: Record<string, string> = {}): Promise<OrchestratorProcess[]> {
    return Promise.all(Array.from({ length: count }, () => this.startWorker(overrides)));
  }

  /** Ends a process as part of the plot. @returns Its exit status. */
  end(victim: OrchestratorProcess, signal: NodeJS.Signals): Promise<number> {
    this.ended.add(victim);
    victim.kill(signal);
    return victim.exited;
  }

  /** Processes that ended although nobody told them to. */
  async deserters(): Promise<string[]> {
    const checked = [...this.processes].map(async (one) => {
      if (this.ended.has(one)) return [];
      const status = await Promise.race([one.exited, Bun.sleep(0).then(() => undefined)]);
      return status === undefined ? [] : [`process ${one.pid} exited by itself with ${status}: ${lastWords(one)}`];
    });
    return (await Promise.all(checked)).flat();
  }

  call(path: string, init: RequestInit = {}): Promise<Response> {
    const headers = { authorization: `Bearer ${apiToken}`, ...(init.headers as Record<string, string>) };
    return fetch(`${this.apiUrl}${path}`, { ...init, headers, signal: init.signal ?? AbortSignal.timeout(20_000) });
  }

  /** Creates a job by the API, again with the same key until it is accepted: as a client should. */
  async submit(prompt = "A page for a coffee shop", end: End = "completed"): Promise<JobId> {
    const init = {
      method: "POST",
      headers: { "idempotency-key": crypto.randomUUID() },
      body: JSON.stringify({ prompt }),
    };
    const { id } = await this.insist<{ id: JobId }>(() => this.call("/jobs", init));
    this.accepted.set(id, end);
    return id;
  }

  /** A message of the person with this chat, delivered again until it is taken: as Telegram does. */
  async say(chatId: number, end: End = "completed", text = "A page for a coffee shop"): Promise<JobId> {
    const id = ++this.lastUpdateId;
    const from = { id: chatId, is_bot: false, first_name: "Test" };
    const chat = { id: chatId, type: "private" };
    const update = { update_id: id, message: { message_id: id, date: 1_795_446_000, chat, from, text } };
    const init = {
      method: "POST",
      headers: { "content-type": "application/json", "x-telegram-bot-api-secret-token": secret },
      body: JSON.stringify(update),
    };
    const { job_id } = await this.insist<{ job_id: JobId }>(() => this.call("/telegram/webhook", init));
    this.accepted.set(job_id, end);
    return job_id;
  }

  /** A value that a process tells in `/metrics`; 0 when it does not. @param series With its labels, as it stands there. */
  async metric(process: OrchestratorProcess, series: string): Promise<number> {
    const text = await (await fetch(`${await addressOf(process)}/metrics`)).text();
    const line = text
      .split("\n")
      .find((one) => one.startsWith(`orchestrator_${series} `) || one.startsWith(`${series} `));
    return Number(line?.split(" ").at(-1) ?? 0);
  }

  private async insist<T>(request: () => Promise<Response>): Promise<T> {
    for (let tries = 1; ; tries++) {
      try {
        const response = await request();
        if (response.ok) return (await response.json()) as T;
        if (tries === 200 || response.status < 500) throw new Error(`refused with ${response.status}`);
      } catch (error) {
        if (tries === 200 || (error as Error).message.startsWith("refused with 4")) throw error;
      }
      await Bun.sleep(250);
    }
  }

  async job(id: JobId): Promise<JobRow> {
    const [row] = await this.sql`
      select id, site_id, status, stage, attempt, claims, crashes, snoozes, revision, error_code from jobs where id = ${id}`;
    if (row === undefined) throw new Error(`job ${id} is gone`);
    return row as JobRow;
  }

  async finished(id: JobId): Promise<JobRow> {
    await waitFor(`the end of job ${id}`, async () => !["queued", "running"].includes((await this.job(id)).status));
    return this.job(id);
  }

  async count(): Promise<{ open: number; failed: number; pending: number }> {
    const [row] = await this.sql`
      select (select count(*) from jobs where status in ('queued', 'running') or lease_token is not null)::int as open,
        (select count(*) from jobs where status = 'failed')::int as failed,
        (select count(*) from notifications where status = 'pending')::int as pending`;
    return row;
  }

  /** Waits until nothing is under way any more. */
  settled(limitMs = 180_000): Promise<number> {
    return waitFor(
      "all jobs to end and all messages to be sent",
      async () => {
        const { open, pending } = await this.count();
        return open === 0 && pending === 0;
      },
      limitMs,
    );
  }

  /** Statuses of a job's attempts, in order. */
  async attempts(id: JobId): Promise<string[]> {
    const rows = await this.sql`select status from job_attempts where job_id = ${id} order by number`;
    return rows.map((row: { status: string }) => row.status);
  }

  /** Waits until the AI server was asked so often in all. */
  asked(count: number): Promise<number> {
    return waitFor(`request ${count} to the AI server`, () => this.ai.requests.length >= count);
  }

  /** Which of our processes runs the job's attempt. */
  async workerOf(id: JobId): Promise<OrchestratorProcess> {
    const [row] = await this.sql`select worker from job_attempts where job_id = ${id} and status = 'running'`;
    const found = [...this.processes].find((one) => String(row?.worker).endsWith(`:${one.pid}`));
    if (found === undefined) throw new Error(`nobody works on job ${id}`);
    return found;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const one of this.processes) {
      one.kill("SIGCONT");
      one.kill("SIGKILL");
      await one.exited;
    }
    for (const step of this.undo) step();
    await this.sql.close();
    this.ai.stop();
    await this.telegram[Symbol.asyncDispose]();
    await rm(this.previewsPath, { recursive: true, force: true });
  }
}

export async function addressOf(process: OrchestratorProcess): Promise<string> {
  return String((await process.line((line) => typeof line["url"] === "string"))["url"]);
}

function lastWords({ log }: OrchestratorProcess): string {
  return log
    .slice(-3)
    .map((line) => JSON.stringify(line))
    .join(" ");
}
