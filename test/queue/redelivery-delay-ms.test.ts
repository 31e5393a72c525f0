import { expect, test } from "bun:test";
import { deliveryLimit } from "../../src/queue/queue.ts";
import { redeliveryDelayMs } from "../../src/queue/redelivery-delay-ms.ts";

test("the first return takes a fifth of a second, the last half a minute", () => {
  expect(redeliveryDelayMs(0)).toBe(200);
  expect(redeliveryDelayMs(1)).toBe(400);
  expect(redeliveryDelayMs(1_000_000)).toBe(30_000);
});

test("a job whose handler rejects outlasts five minutes of outage before it is dead", () => {
  const delays = Array.from({ length: deliveryLimit }, (_, returns) => redeliveryDelayMs(returns));
  expect(delays.reduce((sum, delayMs) => sum + delayMs)).toBeGreaterThan(5 * 60_000);
});
