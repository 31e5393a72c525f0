import type { ConsumeMessage } from "amqplib";
import type { Logger } from "../../logger.ts";
import type { Delivery, QueueEvent } from "../queue.ts";
import { redeliveryDelayMs } from "../redelivery-delay-ms.ts";
import { traceparentOf } from "../traceparent.ts";
import { orAborted, sleep } from "../wait.ts";
import { type Answers, createAnswers } from "./answers.ts";
import { closeWhenStalled } from "./close-when-stalled.ts";
import { keepChannel } from "./keep-channel.ts";
import type { Link } from "./link.ts";
import { decodePointer } from "./pointer.ts";
import { declareTopology, type Topology } from "./topology.ts";

const cancelTimeoutMs = 1_000;
const stallCheckMs = 15_000;

export interface ConsumerOptions {
  link: Link;
  topology: Topology;
  queue: string;
  concurrency: number;
  handle: (delivery: Delivery) => Promise<void>;
  signal: AbortSignal;
  logger: Logger | undefined;
  onEvent: (event: QueueEvent) => void;
  /** Told whenever the subscription comes or goes. */
  onReady: (ready: boolean) => void;
  stallCheckMs?: number;
}

/**
 * Subscribes, and subscribes again whenever broker, connection, channel or queue went away, until `signal` aborts
 * and the handlers in flight are done.
 *
 * @throws {QueueError} `topology` or `refused`, once the handlers in flight are done.
 */
export async function consumeQueue(options: ConsumerOptions): Promise<void> {
  const { link, topology, queue, concurrency, signal, onReady } = options;
  const consumerTag = crypto.randomUUID();
  const running = new Set<Promise<void>>();
  const waiting: (() => Promise<void>)[] = [];
  let arrivals = 0;

  // The broker never sends more than `concurrency` on one channel. After a lost channel it sends again what is
  // still being handled here: that waits for its turn.
  function start(work: () => Promise<void>): void {
    if (running.size >= concurrency) {
      waiting.push(work);
      return;
    }
    const done = work().finally(() => {
      running.delete(done);
      const next = waiting.shift();
      if (next) start(next);
    });
    running.add(done);
  }

  async function idle(): Promise<void> {
    while (running.size > 0) await Promise.all(running);
  }

  try {
    await keepChannel(
      link,
      {
        async setUp(channel) {
          let open = true;
          channel.on("close", () => {
            open = false;
          });
          const answers = createAnswers(channel);
          const onMessage = (message: ConsumeMessage | null) => {
            arrivals++;
            // `null`: the broker cancelled the subscription, say because the queue was deleted. Start over.
            if (message === null) {
              channel.close().catch(() => {});
              return;
            }
            answers.came(message);
            start(async () => (open ? deliver(answers, message, options) : undefined));
          };
          await declareTopology(channel, topology);
          await channel.prefetch(concurrency);
          await channel.consume(queue, onMessage, { consumerTag });
        },
        async live(channel, lost) {
          onReady(true);
          const gone = new AbortController();
          const check = {
            queue,
            arrivals: () => arrivals,
            busy: () => running.size >= concurrency,
            intervalMs: options.stallCheckMs ?? stallCheckMs,
            signal: gone.signal,
          };
          closeWhenStalled(channel, check).catch(() => {});
          await orAborted(lost, signal);
          gone.abort();
          if (!signal.aborted) return onReady(false);
          await orAborted(channel.cancel(consumerTag), AbortSignal.timeout(cancelTimeoutMs)).catch(() => {});
          await idle();
        },
        refused(error) {
          throw error;
        },
      },
      signal,
    );
  } finally {
    await idle();
  }
}

async function deliver(answers: Answers, message: ConsumeMessage, options: ConsumerOptions): Promise<void> {
  const { queue, handle, signal, logger, onEvent } = options;
  if (signal.aborted) return answers.release(message);
  const jobId = decodePointer(message.content);
  if (jobId === undefined) {
    onEvent({ type: "malformed" });
    logger?.error({ queue, bytes: message.content.length }, "dropped a message that is not a job pointer");
    return answers.ack(message);
  }
  const { redelivered } = message.fields;
  const traceparent = traceparentOf(message.properties.headers?.["traceparent"]);
  onEvent({ type: "delivered", redelivered });
  try {
    await handle({ jobId, redelivered, traceparent });
  } catch (error) {
    logger?.error({ queue, jobId, err: error }, "a delivery could not be handled and goes back to the queue");
    await sleep(redeliveryDelayMs(returnsOf(message)), signal);
    return answers.reject(message);
  }
  await answers.ack(message);
}

/** How often this message came back. RabbitMQ 4.3 counts returns that the consumer asked for separately. */
function returnsOf(message: ConsumeMessage): number {
  const headers = message.properties.headers ?? {};
  return Math.max(0, ...["x-delivery-count", "x-acquired-count"].map((name) => Number(headers[name] ?? 0) || 0));
}
