import { connect } from "amqplib";
import { QueueError } from "../../errors.ts";
import { orAborted, sleep } from "../wait.ts";
import { amqpUrl } from "./link.ts";
import { declareTopology, topologyOf } from "./topology.ts";

export interface BrokerReport {
  product: string;
  version: string;
  /** Short of memory or disk: it takes no messages. */
  blocked: boolean;
  /** `undefined`: not declared yet. The first process that works with it does that. */
  queue: { messages: number; consumers: number } | undefined;
  /** Messages that were given up and that nobody has looked at. */
  dead: number;
}

const connectTimeoutMs = 5000;
/** An alarm is told to whoever publishes, and soon. */
const alarmMs = 2000;

/**
 * Looks at a broker and leaves nothing there.
 *
 * @throws {QueueError} `refused`, `closed`, or `topology` when what is there has other arguments than ours.
 */
export async function inspectBroker(givenUrl: string, prefix = "orchestrator.v1"): Promise<BrokerReport> {
  const url = amqpUrl(givenUrl);
  const socket = new AbortController();
  const socketOptions = { timeout: connectTimeoutMs, signal: socket.signal };
  const connection = await connect(url, socketOptions).catch((cause) => {
    throw toQueueError(cause);
  });
  connection.on("error", () => {});
  let blocked = false;
  const alarmed = Promise.withResolvers<void>();
  connection.on("blocked", () => {
    blocked = true;
    alarmed.resolve();
  });
  try {
    const { product, version } = connection.connection.serverProperties;
    const channel = await connection.createConfirmChannel();
    channel.on("error", () => {});
    // Goes nowhere: there is no such queue, and nobody asked for it back.
    channel.publish("", `${prefix}.doctor`, Buffer.alloc(0), {}, () => alarmed.resolve());
    await orAborted(alarmed.promise, AbortSignal.timeout(alarmMs));

    const topology = topologyOf(prefix);
    const count = async (name: string) => {
      const look = await connection.createChannel();
      look.on("error", () => {});
      // Asking for a queue that is not there closes the channel.
      return look.checkQueue(name).catch(() => undefined);
    };
    const [queue, dead] = [await count(topology.queue), await count(topology.deadQueue)];
    if (queue && dead) await declareTopology(channel, topology);
    return {
      product: String(product),
      version: String(version),
      blocked,
      queue: queue && { messages: queue.messageCount, consumers: queue.consumerCount },
      dead: dead?.messageCount ?? 0,
    };
  } finally {
    await orAborted(connection.close(), AbortSignal.timeout(1000)).catch(() => {});
    await sleep(0, socket.signal);
    socket.abort();
  }
}

function toQueueError(cause: unknown): QueueError {
  const message = cause instanceof Error ? cause.message : String(cause);
  const refused = /ACCESS.REFUSED|NOT.ALLOWED|got <ConnectionClose/.test(message);
  return new QueueError(
    refused
      ? "RabbitMQ refuses the connection: check user, password and virtual host in RABBITMQ_URL."
      : `RabbitMQ does not answer (${(cause as { code?: string }).code ?? message}): is it running, and is RABBITMQ_URL right?`,
    { reason: refused ? "refused" : "closed", cause },
  );
}
