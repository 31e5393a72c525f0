import { describe, expect, setDefaultTimeout, test } from "bun:test";
import { OutputError, ProviderError, StorageError } from "../../src/errors.ts";
import type { JobId, SiteId } from "../../src/ids.ts";
import type { ClaimedJob } from "../../src/jobs/claimed-job.ts";
import { DrainError, outcomeOf } from "../../src/jobs/failure.ts";
import { JobCancelledError } from "../../src/jobs/lease.ts";
import { retryDelayMs } from "../../src/jobs/retry-delay.ts";

setDefaultTimeout(60_000);

const policy = { maxRetries: 2, retryDelays: { baseMs: 1000, maxMs: 10_000 } };
const middle = () => 0.5;

function job(counts: Partial<ClaimedJob> = {}): ClaimedJob {
  return {
    id: "j" as JobId,
    siteId: "s" as SiteId,
    kind: "new",
    replayOf: undefined,
    baseRevision: undefined,
    prompt: "a secret plan",
    model: undefined,
    attempt: 1,
    crashes: 0,
    snoozes: 0,
    token: "t",
    revision: undefined,
    cancelRequested: false,
    language: undefined,
    waitMs: 0,
    rescued: undefined,
    traceparent: undefined,
    ...counts,
  };
}

const unavailable = new ProviderError("The AI provider does not answer.", { reason: "unavailable" });

describe("outcome", () => {
  test("a job stays queued for a retry and fails after the last", () => {
    expect(outcomeOf(unavailable, job({ attempt: 1 }), policy, middle)).toMatchObject({
      kind: "retried",
      delayMs: 500,
    });
    expect(outcomeOf(unavailable, job({ attempt: 2 }), policy, middle)).toMatchObject({
      kind: "retried",
      delayMs: 1000,
    });
    expect(outcomeOf(unavailable, job({ attempt: 3 }), policy, middle)).toMatchObject({
      kind: "failed",
      error: { code: "provider_unavailable", message: "The AI provider does not answer." },
    });
  });

  test("no retries means one attempt", () => {
    expect(outcomeOf(unavailable, job(), { ...policy, maxRetries: 0 }, middle).kind).toBe("failed");
  });

  test("crashes are not counted as retries", () => {
    expect(outcomeOf(unavailable, job({ attempt: 4, crashes: 2 }), policy, middle).kind).toBe("retried");
  });

  test("a rate limit waits as long as the provider asked, a little spread", () => {
    const limited = new ProviderError("busy", { reason: "rate_limited", retryAfterMs: 7000 });
    expect(outcomeOf(limited, job({ attempt: 9 }), policy, middle)).toMatchObject({ kind: "snoozed", delayMs: 7350 });
    expect(outcomeOf(limited, job({ attempt: 9, snoozes: 50 }), policy, middle).kind).toBe("failed");
  });

  test.each([
    ["a wrong key", new ProviderError("key", { reason: "unauthorized" }), "provider_unauthorized"],
    ["a rejected request", new ProviderError("model", { reason: "rejected" }), "provider_rejected"],
    ["a refusal", new OutputError("no", { reason: "refused" }), "output_refused"],
    ["a blocked prompt", new OutputError("no", { reason: "blocked" }), "output_blocked"],
  ])("%s is not retried", (_, error, code) => {
    expect(outcomeOf(error, job(), policy, middle)).toMatchObject({ kind: "failed", error: { code } });
  });

  test("a full disk and a page cut short are tried again", () => {
    expect(outcomeOf(new StorageError("full"), job(), policy, middle).kind).toBe("retried");
    expect(outcomeOf(new OutputError("cut", { reason: "truncated" }), job(), policy, middle).kind).toBe("retried");
  });

  test("a bug tells the person nothing internal", () => {
    const outcome = outcomeOf(new TypeError("undefined is not a secret plan"), job({ attempt: 3 }), policy, middle);
    expect(outcome).toEqual({
      kind: "failed",
      error: { code: "internal", message: "Something went wrong on our side." },
    });
  });

  test("a cancelled job is cancelled, a drained one released", () => {
    expect(outcomeOf(new JobCancelledError("x"), job(), policy)).toEqual({ kind: "cancelled" });
    expect(outcomeOf(new DrainError("x"), job(), policy)).toEqual({ kind: "released" });
  });
});

describe("retry delay", () => {
  test("doubles up to the limit, anywhere below it", () => {
    const delays = { baseMs: 1000, maxMs: 5000 };
    expect([1, 2, 3, 4, 50].map((attempt) => retryDelayMs(attempt, delays, () => 0.999_999))).toEqual([
      999, 1999, 3999, 4999, 4999,
    ]);
    expect(retryDelayMs(3, delays, () => 0)).toBe(0);
  });

  test("refuses an attempt that is not one", () => {
    expect(() => retryDelayMs(0, { baseMs: 1, maxMs: 1 })).toThrow(RangeError);
  });
});
