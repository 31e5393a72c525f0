import { afterAll, afterEach, describe, expect, test } from "bun:test";
import { createJobId } from "../../src/ids.ts";
import { consumeQueue } from "../../src/queue/amqp/consumer.ts";
import { openLink } from "../../src/queue/amqp/link.ts";
import { encodePointer } from "../../src/queue/amqp/pointer.ts";
import { declareTopology, topologyOf } from "../../src/queue/amqp/topology.ts";
import type { QueueEvent } from "../../src/queue/queue.ts";
import { openRabbitQueue } from "../../src/queue/rabbitmq.ts";
import { queueContract } from "../contract/queue-contract.ts";
import { collectDeliveries } from "../helpers/collect-deliveries.ts";
import { rabbitmqUrl, runsIntegration } from "../helpers/integration.ts";
import { openBroker } from "../helpers/rabbitmq-broker.ts";
import { until } from "../helpers/until.ts";

describe.skipIf(!runsIntegration("RabbitMQ queue"))("RabbitMQ", () => {
  const broker = openBroker(rabbitmqUrl);
  let stack = new AsyncDisposableStack();

  afterEach(async () => {
    await stack.disposeAsync();
    stack = new AsyncDisposableStack();
  });
  afterAll(() => broker[Symbol.asyncDispose]());

  queueContract("RabbitMQ", async () => openRabbitQueue({ url: rabbitmqUrl, prefix: broker.newPrefix() }));

  async function opened(url = rabbitmqUrl, prefix = broker.newPrefix()) {
    const events: QueueEvent[] = [];
    const queue = await openRabbitQueue({ url, prefix, onEvent: (event) => events.push(event) });
    stack.use(queue);
    const count = (type: QueueEvent["type"]) => events.filter((event) => event.type === type).length;
    return { queue, count, topology: topologyOf(prefix) };
  }

  /** Ends with the queue. */
  const always = () => new AbortController().signal;

  test("rejects what no queue takes, and mends the binding", async () => {
    const { queue, topology } = await opened();
    const side = await broker.channel();
    await side.unbindQueue(topology.queue, topology.exchange, "generate");
    await expect(queue.publish(createJobId())).rejects.toMatchObject({ code: "queue", reason: "returned" });
    await until(() =>
      queue.publish(createJobId()).then(
        () => true,
        () => false,
      ),
    );
  });

  test("rejects what a full queue does not take", async () => {
    const { queue, topology } = await opened();
    const side = await broker.channel();
    // A second queue on the same route that is full from the start.
    const { queue: full } = await side.assertQueue("", {
      exclusive: true,
      arguments: { "x-max-length": 0, "x-overflow": "reject-publish" },
    });
    await side.bindQueue(full, topology.exchange, "generate");
    await expect(queue.publish(createJobId())).rejects.toMatchObject({ code: "queue", reason: "nack" });
  });

  test("refuses a queue that exists with other arguments, and says which, until it is gone", async () => {
    const prefix = broker.newPrefix();
    const name = topologyOf(prefix).queue;
    const side = await broker.channel();
    await side.assertQueue(name, { durable: true });
    const { queue } = await opened(rabbitmqUrl, prefix);
    const refusal = { code: "queue", reason: "topology", message: expect.stringContaining(`'${name}'`) };
    await expect(queue.publish(createJobId())).rejects.toMatchObject(refusal);
    await expect(queue.consume(async () => {}, { concurrency: 1, signal: always() })).rejects.toMatchObject(refusal);
    expect(queue.status()).toBe("connecting");

    await side.deleteQueue(name);
    await until(() => queue.status() === "connected");
    await queue.publish(createJobId());
  });

  test.each([
    ["password", "amqp://guest:hunter2@127.0.0.1:5672"],
    ["virtual host", "amqp://guest:guest@127.0.0.1:5672/hunter2"],
  ])("says so when the broker refuses the %s, without repeating it", async (_what, refused) => {
    const url = new URL(refused);
    url.host = new URL(rabbitmqUrl).host;
    const { queue } = await opened(url.href);
    const error = await queue.publish(createJobId()).catch((caught: unknown) => caught);
    expect(error).toMatchObject({ code: "queue", reason: "refused" });
    expect(String(error)).not.toContain("hunter2");
    const consuming = queue.consume(async () => {}, { concurrency: 1, signal: always() });
    await expect(consuming).rejects.toMatchObject({ code: "queue", reason: "refused" });
  });

  test("drops what is not a pointer to a job, once, and goes on", async () => {
    const { queue, count, topology } = await opened();
    const side = await broker.channel();
    const jobId = createJobId();
    const malformed = [
      "",
      "{",
      "null",
      "[]",
      JSON.stringify({ v: 2, jobId }),
      JSON.stringify({ v: 1 }),
      JSON.stringify({ v: 1, jobId: "../../etc/passwd" }),
      JSON.stringify({ v: 1, jobId, padding: "x".repeat(10_000_000) }),
    ];
    for (const body of malformed) side.publish(topology.exchange, "generate", Buffer.from(body), { persistent: true });
    await until(async () => (await side.checkQueue(topology.queue)).messageCount === malformed.length);
    await queue.publish(jobId);
    const seen = collectDeliveries(1);
    const consuming = new AbortController();
    const done = queue.consume(async (delivery) => seen.add(delivery), { concurrency: 2, signal: consuming.signal });
    await seen.all;
    consuming.abort();
    await done;
    expect(seen.jobIds()).toEqual([jobId]);
    expect(count("malformed")).toBe(malformed.length);
    expect((await side.checkQueue(topology.queue)).messageCount).toBe(0);
  });

  test("declares the queue and subscribes again when somebody deletes it", async () => {
    const { queue, topology } = await opened();
    const seen = collectDeliveries(2);
    const consuming = queue.consume(async (delivery) => seen.add(delivery), { concurrency: 1, signal: always() });
    const [before, after] = [createJobId(), createJobId()];
    await queue.publish(before);
    await seen.has(before);
    const side = await broker.channel();
    await side.deleteQueue(topology.queue);
    await until(() =>
      queue.publish(after).then(
        () => true,
        () => false,
      ),
    );
    await seen.has(after);
    await queue[Symbol.asyncDispose]();
    await consuming;
  });

  test("subscribes again when the broker has forgotten it", async () => {
    const topology = topologyOf(broker.newPrefix());
    const link = stack.use(openLink({ url: rabbitmqUrl, role: "consume", logger: undefined, onEvent: () => {} }));
    const stop = new AbortController();
    const ready = Promise.withResolvers<void>();
    const seen = collectDeliveries(20);
    const consuming = consumeQueue({
      ...{ link, topology, queue: topology.queue, concurrency: 4, signal: stop.signal, logger: undefined },
      handle: async (delivery) => seen.add(delivery),
      onEvent: () => {},
      onReady: (isReady) => isReady && ready.resolve(),
      stallCheckMs: 50,
    });
    await ready.promise;
    const side = await broker.channel();
    await side.deleteQueue(topology.queue);
    await declareTopology(side, topology);
    const jobIds = Array.from({ length: 20 }, createJobId);
    for (const jobId of jobIds) side.publish(topology.exchange, "generate", encodePointer(jobId));
    await seen.all;
    expect(new Set(seen.jobIds())).toEqual(new Set(jobIds));
    stop.abort();
    await consuming;
  });

  test("hands over what came back too often to whoever asks for the dead", async () => {
    const { queue, topology } = await opened();
    const jobId = createJobId();
    await queue.publish(jobId);
    const side = await broker.channel();
    await until(async () => {
      const message = await side.get(topology.queue);
      if (message) side.reject(message, true);
      return (await side.checkQueue(topology.deadQueue)).messageCount === 1;
    });
    const seen = collectDeliveries(1);
    const stop = new AbortController();
    const dead = queue.consumeDead(async (delivery) => seen.add(delivery), { signal: stop.signal });
    expect(await seen.all).toMatchObject([{ jobId }]);
    stop.abort();
    await dead;
    expect((await side.checkQueue(topology.deadQueue)).messageCount).toBe(0);
  });

  test("keeps two connections, which an operator can tell by their names", async () => {
    const { queue, count } = await opened();
    expect(count("connected")).toBe(1);
    const stop = new AbortController();
    const done = Promise.all([
      queue.consume(async () => {}, { concurrency: 1, signal: stop.signal }),
      queue.consumeDead(async () => {}, { signal: stop.signal }),
    ]);
    expect(queue.status()).toBe("connecting");
    await until(() => queue.status() === "connected");
    expect(count("connected")).toBe(2);
    stop.abort();
    await done;
  });
});
