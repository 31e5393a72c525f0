import { QueueError } from "../errors.ts";
import type { Logger } from "../logger.ts";
import { consumeQueue } from "./amqp/consumer.ts";
import { amqpUrl, type Link, openLink } from "./amqp/link.ts";
import { openPublisher } from "./amqp/publisher.ts";
import { topologyOf } from "./amqp/topology.ts";
import type { Delivery, Queue, QueueEvent } from "./queue.ts";
import { orAborted } from "./wait.ts";

const firstAttemptMs = 2_000;

export interface RabbitQueueOptions {
  /** `amqp://` or `amqps://`, with credentials. Never logged. */
  url: string;
  /** In front of every exchange and queue name, so that two installations can share a broker. */
  prefix?: string | undefined;
  confirmTimeoutMs?: number | undefined;
  logger?: Logger | undefined;
  onEvent?: ((event: QueueEvent) => void) | undefined;
}

/**
 * A queue on RabbitMQ 3.10 or later: quorum queues, publisher confirms, one connection to publish and, once something
 * consumes, another for that. Both are restored for ever.
 *
 * Resolves when the first attempt to connect has ended, well or not, or after 2 s: a broker that is down is not an
 * error, `status()` tells. A broker that refuses us makes `publish` and `consume` reject.
 *
 * @throws {QueueError} `refused` when `url` is not an AMQP URL.
 */
export async function openRabbitQueue({
  url: givenUrl,
  prefix = "orchestrator.v1",
  confirmTimeoutMs = 5_000,
  logger,
  onEvent = () => {},
}: RabbitQueueOptions): Promise<Queue> {
  const url = amqpUrl(givenUrl);
  const topology = topologyOf(prefix);
  const closing = new AbortController();
  const subscriptions = new Set<{ ready: boolean }>();
  const publisher = openPublisher({ url, logger, topology, confirmTimeoutMs, onEvent });
  let consumeLink: Link | undefined;

  async function subscribe(
    queue: string,
    handle: (delivery: Delivery) => Promise<void>,
    { concurrency, signal }: { concurrency: number; signal: AbortSignal },
  ): Promise<void> {
    if (closing.signal.aborted) throw new QueueError("The queue is closed", { reason: "closed" });
    consumeLink ??= openLink({ url, logger, onEvent, role: "consume" });
    const subscription = { ready: false };
    subscriptions.add(subscription);
    try {
      await consumeQueue({
        link: consumeLink,
        topology,
        queue,
        concurrency,
        handle,
        signal: AbortSignal.any([signal, closing.signal]),
        logger,
        onEvent,
        onReady(ready) {
          subscription.ready = ready;
        },
      });
    } finally {
      subscriptions.delete(subscription);
    }
  }

  await orAborted(publisher.settled, AbortSignal.timeout(firstAttemptMs));

  return {
    publish: (jobId, { traceparent } = {}) => publisher.publish(jobId, traceparent),
    consume: (handle, options) => subscribe(topology.queue, handle, options),
    consumeDead: (handle, { signal }) => subscribe(topology.deadQueue, handle, { concurrency: 1, signal }),
    status() {
      if (closing.signal.aborted) return "closed";
      if (publisher.blocked) return "blocked";
      return publisher.ready && [...subscriptions].every(({ ready }) => ready) ? "connected" : "connecting";
    },
    backlog: () => publisher.backlog(),
    ping: () => publisher.ping(),
    async [Symbol.asyncDispose]() {
      closing.abort();
      await Promise.all([publisher[Symbol.asyncDispose](), consumeLink?.[Symbol.asyncDispose]()]);
    },
  };
}
