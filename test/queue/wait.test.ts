import { expect, test } from "bun:test";
import { orAborted, reconnectDelayMs, sleep } from "../../src/queue/wait.ts";

test("a reconnect waits 50 … 100 ms at first and never more than a second", () => {
  expect(reconnectDelayMs(1, () => 0)).toBe(50);
  expect(reconnectDelayMs(1, () => 1)).toBe(100);
  expect(reconnectDelayMs(3, () => 1)).toBe(400);
  expect(reconnectDelayMs(1_000_000, () => 1)).toBe(1_000);
  expect(reconnectDelayMs(1_000_000, () => 0)).toBe(500);
});

test("a wait ends with its promise", async () => {
  expect(await orAborted(Promise.resolve(1), new AbortController().signal)).toBe(1);
  await expect(orAborted(Promise.reject(new Error("broken")), new AbortController().signal)).rejects.toThrow("broken");
});

test("a wait ends when aborted, before or meanwhile, and a later failure is nobody's", async () => {
  const { promise, reject } = Promise.withResolvers<number>();
  expect(await orAborted(promise, AbortSignal.abort())).toBeUndefined();
  const stop = new AbortController();
  const waiting = orAborted(promise, stop.signal);
  stop.abort();
  expect(await waiting).toBeUndefined();
  reject(new Error("too late"));
});

test("a sleep ends when aborted", async () => {
  const stop = new AbortController();
  const sleeping = sleep(1_000_000, stop.signal);
  stop.abort();
  await sleeping;
});
