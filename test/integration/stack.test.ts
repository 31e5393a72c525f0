import { afterAll, beforeAll, describe, expect, setDefaultTimeout, test } from "bun:test";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { eq, sql } from "drizzle-orm";
import type { Database } from "../../src/db/database.ts";
import { migrations } from "../../src/db/migrations.ts";
import { openPostgres } from "../../src/db/postgres.ts";
import { jobAttempts, jobs } from "../../src/db/schema.ts";
import { isJobId, type JobId } from "../../src/ids.ts";
import { encodePointer } from "../../src/queue/amqp/pointer.ts";
import { routingKeys, topologyOf } from "../../src/queue/amqp/topology.ts";
import { type AiServer, startAiServer } from "../helpers/ai-server.ts";
import { createPostgresDatabase } from "../helpers/database.ts";
import { runsIntegration } from "../helpers/integration.ts";
import { type OrchestratorProcess, runOrchestrator, startOrchestrator } from "../helpers/orchestrator-process.ts";
import { hasPrivateRabbitmq, type PrivateRabbitmq, startPrivateRabbitmq } from "../helpers/private-rabbitmq.ts";
import { openBroker } from "../helpers/rabbitmq-broker.ts";
import { openTelegramServer, type TelegramServer } from "../helpers/telegram-server.ts";
import { until } from "../helpers/until.ts";

setDefaultTimeout(60_000);

const secret = "your-random-secret-here";
const prompt = "Create a landing page for a coffee shop";
const hostilePage = `Here is your page:
\`\`\`html
<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>Blue Door Coffee</title>
<script>alert(1)</script><style>body{font-family:serif;background:url(https://evil.example/x.png)}</style></head>
<body onload="alert(2)"><main><h1>Blue Door Coffee</h1>
<p>Small roasts, long mornings, and a table by the window for whoever comes in first.</p>
<a href="javascript:alert(3)" onclick="alert(4)">Visit us</a><a href="https://example.org/">Map</a>
<section><h2>Hours</h2><p>Monday to Saturday, seven in the morning until six in the evening.</p></section></main></body></html>
\`\`\`
Enjoy!`;

const ready = runsIntegration("the real stack") && hasPrivateRabbitmq("the real stack");

describe.skipIf(!ready)("the real stack", () => {
  let resources: AsyncDisposableStack;
  let env: Record<string, string>;
  let broker: PrivateRabbitmq;
  let telegram: TelegramServer;
  let ai: AiServer;
  let db: Database;
  let apiUrl: string;
  let previewUrl: string;
  let workers: OrchestratorProcess[];

  beforeAll(async () => {
    resources = new AsyncDisposableStack();
    broker = resources.use(await startPrivateRabbitmq());
    const database = resources.use(await createPostgresDatabase());
    telegram = resources.use(openTelegramServer());
    ai = resources.use(await startAiServer({ reply: hostilePage }));
    const previews = await mkdtemp(join(tmpdir(), "orchestrator-previews-"));
    resources.defer(() => rm(previews, { recursive: true }));
    env = {
      DATABASE_URL: database.url.replace("postgres://", "postgresql+asyncpg://"),
      RABBITMQ_URL: broker.url,
      TELEGRAM_BOT_TOKEN: telegram.token,
      TELEGRAM_SECRET_TOKEN: secret,
      TELEGRAM_API_ROOT: `${telegram.url}/`,
      PREVIEWS_PATH: previews,
      AI_PROVIDER: "openai",
      AI_BASE_URL: ai.openAiUrl,
      AI_MODEL: "test-model",
      MAX_RETRIES: "2",
      RETRY_BASE_DELAY: "0.05",
      RETRY_MAX_DELAY: "0.1",
      API_TOKEN: "api-token",
      HOST: "127.0.0.1",
      PORT: "0",
    };
    const migrated = await runOrchestrator(["migrate"], { env });
    expect(migrated).toMatchObject({ status: 0, stdout: migrations.map(({ name }) => `applied ${name}\n`).join("") });
    db = resources.use(openPostgres({ url: database.url, poolSize: 2 }));
    const preview = resources.use(startOrchestrator(["serve-preview"], env));
    previewUrl = await addressOf(preview);
    env["PREVIEW_BASE_URL"] = previewUrl;
    const api = resources.use(startOrchestrator(["serve-api"], env));
    workers = [startWorker(), startWorker()];
    [apiUrl] = await Promise.all([addressOf(api), ...workers.map(addressOf)]);
    await until(async () => (await readiness()) === "healthy");
  });
  afterAll(() => resources.disposeAsync());

  function startWorker(): OrchestratorProcess {
    return resources.use(startOrchestrator(["work", "--concurrency", "2"], env));
  }

  async function addressOf(process: OrchestratorProcess): Promise<string> {
    return String((await process.line((line) => typeof line["url"] === "string"))["url"]);
  }

  async function readiness(): Promise<string> {
    const response = await fetch(`${apiUrl}/ready`);
    return ((await response.json()) as { status: string }).status;
  }

  async function post(
    update: unknown,
    token = secret,
  ): Promise<{ status: number; body: { ok?: boolean; job_id?: JobId } }> {
    const response = await fetch(`${apiUrl}/telegram/webhook`, {
      method: "POST",
      headers: { "content-type": "application/json", "x-telegram-bot-api-secret-token": token },
      body: typeof update === "string" ? update : JSON.stringify(update),
    });
    return { status: response.status, body: (await response.json()) as { job_id?: JobId } };
  }

  function message(updateId: number, chatId = 12_345) {
    const person = { id: chatId, is_bot: false, first_name: "Test" };
    const chat = { id: chatId, type: "private" };
    return {
      update_id: updateId,
      message: { message_id: updateId, date: 1_234_567_890, chat, from: person, text: prompt },
    };
  }

  async function finished(id: JobId | undefined) {
    if (id === undefined) throw new Error("there is no job");
    await until(async () => {
      const [job] = await db.read((orm) => orm.select({ status: jobs.status }).from(jobs).where(eq(jobs.id, id)));
      return job !== undefined && job.status !== "queued" && job.status !== "running";
    });
    const [job] = await db.read((orm) => orm.select().from(jobs).where(eq(jobs.id, id)));
    const attempts = await db.read((orm) =>
      orm.select().from(jobAttempts).where(eq(jobAttempts.jobId, id)).orderBy(jobAttempts.number),
    );
    if (job === undefined) throw new Error("the job is gone");
    return { ...job, attempts };
  }

  const says = (chatId: number, text: RegExp) =>
    telegram.call(
      (call) =>
        call.parameters["chat_id"] === chatId &&
        text.test(`${call.text} ${JSON.stringify(call.parameters["reply_markup"])}`),
    );

  test("the full flow from webhook to preview", async () => {
    const first = await post(message(123_456_789));
    expect(first).toEqual({ status: 200, body: { ok: true, job_id: first.body.job_id as JobId } });
    expect(isJobId(first.body.job_id)).toBe(true);
    expect((await post(message(123_456_789))).body).toEqual(first.body);

    const job = await finished(first.body.job_id);
    expect(job).toMatchObject({ status: "completed", title: "Blue Door Coffee", revision: 1, prompt });
    expect(job.attempts).toMatchObject([{ number: 1, status: "completed", provider: "openai", finish: "stop" }]);
    expect(await db.read((orm) => orm.$count(jobs))).toBe(1);

    const link = `${previewUrl}/p/${job.siteId}/`;
    // The acknowledgement has the link as well, to watch the page at.
    const sent = () => telegram.calls.filter((call) => call.method === "sendMessage");
    await until(() => sent().length > 1);
    expect(sent()).toHaveLength(2);
    expect(JSON.stringify(sent()[1])).toContain(link);
    expect(telegram.violations).toEqual([]);

    const page = await fetch(link);
    const html = await page.text();
    expect(page.headers.get("content-security-policy")).toContain("default-src 'none'");
    expect(html).toContain("Small roasts, long mornings");
    expect(html).toContain("https://example.org/");
    expect(html).not.toMatch(/<script|onload|onclick|javascript:|evil\.example/);
  });

  test("doctor finds nothing wrong, down to a word from the provider", async () => {
    const { status, stdout } = await runOrchestrator(["doctor", "--ai", "--json"], { env });
    const { healthy, checks } = JSON.parse(stdout) as { healthy: boolean; checks: { check: string; level: string }[] };
    expect(checks.filter(({ level }) => level === "problem")).toEqual([]);
    expect([status, healthy]).toEqual([0, true]);
    const fine = new Set(checks.filter(({ level }) => level === "ok").map(({ check }) => check));
    for (const check of ["database", "queue", "telegram", "ai provider", "previews path", "preview url"])
      expect(fine).toContain(check);
    expect(stdout).not.toContain(telegram.token);
  });

  test("a wrong secret is 401, malformed JSON 400, a missing job 404", async () => {
    expect((await post(message(2), "wrong")).status).toBe(401);
    expect((await post("{")).status).toBe(400);
    const missing = await fetch(`${apiUrl}/jobs/019ab000-0000-7000-8000-000000000000`, {
      headers: { authorization: "Bearer api-token" },
    });
    expect(missing.status).toBe(404);
    expect(await missing.json()).toMatchObject({ error: "job_not_found" });
  });

  test("with RabbitMQ stopped the webhook still answers, and the page comes after it is back", async () => {
    await broker.ctl("stop_app");
    const { status, body } = await post(message(3, 333));
    expect(status).toBe(200);
    const [job] = await db.read((orm) =>
      orm
        .select()
        .from(jobs)
        .where(eq(jobs.id, body.job_id as JobId)),
    );
    expect(job?.status).toBe("queued");
    await until(async () => (await readiness()) === "degraded");
    await broker.ctl("start_app");
    expect((await finished(body.job_id)).status).toBe("completed");
    await says(333, /\/p\//);
  });

  test("kill -9 of the worker in the middle of a job ends in exactly one completed job", async () => {
    ai.play({ reply: hostilePage, stallAfter: 3 }, { reply: hostilePage });
    const asked = ai.requests.length;
    const { body } = await post(message(4, 444));
    await until(() => ai.requests.length > asked);
    const [attempt] = await db.read((orm) =>
      orm
        .select()
        .from(jobAttempts)
        .where(eq(jobAttempts.jobId, body.job_id as JobId)),
    );
    const victim = workers.find((worker) => attempt?.worker.endsWith(`:${worker.pid}`));
    victim?.kill("SIGKILL");
    await victim?.exited;
    const job = await finished(body.job_id);
    expect(job).toMatchObject({ status: "completed", attempt: 2, crashes: 1, revision: 1 });
    expect(job.attempts.map((one) => one.status)).toEqual(["abandoned", "completed"]);
    await says(444, /\/p\//);
    expect(
      telegram.calls.filter(
        (call) => call.parameters["chat_id"] === 444 && /\/p\//.test(JSON.stringify(call.parameters)),
      ),
    ).toHaveLength(1);
    workers = [...workers.filter((worker) => worker !== victim), startWorker()];
  });

  test("an AI server that always fails ends, after the last retry, in a failed job and a message that says so", async () => {
    ai.play({ failure: { status: 500 } });
    const { body } = await post(message(5, 555));
    const job = await finished(body.job_id);
    expect(job).toMatchObject({ status: "failed", attempt: 3, errorCode: "provider_unavailable" });
    expect(job.attempts.map((one) => one.status)).toEqual(["retried", "retried", "failed"]);
    await says(555, /not (be )?reach|not answer|failed|again/i);
    ai.play({ reply: hostilePage });
  });

  test("a worker told to stop gives its job back without spending the attempt", async () => {
    ai.play({ reply: hostilePage, stallAfter: 3 }, { reply: hostilePage });
    for (const worker of workers.splice(0)) await worker[Symbol.asyncDispose]();
    const impatient = resources.use(startOrchestrator(["work"], { ...env, SHUTDOWN_GRACE: "0.2" }));
    const asked = ai.requests.length;
    const { body } = await post(message(6, 666));
    await until(() => ai.requests.length > asked);
    impatient.kill("SIGTERM");
    expect(await impatient.exited).toBe(0);
    const [given] = await db.read((orm) =>
      orm
        .select()
        .from(jobs)
        .where(eq(jobs.id, body.job_id as JobId)),
    );
    expect(given).toMatchObject({ status: "queued", attempt: 0 });
    workers = [startWorker()];
    expect(await finished(body.job_id)).toMatchObject({ status: "completed", attempt: 1, crashes: 0 });
  });

  test("a running job is cancelled from another process within a second", async () => {
    ai.play({ reply: hostilePage, stallAfter: 3 });
    const asked = ai.requests.length;
    const headers = { authorization: "Bearer api-token" };
    const created = await fetch(`${apiUrl}/jobs`, { method: "POST", headers, body: JSON.stringify({ prompt }) });
    expect(created.status).toBe(202);
    const { id } = (await created.json()) as { id: JobId };
    await until(() => ai.requests.length > asked);
    await fetch(`${apiUrl}/jobs/${id}`, { method: "DELETE", headers });
    expect((await finished(id)).attempts.map((one) => one.status)).toEqual(["cancelled"]);
    await ai.requests.at(-1)?.ended;
    ai.play({ reply: hostilePage });
  });

  test("a pointer in the dead queue shows as a failed job, and its chat is told", async () => {
    const { body } = await post(message(7, 777));
    // Ended first, so that no worker is about to take what is set back to waiting.
    await finished(body.job_id);
    await db.query(sql`
      update jobs set status = 'queued', finished_at = null, available_at = now() - interval '11 minutes', dispatch_after = now() + interval '1 hour',
        lease_token = null, lease_expires_at = null
      where id = ${body.job_id as JobId}::uuid`);
    await using side = openBroker(broker.url);
    const { deadLetterExchange, deadQueue } = topologyOf("orchestrator.v1");
    const channel = await side.channel();
    channel.publish(deadLetterExchange, routingKeys.dead, encodePointer(body.job_id as JobId));
    expect(await finished(body.job_id)).toMatchObject({ status: "failed", errorCode: "poison" });
    await says(777, /fail|could not|wrong|again/i);
    expect(await channel.checkQueue(deadQueue)).toMatchObject({ messageCount: 0 });
  });

  test("submit sends its prompt to the workers and waits for the page", async () => {
    const { status, stdout } = await runOrchestrator(["submit", "--json", prompt], { env });
    expect(status).toBe(0);
    const page = JSON.parse(stdout);
    expect(page).toMatchObject({ status: "completed", provider: "openai", title: "Blue Door Coffee", revision: 1 });
    expect((await fetch(page.previewUrl)).status).toBe(200);
  });

  test("a takedown from a machine without the pages is done by a worker, and the same page is refused", async () => {
    const submitted = await runOrchestrator(["submit", "--json", prompt], { env });
    const { siteId, previewUrl } = JSON.parse(submitted.stdout) as { siteId: string; previewUrl: string };
    const elsewhere = { DATABASE_URL: env["DATABASE_URL"] ?? "" };
    expect(await runOrchestrator(["takedown", siteId], { env: elsewhere })).toMatchObject({
      status: 0,
      stdout: `${siteId} is down.\n`,
    });
    await until(async () => (await fetch(previewUrl)).status === 410);
    const headers = { authorization: "Bearer api-token", "content-type": "application/json" };
    const body = JSON.stringify({ prompt: "make it darker", edit: siteId });
    expect((await fetch(`${apiUrl}/jobs`, { method: "POST", headers, body })).status).toBe(404);
    expect((await runOrchestrator(["submit", prompt], { env })).status).toBe(14);
  });

  test("no prompt and no secret is in any log", async () => {
    const lines = workers.flatMap((worker) => worker.log).map((line) => JSON.stringify(line));
    expect(lines.length).toBeGreaterThan(0);
    expect(
      lines.filter((line) => line.includes(prompt) || line.includes(secret) || line.includes(telegram.token)),
    ).toEqual([]);
  });

  test("every job ended exactly once, and nothing is left over", async () => {
    const rows = await db.query<{ open: number; leased: number; unsent: number; twice: number }>(sql`
      select (select count(*) from jobs where status in ('queued', 'running'))::int as open,
             (select count(*) from jobs where lease_token is not null)::int as leased,
             (select count(*) from notifications where status = 'pending')::int as unsent,
             (select count(*) from (select job_id from job_attempts where status = 'completed' group by job_id having count(*) > 1) as t)::int as twice`);
    expect(rows).toEqual([{ open: 0, leased: 0, unsent: 0, twice: 0 }]);
  });
});
