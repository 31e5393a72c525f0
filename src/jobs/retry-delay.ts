export interface RetryDelays {
  baseMs: number;
  maxMs: number;
}

/**
 * Delay before the next attempt of a failed job, with full jitter.
 *
 * @param attempt Attempts made so far, starting at 1.
 * @param random Source of jitter in [0, 1).
 * @returns Milliseconds, between 0 and `min(maxMs, baseMs * 2 ** (attempt - 1))`.
 * @throws {RangeError} If `attempt` is not a positive integer.
 * @see https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/
 */
export function retryDelayMs(
  attempt: number,
  { baseMs, maxMs }: RetryDelays,
  random: () => number = Math.random,
): number {
  if (!Number.isInteger(attempt) || attempt < 1)
    throw new RangeError(`attempt must be a positive integer, not ${attempt}`);
  return Math.floor(random() * Math.min(maxMs, baseMs * 2 ** (attempt - 1)));
}
