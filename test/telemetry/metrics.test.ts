import { afterAll, beforeAll, beforeEach, expect, setDefaultTimeout, test } from "bun:test";
import { sql } from "drizzle-orm";
import pino from "pino";
import type { Provider } from "../../src/ai/provider.ts";
import type { Database } from "../../src/db/database.ts";
import { OutputError, ProviderError } from "../../src/errors.ts";
import { claimJob } from "../../src/jobs/claim-job.ts";
import { submitJob } from "../../src/jobs/submit-job.ts";
import { createIntake } from "../../src/telegram/intake.ts";
import { countJobEvents, countQueueEvents } from "../../src/telemetry/count-events.ts";
import { gaugeJobs } from "../../src/telemetry/job-gauges.ts";
import { createMetrics, type Metrics } from "../../src/telemetry/metrics.ts";
import { observeIntake } from "../../src/telemetry/observe-intake.ts";
import { observeNotifier } from "../../src/telemetry/observe-notifier.ts";
import { observeProvider } from "../../src/telemetry/observe-provider.ts";
import { empty, openTestDatabase } from "../helpers/database.ts";
import { text } from "../helpers/update.ts";

setDefaultTimeout(60_000);

let db: Database;
beforeAll(async () => {
  db = await openTestDatabase();
});
afterAll(() => db[Symbol.asyncDispose]());
beforeEach(() => empty(db));

const queue = { status: () => "blocked" as const };

const rejects = () => Promise.reject(new Error("not called"));

/** Every sample by its name and labels. */
async function scrape(metrics: Metrics): Promise<Record<string, number>> {
  const response = await metrics.scrape();
  expect(response.headers.get("content-type")).toStartWith("text/plain; version=0.0.4");
  const lines = (await response.text()).split("\n").filter((line) => line !== "" && !line.startsWith("#"));
  return Object.fromEntries(
    lines.map((line) => [line.slice(0, line.lastIndexOf(" ")), Number(line.split(" ").at(-1))]),
  );
}

test("jobs are counted by state, with how long the oldest has waited", async () => {
  const submit = async () => (await submitJob(db, { prompt: "a page", tenant: "test" })).jobId;
  await submit();
  await claimJob(db, { name: "w", lockKey: 1, provider: "mock" }, { redelivered: false });
  const [due, later, failed, old] = [await submit(), await submit(), await submit(), await submit()];
  await db.query(
    sql`update jobs set available_at = now() - interval '90 seconds', dispatch_after = now() - interval '30 seconds' where id = ${due}::uuid`,
  );
  await db.query(sql`update jobs set available_at = now() + interval '1 hour' where id = ${later}::uuid`);
  await db.query(sql`update jobs set status = 'failed', finished_at = now() where id = ${failed}::uuid`);
  await db.query(
    sql`update jobs set status = 'completed', finished_at = now() - interval '25 hours' where id = ${old}::uuid`,
  );
  const metrics = createMetrics();
  gaugeJobs(metrics, { db, queue });
  const samples = await scrape(metrics);
  expect(samples).toMatchObject({
    orchestrator_database_up: 1,
    'orchestrator_jobs{status="queued"}': 1,
    'orchestrator_jobs{status="waiting"}': 1,
    'orchestrator_jobs{status="running"}': 1,
    'orchestrator_jobs{status="failed"}': 1,
    'orchestrator_jobs{status="completed"}': 0,
    orchestrator_amqp_blocked: 1,
  });
  expect(samples["orchestrator_oldest_queued_seconds"]).toBeGreaterThanOrEqual(90);
  expect(samples["orchestrator_dispatch_lag_seconds"]).toBeGreaterThanOrEqual(30);
});

test("a database that never answers costs its own values and no more than two seconds", async () => {
  const silent = { ...db, query: () => new Promise<never>(() => undefined) };
  const metrics = createMetrics();
  gaugeJobs(metrics, { db: silent, queue });
  const samples = await scrape(metrics);
  expect(samples["orchestrator_database_up"]).toBe(0);
  expect(Object.keys(samples).filter((name) => name.startsWith("orchestrator_jobs{"))).toEqual([]);
  expect(samples["process_resident_memory_bytes"]).toBeGreaterThan(0);
});

test("every metric that the operator's manual names exists", async () => {
  const metrics = createMetrics();
  gaugeJobs(metrics, { db, queue });
  const text = await (await metrics.scrape()).text();
  const existing = [...text.matchAll(/^# TYPE (\S+)/gm)].map(([, name]) => name);
  const manual = await Bun.file("docs/operations.md").text();
  const named = new Set(manual.match(/\b(?:orchestrator|nodejs_eventloop)_[a-z0-9_]+(?<!_)/g));
  expect(named.size).toBeGreaterThan(15);
  for (const name of named) expect(existing).toContain(name.replace(/_bucket$/, ""));
});

test("many scrapes ask the database once", async () => {
  let asked = 0;
  const counted: Database = {
    ...db,
    query(statement) {
      asked++;
      return db.query(statement);
    },
  };
  const metrics = createMetrics();
  gaugeJobs(metrics, { db: counted, queue });
  await Promise.all([scrape(metrics), scrape(metrics), scrape(metrics)]);
  expect(asked).toBe(1);
});

test("what alerts look at is there before its first event", async () => {
  const metrics = createMetrics();
  countJobEvents(metrics);
  countQueueEvents(metrics);
  observeNotifier({ unable: [], reluctant: [], deliver: rejects, edit: rejects }, metrics);
  observeIntake(
    createIntake({ db, bot: { id: 1, username: "a_bot" }, allowedUsers: undefined, logger: pino({ level: "silent" }) }),
    metrics,
  );
  const provider: Provider = { name: "mock", model: "mock-1", async *generate() {} };
  observeProvider(provider, metrics);
  expect(await scrape(metrics)).toMatchObject({
    'orchestrator_updates_total{result="accepted"}': 0,
    'orchestrator_jobs_rescued_total{cause="worker_died"}': 0,
    'orchestrator_publish_failures_total{reason="returned"}': 0,
    'orchestrator_notifications_total{result="undeliverable"}': 0,
    'orchestrator_ai_requests_total{provider="mock",result="unauthorized"}': 0,
    orchestrator_dead_letters_total: 0,
  });
});

test("what happens to jobs and messages is counted", async () => {
  const metrics = createMetrics();
  const onJobEvent = countJobEvents(metrics);
  const onQueueEvent = countQueueEvents(metrics);
  onJobEvent({ type: "enqueued", source: "api" });
  onJobEvent({ type: "claimed", waitMs: 20 });
  onJobEvent({ type: "rescued", cause: "worker_died" });
  onJobEvent({ type: "nothing_due" });
  onJobEvent({ type: "attempt_ended", outcome: "completed", durationMs: 3000 });
  onJobEvent({ type: "dead_letter" });
  onQueueEvent({ type: "connected", role: "consume" });
  onQueueEvent({ type: "published", durationMs: 2 });
  onQueueEvent({ type: "publish_failed", reason: "timeout" });
  onQueueEvent({ type: "malformed" });
  expect(await scrape(metrics)).toMatchObject({
    'orchestrator_jobs_enqueued_total{source="api"}': 1,
    orchestrator_job_queue_wait_seconds_count: 1,
    'orchestrator_jobs_rescued_total{cause="worker_died"}': 1,
    orchestrator_duplicate_deliveries_total: 1,
    'orchestrator_job_attempts_total{outcome="completed"}': 1,
    orchestrator_job_attempt_duration_seconds_sum: 3,
    orchestrator_dead_letters_total: 1,
    'orchestrator_amqp_connected{role="publish"}': 0,
    'orchestrator_amqp_connected{role="consume"}': 1,
    orchestrator_publish_confirm_seconds_count: 1,
    'orchestrator_publish_failures_total{reason="timeout"}': 1,
    orchestrator_malformed_messages_total: 1,
  });
});

test("an update is counted once as accepted, and its repetition as a duplicate", async () => {
  const metrics = createMetrics();
  const bot = { id: 7000000001, username: "site_builder_bot" };
  const intake = observeIntake(
    createIntake({ db, bot, logger: pino({ level: "silent" }), allowedUsers: undefined }),
    metrics,
  );
  const update = text("a page for a coffee shop");
  await intake.take(update);
  await intake.take(update);
  await intake.take({});
  expect(await scrape(metrics)).toMatchObject({
    'orchestrator_updates_total{result="accepted"}': 1,
    'orchestrator_updates_total{result="duplicate"}': 1,
    'orchestrator_updates_total{result="malformed"}': 1,
    'orchestrator_jobs_enqueued_total{source="telegram"}': 1,
  });
});

test("calls to the provider are counted by how they ended", async () => {
  const metrics = createMetrics();
  const usage = { inputTokens: 3, outputTokens: 5 };
  const ends: (() =>
    | AsyncGenerator<never>
    | AsyncIterable<{ type: "finish"; finish: "stop"; usage: typeof usage; model: string }>)[] = [
    async function* () {
      yield { type: "finish", finish: "stop", usage, model: "named-by-the-server" };
    },
    // biome-ignore lint/correctness/useYield: it fails before there is anything
    async function* () {
      throw new ProviderError("later", { reason: "rate_limited" });
    },
    // biome-ignore lint/correctness/useYield: it fails before there is anything
    async function* () {
      throw new OutputError("no", { reason: "blocked" });
    },
    // biome-ignore lint/correctness/useYield: it fails before there is anything
    async function* () {
      throw new TypeError("a bug");
    },
  ];
  for (const generate of ends) {
    const provider = observeProvider({ name: "openai", model: "m", generate } as Provider, metrics);
    const call = async () => {
      for await (const _ of provider.generate({ prompt: "p", signal: new AbortController().signal }));
    };
    await call().catch(() => undefined);
  }
  const samples = await scrape(metrics);
  for (const result of ["stop", "rate_limited", "blocked", "error"])
    expect(samples[`orchestrator_ai_requests_total{provider="openai",result="${result}"}`]).toBe(1);
  expect(samples['orchestrator_ai_tokens_total{provider="openai",direction="output"}']).toBe(5);
  expect(samples['orchestrator_ai_request_duration_seconds_count{provider="openai"}']).toBe(4);
  expect(Object.keys(samples).join()).not.toContain("named-by-the-server");
});
