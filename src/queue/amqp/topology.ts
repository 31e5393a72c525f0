import type { Channel } from "amqplib";
import { QueueError } from "../../errors.ts";
import { deliveryLimit } from "../queue.ts";

export interface Topology {
  exchange: string;
  deadLetterExchange: string;
  queue: string;
  deadQueue: string;
}

export const routingKeys = { job: "generate", dead: "dead" } as const;

/** Names of everything we own in the broker. A change of arguments needs a new prefix: RabbitMQ never alters a queue. */
export function topologyOf(prefix: string): Topology {
  return {
    exchange: `${prefix}.jobs`,
    deadLetterExchange: `${prefix}.dlx`,
    queue: `${prefix}.generate`,
    deadQueue: `${prefix}.dead`,
  };
}

/**
 * Declares exchanges, queues and bindings; does nothing where they exist. The same arguments on RabbitMQ 3.10 … 4.x:
 * delivery limits are spelled out because the default is "none" before 4.0 and 20 since, which would drop what is
 * dead; `reject-publish` because at-least-once dead-lettering requires it.
 *
 * @throws {QueueError} `topology` when something of that name has other arguments, or we may not declare it.
 */
export async function declareTopology(channel: Channel, topology: Topology): Promise<void> {
  const { exchange, deadLetterExchange, queue, deadQueue } = topology;
  try {
    await channel.assertExchange(exchange, "direct", { durable: true });
    await channel.assertExchange(deadLetterExchange, "direct", { durable: true });
    await channel.assertQueue(deadQueue, {
      durable: true,
      arguments: {
        "x-queue-type": "quorum",
        "x-delivery-limit": 1_000_000,
        "x-max-length": 10_000,
        "x-overflow": "drop-head",
      },
    });
    await channel.bindQueue(deadQueue, deadLetterExchange, routingKeys.dead);
    await channel.assertQueue(queue, {
      durable: true,
      arguments: {
        "x-queue-type": "quorum",
        "x-delivery-limit": deliveryLimit,
        "x-dead-letter-exchange": deadLetterExchange,
        "x-dead-letter-routing-key": routingKeys.dead,
        "x-dead-letter-strategy": "at-least-once",
        "x-overflow": "reject-publish",
        "x-max-length": 100_000,
      },
    });
    await channel.bindQueue(queue, exchange, routingKeys.job);
  } catch (error) {
    if (!isRefusal(error)) throw error;
    throw new QueueError(
      `RabbitMQ refused to declare what ${queue} needs. Something of that name exists with other settings, ` +
        `or the user has no "configure" permission: delete it once it is empty, or grant the permission. ${error.message}`,
      { reason: "topology", cause: error },
    );
  }
}

/** 403 access refused, 405 resource locked, 406 precondition failed: these do not pass by waiting. */
function isRefusal(error: unknown): error is Error {
  return error instanceof Error && "code" in error && [403, 405, 406].includes(Number(error.code));
}
