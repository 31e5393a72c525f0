import { afterAll, describe, expect, test } from "bun:test";
import type { ConsumeMessage } from "amqplib";
import { type Answers, createAnswers } from "../../../src/queue/amqp/answers.ts";
import { rabbitmqUrl, runsIntegration } from "../../helpers/integration.ts";
import { openBroker } from "../../helpers/rabbitmq-broker.ts";
import { until } from "../../helpers/until.ts";

describe.skipIf(!runsIntegration("answers to RabbitMQ"))("answers to RabbitMQ", () => {
  const broker = openBroker(rabbitmqUrl);
  afterAll(() => broker[Symbol.asyncDispose]());

  /** Answers five messages, closes the channel, and tells which are in the queue again, and how often something was acknowledged. */
  async function left(answer: (answers: Answers, messages: ConsumeMessage[]) => Promise<void>) {
    const [side, channel] = [await broker.channel(), await broker.channel()];
    const { queue } = await side.assertQueue("", { exclusive: false, autoDelete: false });
    try {
      for (const body of "abcde") side.sendToQueue(queue, Buffer.from(body));
      const messages: ConsumeMessage[] = [];
      const answers = createAnswers(channel);
      let acks = 0;
      const ack = channel.ack.bind(channel);
      channel.ack = (...given) => {
        acks++;
        ack(...given);
      };
      await channel.consume(queue, (message) => {
        if (message === null) return;
        answers.came(message);
        messages.push(message);
      });
      await until(() => messages.length === 5);
      await answer(answers, messages);
      await channel.close();
      let bodies = "";
      for (;;) {
        const message = await side.get(queue, { noAck: true });
        if (message === false) return { bodies, acks };
        bodies += message.content.toString();
      }
    } finally {
      await side.deleteQueue(queue);
      await side.close();
    }
  }

  test("all that are done together are acknowledged at once", async () => {
    const result = await left(async (answers, messages) => {
      await Promise.all(messages.toReversed().map((message) => answers.ack(message)));
    });
    expect(result).toEqual({ bodies: "", acks: 1 });
  });

  test("a message that is being handled is not acknowledged with those after it", async () => {
    const result = await left(async (answers, messages) => {
      const done = messages.filter((message) => "acd".includes(message.content.toString()));
      await Promise.all(done.map((message) => answers.ack(message)));
    });
    expect(result).toEqual({ bodies: "be", acks: 3 });
  });

  test("one that went back holds up none, and stays in the queue", async () => {
    const result = await left(async (answers, [first, ...others]) => {
      if (first) answers.reject(first);
      await Promise.all(others.map((message) => answers.ack(message)));
    });
    expect(result).toEqual({ bodies: "a", acks: 1 });
  });

  test("they are acknowledged turn by turn", async () => {
    const result = await left(async (answers, messages) => {
      const [a, b, c, d, e] = messages as [ConsumeMessage, ...ConsumeMessage[]];
      for (const together of [[c], [b, d, a], [e]])
        await Promise.all(together.map((message) => answers.ack(message as ConsumeMessage)));
    });
    expect(result).toEqual({ bodies: "", acks: 3 });
  });
});
