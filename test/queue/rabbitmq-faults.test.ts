import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "bun:test";
import { createJobId } from "../../src/ids.ts";
import { topologyOf } from "../../src/queue/amqp/topology.ts";
import type { Delivery, Queue, QueueEvent } from "../../src/queue/queue.ts";
import { openRabbitQueue } from "../../src/queue/rabbitmq.ts";
import { collectDeliveries } from "../helpers/collect-deliveries.ts";
import { runsIntegration } from "../helpers/integration.ts";
import { hasPrivateRabbitmq, type PrivateRabbitmq, startPrivateRabbitmq } from "../helpers/private-rabbitmq.ts";
import { openBroker } from "../helpers/rabbitmq-broker.ts";
import { until } from "../helpers/until.ts";

const suite = "RabbitMQ faults";
const patienceMs = 180_000;

describe.skipIf(!runsIntegration(suite) || !hasPrivateRabbitmq(suite))(suite, () => {
  let node: PrivateRabbitmq;
  let queue: Queue;
  let prefix: string;
  let events: QueueEvent[];
  let stop: AbortController;
  let consuming: Promise<void>[];

  beforeAll(async () => {
    node = await startPrivateRabbitmq();
    // A channel looks for deliveries that are out too long when it ticks; both are minutes by default.
    await node.ctl("eval", "application:set_env(rabbit, channel_tick_interval, 300).");
  }, patienceMs);
  afterAll(() => node?.[Symbol.asyncDispose](), patienceMs);

  beforeEach(async () => {
    prefix = `test.${crypto.randomUUID().slice(0, 8)}`;
    events = [];
    stop = new AbortController();
    consuming = [];
    queue = await open();
  });
  afterEach(async () => {
    stop.abort();
    await Promise.all(consuming);
    await queue[Symbol.asyncDispose]();
  });

  function open(confirmTimeoutMs?: number): Promise<Queue> {
    return openRabbitQueue({ url: node.url, prefix, confirmTimeoutMs, onEvent: (event) => events.push(event) });
  }

  async function consume(handle: (delivery: Delivery) => Promise<void>, concurrency = 1): Promise<void> {
    consuming.push(queue.consume(handle, { concurrency, signal: stop.signal }));
    await until(() => queue.status() === "connected");
  }

  const lostConnections = () => events.filter(({ type }) => type === "disconnected").length;

  test(
    "goes on after its connections are closed by an operator",
    async () => {
      const seen = collectDeliveries(1);
      await consume(async (delivery) => seen.add(delivery));
      await node.ctl("close_all_connections", "maintenance");
      await until(() => lostConnections() === 2 && queue.status() === "connected");
      const jobId = createJobId();
      await queue.publish(jobId);
      expect(await seen.all).toMatchObject([{ jobId, redelivered: false }]);
    },
    patienceMs,
  );

  test(
    "subscribes again when its channel is closed over a slow handler, which still finishes",
    async () => {
      await node.ctl("eval", "application:set_env(rabbit, consumer_timeout, 500).");
      await using slow = await open();
      const finish = Promise.withResolvers<void>();
      const seen = collectDeliveries(2);
      let most = 0;
      let running = 0;
      const done = slow.consume(
        async (delivery) => {
          seen.add(delivery);
          most = Math.max(most, ++running);
          if (!delivery.redelivered) await finish.promise;
          running--;
        },
        { concurrency: 1, signal: stop.signal },
      );
      await until(() => slow.status() === "connected");
      // A channel has the limit it was opened under. The next ones get the usual: were the delivery to wait on them
      // under this one, while a command takes its seconds on a busy machine, it would come back until it is dead.
      await node.ctl("eval", "application:set_env(rabbit, consumer_timeout, 1800000).");
      const jobId = createJobId();
      await slow.publish(jobId);
      await seen.has(jobId);
      await until(() => slow.status() === "connecting");
      await until(() => slow.status() === "connected");
      finish.resolve();
      expect(await seen.all).toMatchObject([{ redelivered: false }, { redelivered: true }]);
      expect(most).toBe(1);
      expect(lostConnections()).toBe(0);
      stop.abort();
      await done;
    },
    patienceMs,
  );

  test(
    "delivers again after the broker was stopped and started, and refuses to publish meanwhile",
    async () => {
      const finish = Promise.withResolvers<void>();
      const seen = collectDeliveries(3);
      await consume(async (delivery) => {
        seen.add(delivery);
        await finish.promise;
      });
      const [held, later] = [createJobId(), createJobId()];
      await queue.publish(held);
      await seen.has(held);
      await node.ctl("stop_app");
      expect(queue.status()).toBe("connecting");
      await expect(queue.publish(later)).rejects.toMatchObject({ code: "queue", reason: "closed" });
      await node.ctl("start_app");
      await until(() => queue.status() === "connected");
      await queue.publish(later);
      finish.resolve();
      expect((await seen.all).map(({ jobId, redelivered }) => [jobId, redelivered])).toEqual([
        [held, false],
        [held, true],
        [later, false],
      ]);
    },
    patienceMs,
  );

  test(
    "loses nothing that was confirmed when the broker is killed",
    async () => {
      const jobIds = Array.from({ length: 200 }, createJobId);
      await Promise.all(jobIds.map((jobId) => queue.publish(jobId)));
      // RabbitMQ writes down which queues it has a little later than their messages; ours is a second old.
      await node.ctl("eval", "[dets:sync(Table) || Table <- dets:all()].");
      await node.kill();
      await expect(queue.publish(createJobId())).rejects.toMatchObject({ reason: "closed" });
      await node.start();
      await node.ctl("eval", "application:set_env(rabbit, channel_tick_interval, 300).");
      const seen = collectDeliveries(jobIds.length);
      await consume(async (delivery) => seen.add(delivery), 10);
      await seen.all;
      expect(seen.jobIds().toSorted()).toEqual(jobIds.toSorted());
    },
    patienceMs,
  );

  test(
    "refuses to publish while the broker is short of memory, and consumes all the same",
    async () => {
      const [before, after] = [createJobId(), createJobId()];
      await queue.publish(before);
      await node.ctl("set_vm_memory_high_watermark", "0.00001");
      // RabbitMQ tells a connection of the alarm when it publishes.
      await expect(queue.publish(createJobId())).rejects.toMatchObject({ code: "queue", reason: "blocked" });
      expect(queue.status()).toBe("blocked");
      await expect(queue.publish(createJobId())).rejects.toMatchObject({ code: "queue", reason: "blocked" });

      const seen = collectDeliveries(1);
      consuming.push(queue.consume(async (delivery) => seen.add(delivery), { concurrency: 1, signal: stop.signal }));
      await seen.has(before);
      await node.ctl("set_vm_memory_high_watermark", "0.4");
      await until(() => queue.status() === "connected");
      await queue.publish(after);
      await seen.has(after);
    },
    patienceMs,
  );

  test(
    "closes while the broker blocks it",
    async () => {
      await node.ctl("set_vm_memory_high_watermark", "0.00001");
      await expect(queue.publish(createJobId())).rejects.toMatchObject({ reason: "blocked" });
      await queue[Symbol.asyncDispose]();
      await node.ctl("set_vm_memory_high_watermark", "0.4");
    },
    patienceMs,
  );

  test(
    "gives up on a confirm, and then on the connection, when the broker hangs",
    async () => {
      await using hasty = await open(200);
      node.freeze();
      await expect(hasty.publish(createJobId())).rejects.toMatchObject({ code: "queue", reason: "timeout" });
      await expect(hasty.publish(createJobId())).rejects.toMatchObject({ code: "queue", reason: "closed" });
      node.thaw();
      await until(() => hasty.status() === "connected");
      await hasty.publish(createJobId());
    },
    patienceMs,
  );

  test(
    "looks connected to a broker that hangs, and a ping tells",
    async () => {
      await queue.ping();
      node.freeze();
      let answered = false;
      const ping = queue.ping().then(() => {
        answered = true;
      });
      await Bun.sleep(300);
      expect([queue.status(), answered]).toEqual(["connected", false]);
      node.thaw();
      await ping;
    },
    patienceMs,
  );

  test(
    "closes while the broker hangs",
    async () => {
      await consume(async () => {});
      node.freeze();
      await queue[Symbol.asyncDispose]();
      node.thaw();
      expect(queue.status()).toBe("closed");
    },
    patienceMs,
  );

  test(
    "declares everything again on a broker that lost its data",
    async () => {
      const seen = collectDeliveries(1);
      await consume(async (delivery) => seen.add(delivery));
      await node.ctl("stop_app");
      await node.ctl("reset");
      await node.ctl("start_app");
      await until(() => queue.status() === "connected");
      const jobId = createJobId();
      await queue.publish(jobId);
      await seen.has(jobId);
      const side = openBroker(node.url);
      expect(await (await side.channel()).checkQueue(topologyOf(prefix).deadQueue)).toMatchObject({ messageCount: 0 });
      await side[Symbol.asyncDispose]();
    },
    patienceMs,
  );
});
