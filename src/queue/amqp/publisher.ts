import type { ChannelModel, ConfirmChannel, Message } from "amqplib";
import { QueueError } from "../../errors.ts";
import type { JobId } from "../../ids.ts";
import type { QueueEvent } from "../queue.ts";
import { traceparentOf } from "../traceparent.ts";
import { sleep } from "../wait.ts";
import { keepChannel } from "./keep-channel.ts";
import { type LinkOptions, openLink } from "./link.ts";
import { encodePointer } from "./pointer.ts";
import { declareTopology, routingKeys, type Topology } from "./topology.ts";

const repairDelayMs = 500;

export interface PublisherOptions extends Pick<LinkOptions, "url" | "logger"> {
  topology: Topology;
  confirmTimeoutMs: number;
  onEvent: (event: QueueEvent) => void;
}

export interface Publisher extends AsyncDisposable {
  publish(jobId: JobId, traceparent: string | undefined): Promise<void>;
  backlog(): Promise<number>;
  ping(): Promise<void>;
  /** Resolves when the first attempt to get ready has ended, well or not. */
  readonly settled: Promise<void>;
  readonly ready: boolean;
  readonly blocked: boolean;
}

interface Pending {
  /** The broker found no queue for it. A positive confirm follows all the same. */
  returned: boolean;
  settle(error?: QueueError): void;
}

/** Publishes with confirms on a connection of its own, so that an alarm that blocks it leaves consumers alone. */
export function openPublisher({ url, logger, topology, confirmTimeoutMs, onEvent }: PublisherOptions): Publisher {
  const closing = new AbortController();
  const settled = Promise.withResolvers<void>();
  const pending = new Map<string, Pending>();
  let current: { channel: ConfirmChannel; connection: ChannelModel } | undefined;
  let refusal: QueueError | undefined;
  let repairing = false;

  const link = openLink({
    url,
    logger,
    role: "publish",
    onEvent,
    onBlocked: () => failAll(blockedError()),
    onFailure: settled.resolve,
  });

  const kept = keepChannel(
    link,
    {
      async setUp(channel) {
        channel.on("return", (message) => onReturn(channel, message));
        await declareTopology(channel, topology);
      },
      async live(channel, lost, connection) {
        current = { channel, connection };
        refusal = undefined;
        settled.resolve();
        await lost;
        current = undefined;
      },
      refused(error) {
        if (error.message !== refusal?.message) logger?.error({ reason: error.reason }, error.message);
        refusal = error;
        settled.resolve();
      },
    },
    closing.signal,
  );

  function onReturn(channel: ConfirmChannel, message: Message): void {
    const waiting = pending.get(String(message.properties.messageId));
    if (waiting) waiting.returned = true;
    if (repairing) return;
    repairing = true;
    // Somebody deleted the queue. Consumers notice and declare it again; if there are none, we do, but not sooner:
    // RabbitMQ 3.10 forgets to tell consumers of a queue that is back at once. If it cannot be declared the channel
    // closes, and its keeper finds out why.
    sleep(repairDelayMs, closing.signal)
      .then(() => declareTopology(channel, topology))
      .catch(() => {})
      .finally(() => {
        repairing = false;
      });
  }

  function failAll(error: QueueError): void {
    for (const { settle } of [...pending.values()]) settle(error);
  }

  function send(jobId: JobId, traceparent: string | undefined): Promise<void> {
    if (closing.signal.aborted) throw closedError("The queue is closed");
    if (refusal) throw new QueueError(refusal.message, { reason: refusal.reason, cause: refusal });
    if (link.blocked) throw blockedError();
    if (!current) throw closedError("RabbitMQ is not connected");
    const { channel, connection } = current;
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const messageId = crypto.randomUUID();
    const timer = setTimeout(() => {
      settle(new QueueError(`RabbitMQ did not confirm within ${confirmTimeoutMs} ms`, { reason: "timeout" }));
      // Nobody else should wait for it either.
      link.drop(connection);
    }, confirmTimeoutMs);
    const settle = (error?: QueueError) => {
      pending.delete(messageId);
      clearTimeout(timer);
      if (error) reject(error);
      else resolve();
    };
    const waiting = { returned: false, settle };
    pending.set(messageId, waiting);
    try {
      channel.publish(
        topology.exchange,
        routingKeys.job,
        encodePointer(jobId),
        {
          persistent: true,
          mandatory: true,
          messageId,
          contentType: "application/json",
          headers: traceparent === undefined ? {} : { traceparent },
        },
        (error: Error | null) => settle(verdict(error, waiting.returned)),
      );
    } catch (error) {
      // A channel that died a moment ago throws here.
      settle(closedError("RabbitMQ closed the channel", error));
    }
    return promise;
  }

  return {
    async publish(jobId, traceparent) {
      const startedMs = performance.now();
      try {
        await send(jobId, traceparentOf(traceparent));
        onEvent({ type: "published", durationMs: performance.now() - startedMs });
      } catch (error) {
        if (error instanceof QueueError) onEvent({ type: "publish_failed", reason: error.reason });
        throw error;
      }
    },
    async backlog() {
      if (!current) throw closedError("RabbitMQ is not connected");
      // On a channel of its own: asking for a queue that is gone closes it.
      const channel = await current.connection.createChannel();
      channel.on("error", () => {});
      const { messageCount } = await channel.checkQueue(topology.queue);
      await channel.close();
      return messageCount;
    },
    async ping() {
      if (!current) throw closedError("RabbitMQ is not connected");
      // Of no effect on a channel that nobody consumes from, and unlike a passive declaration it cannot close it.
      await current.channel.prefetch(0);
    },
    settled: settled.promise,
    get ready() {
      return current !== undefined;
    },
    get blocked() {
      return link.blocked;
    },
    async [Symbol.asyncDispose]() {
      closing.abort();
      await link[Symbol.asyncDispose]();
      failAll(closedError("The queue was closed before the confirm"));
      await kept;
    },
  };
}

function verdict(error: Error | null, returned: boolean): QueueError | undefined {
  if (error?.message === "message nacked")
    return new QueueError("RabbitMQ rejected the message: the queue is full or unavailable", { reason: "nack" });
  if (error) return closedError("RabbitMQ closed the channel before the confirm", error);
  if (returned) return new QueueError("RabbitMQ has no queue for the message", { reason: "returned" });
  return undefined;
}

function closedError(message: string, cause?: unknown): QueueError {
  return new QueueError(message, { reason: "closed", cause });
}

function blockedError(): QueueError {
  return new QueueError("RabbitMQ is short of memory or disk and blocks publishing", { reason: "blocked" });
}
