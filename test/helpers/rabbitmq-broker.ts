import { type Channel, type ChannelModel, connect } from "amqplib";
import { topologyOf } from "../../src/queue/amqp/topology.ts";

/** A side door to a broker, for tests: own names in it, their removal, and a channel for what the product never does. */
export function openBroker(url: string) {
  const prefixes: string[] = [];
  let connection: Promise<ChannelModel> | undefined;

  async function channel(): Promise<Channel> {
    connection ??= connect(url).then((opened) => opened.on("error", () => {}));
    const opened = await (await connection).createChannel();
    opened.on("error", () => {});
    return opened;
  }

  return {
    channel,
    /** A prefix nobody else uses. What is declared under it goes away with the broker handle. */
    newPrefix(): string {
      const prefix = `test.${crypto.randomUUID().slice(0, 8)}`;
      prefixes.push(prefix);
      return prefix;
    },
    async [Symbol.asyncDispose]() {
      const cleaner = await channel();
      for (const prefix of prefixes) {
        const { queue, deadQueue, exchange, deadLetterExchange } = topologyOf(prefix);
        for (const name of [queue, deadQueue]) await cleaner.deleteQueue(name);
        for (const name of [exchange, deadLetterExchange]) await cleaner.deleteExchange(name);
      }
      await (await connection)?.close();
    },
  };
}
