import type { JobId } from "../ids.ts";

export interface Delivery {
  jobId: JobId;
  /** The broker handed this message out before, to a consumer that did not acknowledge it. */
  redelivered: boolean;
  /** W3C trace context of whoever published, if any. */
  traceparent: string | undefined;
}

export interface ConsumeOptions {
  /** Deliveries handled at once, and the most that are held unacknowledged. */
  concurrency: number;
  /** Stops taking deliveries; `consume` resolves when the handlers in flight are done. */
  signal: AbortSignal;
}

/**
 * Carries job ids from the API to the workers. The job itself stays in the database, so a lost or
 * doubled message costs a lookup and nothing more.
 *
 * Implementations: `rabbitmq.ts`, `memory.ts`. Both pass `test/contract/queue-contract.ts`.
 */
export interface Queue extends AsyncDisposable {
  /**
   * Resolves once the broker has confirmed *and routed* the message.
   *
   * @throws {QueueError} Within 5 s when it has not. The message may have arrived all the same.
   */
  publish(jobId: JobId, options?: { traceparent?: string | undefined }): Promise<void>;

  /**
   * At least once: `handle` must be idempotent. A delivery is acknowledged when `handle` resolves and goes back
   * to the queue when it rejects. Survives the loss of channel, connection and broker.
   *
   * @throws {QueueError} When the queue exists with other arguments than ours.
   */
  consume(handle: (delivery: Delivery) => Promise<void>, options: ConsumeOptions): Promise<void>;

  /** State of the connection now. Never waits, never throws. */
  status(): QueueStatus;
}

export type QueueStatus = "connected" | "connecting" | "blocked" | "closed";
