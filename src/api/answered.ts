import { DatabaseError } from "../errors.ts";
import { within } from "../within.ts";

/** Telegram waits a minute, other callers hardly longer. */
const answerWithinMs = 10_000;

/**
 * What the database answers a caller. What is given up on here may be done all the same: an update that comes again is found
 * taken, and so is a job with an idempotency key.
 *
 * @throws {DatabaseError} When it does not answer in time.
 */
export function answered<T>(answer: Promise<T>): Promise<T> {
  return within(answerWithinMs, answer, () => new DatabaseError("The database did not answer a request in time."));
}
