import type { QueueErrorReason } from "../errors.ts";
import type { JobId } from "../ids.ts";

export interface Delivery {
  jobId: JobId;
  /** The broker handed this message out before, to a consumer that did not acknowledge it. */
  redelivered: boolean;
  /** W3C trace context of whoever published, if any. */
  traceparent: string | undefined;
}

interface ConsumeOptions {
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
   * @throws {QueueError} At once when there is no usable connection, within 5 s when the confirm does not come.
   *   Unless `reason` is `nack` or `returned`, the message may have arrived all the same.
   */
  publish(jobId: JobId, options?: { traceparent?: string | undefined }): Promise<void>;

  /**
   * At least once: `handle` must be idempotent. A delivery is acknowledged when `handle` resolves. When it rejects,
   * the delivery keeps its slot for a growing while (0.2 s … 30 s) and then goes back to the queue; after
   * {@link deliveryLimit} returns it is dead. Survives the loss of channel, connection and broker; a handler
   * that was running then finishes, and its job is delivered once more.
   *
   * @throws {QueueError} `topology` when the queue exists with other arguments than ours; `refused` when the broker
   *   turns the very first connection down. Handlers in flight are done by then.
   */
  consume(handle: (delivery: Delivery) => Promise<void>, options: ConsumeOptions): Promise<void>;

  /** As `consume`, one at a time, for the deliveries that were given up: tell the job's owner, then forget them. */
  consumeDead(handle: (delivery: Delivery) => Promise<void>, options: { signal: AbortSignal }): Promise<void>;

  /** State of the connection now. Never waits, never throws. A broker that went silent is noticed after 20 s or more. */
  status(): QueueStatus;

  /**
   * Messages that wait for a worker, without those in workers' hands.
   *
   * @throws When there is no connection or no queue.
   */
  backlog(): Promise<number>;

  /**
   * One round trip to the broker, however long it takes.
   *
   * @throws When there is no connection, or it is lost meanwhile.
   */
  ping(): Promise<void>;
}

/** `connected` means that everything asked for works: publishing, and each running `consume`. */
export type QueueStatus = "connected" | "connecting" | "blocked" | "closed";

/** How often a delivery may come back before it is dead. RabbitMQ's own default since 4.0. */
export const deliveryLimit = 20;

/** What a metrics module wants to count. */
export type QueueEvent =
  | { type: "connected" | "disconnected"; role: QueueRole }
  | { type: "published"; durationMs: number }
  | { type: "publish_failed"; reason: QueueErrorReason }
  | { type: "delivered"; redelivered: boolean }
  /** A message that is not one of ours was dropped. */
  | { type: "malformed" };

export type QueueRole = "publish" | "consume";
