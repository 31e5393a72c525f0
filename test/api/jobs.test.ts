import { afterAll, beforeAll, beforeEach, describe, expect, spyOn, test } from "bun:test";
import { sql } from "drizzle-orm";
import pino from "pino";
import { errorResponse } from "../../src/api/api-error.ts";
import { createJobEvents } from "../../src/api/job-events.ts";
import { createJobs } from "../../src/api/jobs.ts";
import type { Database } from "../../src/db/database.ts";
import { createJobId, type JobId } from "../../src/ids.ts";
import { claimJob } from "../../src/jobs/claim-job.ts";
import { endAttempt } from "../../src/jobs/end-attempt.ts";
import { getJob } from "../../src/jobs/find-job.ts";
import { beginPublishing, enterStage } from "../../src/jobs/lease.ts";
import { submitJob } from "../../src/jobs/submit-job.ts";
import { apiToken, openTestApi, type TestApi } from "../helpers/api.ts";
import { empty, openTestDatabase } from "../helpers/database.ts";
import { until } from "../helpers/until.ts";

let db: Database;
let api: TestApi;

beforeAll(async () => {
  db = await openTestDatabase();
  api = await openTestApi(db);
});
afterAll(async () => {
  await api[Symbol.asyncDispose]();
  await db[Symbol.asyncDispose]();
});
beforeEach(async () => {
  await empty(db);
  api.published.length = 0;
});

function call(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(api.server.url + path, {
    method,
    headers: { authorization: `Bearer ${apiToken}`, ...headers },
    ...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }),
  });
}

interface JobBody {
  id: JobId;
  status: string;
  stage: string | null;
  previewUrl: string | null;
  siteId: string;
}

async function json(response: Promise<Response>): Promise<JobBody> {
  return (await (await response).json()) as JobBody;
}

async function start(id: JobId) {
  const job = await claimJob(db, { name: "test", lockKey: 1, provider: "mock" }, { redelivered: false });
  if (job?.id !== id) throw new Error("not claimed");
  return job;
}

async function complete(id: JobId): Promise<void> {
  const job = await start(id);
  const revision = await beginPublishing(db, job);
  await endAttempt(db, job, { kind: "completed", title: "Coffee", revision }, { inputTokens: 3, outputTokens: 5 });
}

const spec = { prompt: "a page for a coffee shop", model: "gemini-2.0-flash" };

describe("create", () => {
  test("a database that says nothing is 503 within ten seconds, and the caller is asked to come back", async () => {
    let statements = 0;
    const silence = (): Promise<never> => {
      statements++;
      return new Promise(() => {});
    };
    const silent = createJobs({
      db: { ...db, query: silence, read: silence },
      dispatcher: { publish: async () => {} },
      apiToken,
      previewUrl: () => "https://p.example/",
    });
    const id = createJobId();
    const request = () =>
      new Request("http://localhost/jobs", {
        method: "POST",
        headers: { authorization: `Bearer ${apiToken}` },
        body: JSON.stringify(spec),
      });
    const { setTimeout } = globalThis;
    // biome-ignore lint/suspicious/noExplicitAny: stands in for a function of several shapes
    const hurried = (work: () => void, ms = 0): any => setTimeout(work, ms / 1000);
    using _ = spyOn(globalThis, "setTimeout").mockImplementation(hurried as never);
    const calls = [silent.create(request()), silent.read(request(), id), silent.cancel(request(), id)];
    const failures = await Promise.all(calls.map((call) => call.catch((error: unknown) => error)));
    for (const failure of failures) {
      const response = errorResponse(failure, pino({ level: "silent" }));
      expect([response.status, response.headers.get("retry-after")]).toEqual([503, "5"]);
    }
    expect(statements).toBe(3);
  });

  test("a job is accepted, and can be read where it says", async () => {
    const response = await call("POST", "/jobs", spec);
    expect(response.status).toBe(202);
    const job = (await response.json()) as JobBody;
    expect(job).toEqual({
      id: expect.any(String),
      kind: "new",
      status: "queued",
      stage: null,
      prompt: spec.prompt,
      siteId: expect.stringMatching(/^[a-z2-7]{26}$/),
      revision: null,
      baseRevision: null,
      attempt: 0,
      title: null,
      summary: null,
      previewUrl: null,
      provider: null,
      model: spec.model,
      usage: { inputTokens: 0, outputTokens: 0 },
      costUsd: null,
      error: null,
      availableAt: expect.any(String),
      createdAt: expect.any(String),
      startedAt: null,
      finishedAt: null,
    } as never);
    expect(api.published).toEqual([job.id]);
    const location = response.headers.get("location") ?? "";
    expect(await json(call("GET", location))).toEqual(job);
  });

  test("the same idempotency key gives the same job, published once", async () => {
    const headers = { "idempotency-key": "order-1" };
    const first = await json(call("POST", "/jobs", spec, headers));
    expect(await json(call("POST", "/jobs", spec, headers))).toEqual(first);
    expect((await json(call("POST", "/jobs", spec, { "idempotency-key": "order-2" }))).id).not.toBe(first.id);
    expect(api.published).toHaveLength(2);
  });

  test("the same idempotency key with another request is refused, and changes nothing", async () => {
    const headers = { "idempotency-key": "order-1" };
    const first = await json(call("POST", "/jobs", spec, headers));
    await complete(first.id);
    for (const other of [
      { ...spec, prompt: "another page" },
      { ...spec, edit: first.siteId },
    ]) {
      const response = await call("POST", "/jobs", other, headers);
      expect(response.status).toBe(422);
      expect(await response.json()).toEqual({
        error: "idempotency_key_reused",
        message: expect.stringContaining("Idempotency-Key"),
      });
    }
    const edit = { prompt: "darker", edit: first.siteId };
    const second = await json(call("POST", "/jobs", edit, { "idempotency-key": "order-2" }));
    expect(await json(call("POST", "/jobs", edit, { "idempotency-key": "order-2" }))).toEqual(second);
    const elsewhere = await json(call("POST", "/jobs", spec));
    await db.query(sql`update sites set current_revision = 1 where id = ${elsewhere.siteId}::text`);
    const other = { ...edit, edit: elsewhere.siteId };
    expect((await call("POST", "/jobs", other, { "idempotency-key": "order-2" })).status).toBe(422);
    expect(await db.query(sql`select count(*)::int as jobs from jobs`)).toEqual([{ jobs: 3 }]);
  });

  test("a field that there is not is refused by its name", async () => {
    const response = await call("POST", "/jobs", { ...spec, edits: "x" });
    expect(response.status).toBe(400);
    expect(((await response.json()) as { message: string }).message).toContain("`edits`");
    expect(await db.query(sql`select id from jobs`)).toEqual([]);
  });

  const refused: [string, unknown, Record<string, string>][] = [
    ["an empty prompt", { prompt: " \u200b\u0000" }, {}],
    ["no prompt", {}, {}],
    ["a prompt that is no text", { prompt: ["a"] }, {}],
    ["a prompt that is too long", { prompt: "x".repeat(16_385) }, {}],
    ["a model that is no name", { prompt: "a", model: "../x y" }, {}],
    ["an empty idempotency key", spec, { "idempotency-key": "" }],
    ["an idempotency key of a thousand characters", spec, { "idempotency-key": "k".repeat(1000) }],
    ["a field that is not ours", { prompt: "a", edti: "x" }, {}],
    ["null", "null", {}],
    ["an array", [], {}],
    ["no JSON", "prompt=a", {}],
  ];
  test.each(refused)("%s is 400", async (_, body, headers) => {
    const response = await call("POST", "/jobs", body, headers);
    expect(response.status).toBe(400);
    expect(await response.json()).toEqual({
      error: expect.stringMatching(/^invalid_(request|json)$/),
      message: expect.any(String),
    });
    expect(await db.query(sql`select id from jobs`)).toEqual([]);
  });

  test("a site that exists is changed, and an unknown one is not found", async () => {
    const { siteId, id } = await json(call("POST", "/jobs", spec));
    await complete(id);
    expect(await json(call("POST", "/jobs", { prompt: "darker", edit: siteId }))).toMatchObject({
      kind: "edit",
      siteId,
      baseRevision: null,
    });
    const unknown = await call("POST", "/jobs", { prompt: "darker", edit: "a".repeat(26) });
    expect(unknown.status).toBe(404);
    expect(await unknown.json()).toMatchObject({ error: "site_not_found" });
    expect((await call("POST", "/jobs", { prompt: "darker", edit: "../etc" })).status).toBe(400);
  });

  test("a prompt is cleaned before it is stored", async () => {
    expect(await json(call("POST", "/jobs", { prompt: " caf\u0000é \ud83d\r\n" }))).toHaveProperty("prompt", "café �");
  });
});

describe("read", () => {
  test.each([createJobId(), "x", "..%2f..", "__proto__", "%00"])("a missing job is 404: %s", async (id) => {
    const response = await call("GET", `/jobs/${id}`);
    expect(response.status).toBe(404);
    expect(await response.json()).toEqual({ error: "job_not_found", message: expect.any(String) });
  });

  test("a finished job has its page's address", async () => {
    const { jobId, siteId } = await submitJob(db, { prompt: "a", tenant: "api" });
    await complete(jobId);
    expect(await json(call("GET", `/jobs/${jobId}`))).toMatchObject({
      status: "completed",
      title: "Coffee",
      revision: 1,
      previewUrl: `https://preview.example.com/p/${siteId}/`,
      usage: { inputTokens: 3, outputTokens: 5 },
    } as never);
  });

  test("a failed job has its reason", async () => {
    const { jobId } = await submitJob(db, { prompt: "a", tenant: "api" });
    const error = { code: "output_refused", message: "The model declined." };
    await endAttempt(db, await start(jobId), { kind: "failed", error }, { inputTokens: 0, outputTokens: 0 });
    expect(await json(call("GET", `/jobs/${jobId}`))).toMatchObject({ status: "failed", error } as never);
  });
});

describe("cancel", () => {
  test("a queued job is cancelled at once, and again", async () => {
    const { jobId } = await submitJob(db, { prompt: "a", tenant: "api" });
    for (const _ of [1, 2]) {
      const response = await call("DELETE", `/jobs/${jobId}`);
      expect([response.status, ((await response.json()) as JobBody).status]).toEqual([200, "cancelled"]);
    }
  });

  test("a running job is cancelled soon", async () => {
    const { jobId } = await submitJob(db, { prompt: "a", tenant: "api" });
    await start(jobId);
    expect((await call("DELETE", `/jobs/${jobId}`)).status).toBe(202);
  });

  test("a finished job stays as it is", async () => {
    const { jobId } = await submitJob(db, { prompt: "a", tenant: "api" });
    await complete(jobId);
    const response = await call("DELETE", `/jobs/${jobId}`);
    expect(response.status).toBe(409);
    expect(await response.json()).toMatchObject({ error: "job_finished" });
  });
});

describe("who may", () => {
  const paths = [
    ["POST", "/jobs"],
    ["GET", `/jobs/${createJobId()}`],
    ["DELETE", `/jobs/${createJobId()}`],
    ["GET", `/jobs/${createJobId()}/events`],
  ] as const;

  test.each(paths)("a wrong token is 401: %s %s", async (method, path) => {
    for (const authorization of ["", apiToken, "Bearer", `Bearer ${apiToken}x`, `Basic ${apiToken}`]) {
      const response = await fetch(api.server.url + path, { method, headers: { authorization } });
      expect(response.status).toBe(401);
      expect(response.headers.get("www-authenticate")).toBe("Bearer");
    }
  });

  test.each(paths)("without API_TOKEN there is no job API: %s %s", async (method, path) => {
    await using off = await openTestApi(db, { apiToken: undefined });
    const response = await fetch(off.server.url + path, { method, headers: { authorization: "Bearer undefined" } });
    expect(response.status).toBe(404);
    expect(await response.json()).toMatchObject({ error: "not_found" });
  });
});

describe("events", () => {
  async function* events(response: Response): AsyncGenerator<{ id: string; job: JobBody }> {
    const decoder = new TextDecoder();
    let text = "";
    for await (const chunk of response.body ?? []) {
      text += decoder.decode(chunk, { stream: true });
      for (let end = text.indexOf("\n\n"); end >= 0; end = text.indexOf("\n\n")) {
        const fields = Object.fromEntries(
          text
            .slice(0, end)
            .split("\n")
            .map((line) => line.split(/: (.*)/s, 2)),
        );
        text = text.slice(end + 2);
        if (fields["event"] === "job") yield { id: fields["id"], job: JSON.parse(fields["data"]) };
      }
    }
  }

  test("each change of a job is told, and its end ends the stream", async () => {
    const { jobId } = await submitJob(db, { prompt: "a\n\ndata: b", tenant: "api" });
    const response = await call("GET", `/jobs/${jobId}/events`);
    expect(response.headers.get("content-type")).toBe("text/event-stream");
    const stream = events(response);
    const next = async () => (await stream.next()).value?.job;
    expect(await next()).toMatchObject({ status: "queued", prompt: "a\n\ndata: b" } as never);
    const job = await start(jobId);
    expect(await next()).toMatchObject({ status: "running", stage: "writing" });
    await enterStage(db, job, "checking");
    expect(await next()).toMatchObject({ stage: "checking" });
    const revision = await beginPublishing(db, job);
    expect(await next()).toMatchObject({ stage: "publishing" });
    await endAttempt(db, job, { kind: "completed", title: "x", revision }, { inputTokens: 0, outputTokens: 0 });
    expect(await next()).toMatchObject({ status: "completed", previewUrl: expect.any(String) });
    expect((await stream.next()).done).toBe(true);
  });

  test("a browser that comes back after the end is told that there is no more", async () => {
    const { jobId } = await submitJob(db, { prompt: "a", tenant: "api" });
    await complete(jobId);
    const path = `/jobs/${jobId}/events`;
    const { value } = await events(await call("GET", path)).next();
    expect(value?.job.status).toBe("completed");
    const again = await call("GET", path, undefined, { "last-event-id": value?.id ?? "" });
    expect(again.status).toBe(204);
  });

  test("of a missing job are 404", async () => {
    expect((await call("GET", `/jobs/${createJobId()}/events`)).status).toBe(404);
  });

  test("of a client that went away are watched no longer", async () => {
    const { jobId } = await submitJob(db, { prompt: "a", tenant: "api" });
    const leaving = new AbortController();
    const response = await fetch(`${api.server.url}/jobs/${jobId}/events`, {
      headers: { authorization: `Bearer ${apiToken}` },
      signal: leaving.signal,
    });
    await events(response).next();
    expect(api.listening()).toBe(1);
    leaving.abort();
    await until(() => api.listening() === 0);
  });

  function streams(closing = new AbortController().signal) {
    const options = { db, signals: api.signals, previewUrl: () => undefined, closing, heartbeatMs: 1 };
    const open = createJobEvents(options);
    return async (id: JobId) => open(await getJob(db, id), new Request("http://localhost/"));
  }

  test("show signs of life while nothing changes", async () => {
    const { jobId } = await submitJob(db, { prompt: "a", tenant: "api" });
    const closing = new AbortController();
    const decoder = new TextDecoder();
    let beats = 0;
    for await (const chunk of (await streams(closing.signal)(jobId)).body ?? []) {
      if (decoder.decode(chunk) === ":\n\n") beats += 1;
      if (beats === 3) closing.abort();
    }
    expect(beats).toBe(3);
  });

  test.each([1, 2, 3])("that are given up after %d reads are watched no longer", async (reads) => {
    const { jobId } = await submitJob(db, { prompt: "a", tenant: "api" });
    const reader = (await streams()(jobId)).body?.getReader();
    for (let read = 0; read < reads; read++) await reader?.read();
    await until(() => api.listening() === 1);
    await reader?.cancel();
    await until(() => api.listening() === 0);
  });

  test("are not more than the database can bear, and those that end make room", async () => {
    const { jobId } = await submitJob(db, { prompt: "a", tenant: "api" });
    const open = streams();
    const all = await Promise.all(Array.from({ length: 100 }, () => open(jobId)));
    await expect(open(jobId)).rejects.toMatchObject({ status: 503, error: "too_many_streams" });
    await Promise.all(all.map((response) => response.body?.cancel()));
    const response = await open(jobId);
    await response.body?.cancel();
  });

  test("end when the server does", async () => {
    const { jobId } = await submitJob(db, { prompt: "a", tenant: "api" });
    const other = await openTestApi(db);
    const response = await fetch(`${other.server.url}/jobs/${jobId}/events`, {
      headers: { authorization: `Bearer ${apiToken}` },
    });
    const stream = events(response);
    expect((await stream.next()).value?.job.status).toBe("queued");
    await other[Symbol.asyncDispose]();
    expect((await stream.next()).done).toBe(true);
  });
});
