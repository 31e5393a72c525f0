import { expect, test } from "bun:test";
import { retryAfterMs, retryInfoMs } from "../../src/ai/retry-after.ts";

const now = new Date("2026-01-01T00:00:00Z");
const after = (headers: Record<string, string>) => retryAfterMs(new Headers(headers), now);

test("reads seconds, dates and milliseconds", () => {
  expect(after({ "retry-after": "12" })).toBe(12_000);
  expect(after({ "retry-after": "1.5" })).toBe(1500);
  expect(after({ "retry-after": "Thu, 01 Jan 2026 00:01:00 GMT" })).toBe(60_000);
  expect(after({ "retry-after-ms": "250", "retry-after": "9" })).toBe(250);
});

test("is bounded: never negative, never more than a day", () => {
  expect(after({ "retry-after": "Thu, 01 Jan 2025 00:00:00 GMT" })).toBe(0);
  expect(after({ "retry-after": "999999999999" })).toBe(86_400_000);
  expect(after({ "retry-after-ms": "-5" })).toBe(0);
});

test("says nothing when the header is missing or makes no sense", () => {
  for (const value of ["", "soon", "-3s", "NaN"]) expect(after({ "retry-after": value })).toBeUndefined();
  expect(after({})).toBeUndefined();
});

test("finds the RetryInfo among error details", () => {
  expect(retryInfoMs([{ reason: "X" }, { "@type": "RetryInfo", retryDelay: "37.2s" }])).toBe(37_200);
  for (const details of [undefined, null, {}, [], [null], [{ retryDelay: 3 }], [{ retryDelay: "3m" }]])
    expect(retryInfoMs(details)).toBeUndefined();
});
