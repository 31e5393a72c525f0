/**
 * Waits for `promise`, but not longer than until `signal` aborts.
 *
 * @returns `undefined` when aborted first; a later rejection of `promise` is then swallowed.
 */
export async function orAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T | undefined> {
  const { promise: aborted, resolve } = Promise.withResolvers<undefined>();
  const abort = () => resolve(undefined);
  signal.addEventListener("abort", abort, { once: true });
  if (signal.aborted) abort();
  try {
    return await Promise.race([aborted, promise]);
  } finally {
    signal.removeEventListener("abort", abort);
  }
}

/** Resolves after `ms`, or as soon as `signal` aborts. */
export async function sleep(ms: number, signal: AbortSignal): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, ms);
  try {
    await orAborted(promise, signal);
  } finally {
    clearTimeout(timer);
  }
}

/**
 * Delay before reconnecting, doubled per attempt, half of it random so that many processes do not come back in step.
 *
 * @param attempt Attempts that failed so far, starting at 1.
 * @returns Milliseconds: 50…100 for the first, never more than 1,000.
 */
export function reconnectDelayMs(attempt: number, random: () => number = Math.random): number {
  const ceiling = Math.min(1_000, 100 * 2 ** Math.min(attempt - 1, 10));
  return ceiling * (0.5 + random() / 2);
}
