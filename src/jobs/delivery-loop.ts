import type { Logger } from "../logger.ts";
import type { Signal, Signals } from "./signals.ts";

const pollMs = 1000;
/** Rounds are at least this far apart, so that a thousand deliveries ending at once do not ask a thousand times. */
const roundMs = 10;
/** And this many times as long as the last one took: with a long backlog, asking must not be what keeps the database busy. */
const roundShare = 4;

export interface DeliveryLoop<Item> {
  signals: Signals;
  /** Looks again when this is heard, and once a second. */
  wakeOn: Signal;
  /** Deliveries at once. */
  limit: number;
  /** Takes up to `free` items so that nobody else has them. */
  take(free: number): Promise<Item[]>;
  /** Never waited for by other items. */
  deliver(item: Item): Promise<void>;
  logger: Logger;
}

/**
 * Takes what is due and delivers it, each item beside the others: a slow one holds up its own place and nothing else.
 * Ends when `signal` aborts and what is on its way has arrived.
 */
export async function runDeliveryLoop<Item>(loop: DeliveryLoop<Item>, signal: AbortSignal): Promise<void> {
  const { logger, limit } = loop;
  let wake = Promise.withResolvers<void>();
  const inFlight = new Set<Promise<void>>();
  using _ = loop.signals.on(loop.wakeOn, () => wake.resolve());
  signal.addEventListener("abort", () => wake.resolve(), { once: true });
  let healthy = true;

  function start(item: Item): void {
    const delivery = loop
      .deliver(item)
      .catch((error: unknown) => logger.warn({ err: error }, "a delivery was not recorded, it may be repeated"))
      .finally(() => {
        inFlight.delete(delivery);
        wake.resolve();
      });
    inFlight.add(delivery);
  }

  while (!signal.aborted) {
    wake = Promise.withResolvers();
    if (signal.aborted) break;
    const started = performance.now();
    try {
      const free = limit - inFlight.size;
      for (const item of free > 0 ? await loop.take(free) : []) start(item);
      healthy = true;
    } catch (error) {
      if (healthy) logger.warn({ err: error }, "cannot read what is to be delivered, trying again every second");
      healthy = false;
    }
    const tookMs = performance.now() - started;
    const timer = setTimeout(() => wake.resolve(), pollMs);
    await wake.promise;
    clearTimeout(timer);
    if (!signal.aborted) await Bun.sleep(Math.min(Math.max(roundMs, roundShare * tookMs), pollMs));
  }
  await Promise.all(inFlight);
}
