import { equal, match, ok } from "node:assert/strict";
import { type Channel, connect } from "amqplib";
import { createJobId } from "../../src/ids.ts";
import { encodePointer } from "../../src/queue/amqp/pointer.ts";
import { routingKeys, topologyOf } from "../../src/queue/amqp/topology.ts";
import type { Scenario } from "./scenario.ts";
import type { Stage } from "./stage.ts";
import { waitFor } from "./wait-for.ts";
import { slowly } from "./worker-deaths.ts";

export const topology = topologyOf("orchestrator.v1");
const many = (count: number) => Array.from({ length: count }, (_, index) => index);

export const broker: Scenario[] = [
  {
    number: 6,
    fault: "broker down while 50 jobs come in",
    async run(stage) {
      const { broker } = stage.world;
      await stage.startApi();
      await stage.startWorkers(2);
      await broker.ctl("stop_app");
      const answers: number[] = [];
      for (const _ of many(50)) {
        const started = performance.now();
        await stage.submit();
        answers.push(performance.now() - started);
      }
      const [median = 0, slowest = 0] = [answers.toSorted((a, b) => a - b)[25], Math.max(...answers)];
      await waitFor("the API to say it is degraded", async () => (await readiness(stage)) === "degraded");
      ok(median < 200, `half of the requests took more than ${median} ms`);
      await broker.ctl("start_app");
      const started = performance.now();
      const recoveredMs = await waitFor("work to go on", async () => (await claimed(stage)) > 0);
      await waitFor("all to be sent", async () => (await unsent(stage)) === 0);
      const sentMs = performance.now() - started;
      const note = `202 after ${median.toFixed(0)} ms (median), ${slowest.toFixed(0)} ms (slowest); all sent after ${(sentMs / 1000).toFixed(1)} s`;
      return { recoveredMs, note };
    },
  },
  {
    number: 7,
    fault: "broker stopped and started under running jobs",
    async run(stage) {
      stage.ai.play({ delayMs: 110 });
      const { broker } = stage.world;
      await stage.startApi();
      await stage.startWorkers(2);
      await Promise.all(many(6).map((chat) => stage.say(700 + chat)));
      await stage.asked(6);
      await broker.ctl("stop_app");
      await broker.ctl("start_app");
      const started = performance.now();
      await waitFor("the API to be ready again", async () => (await readiness(stage)) === "healthy");
      const recoveredMs = performance.now() - started;
      await stage.finished(await stage.say(777));
      equal(stage.ai.requests.length, 7, "nothing was asked twice");
      return { recoveredMs };
    },
  },
  {
    number: 8,
    fault: "broker killed with confirmed and unacknowledged messages",
    async run(stage) {
      stage.ai.play(slowly);
      const { broker } = stage.world;
      await stage.startApi();
      await stage.startWorkers(1, { WORKER_CONCURRENCY: "3" });
      await Promise.all(many(200).map(() => stage.submit()));
      await stage.asked(4);
      // RabbitMQ writes down which queues it has a little later than their messages; ours are seconds old.
      await broker.ctl("eval", "[dets:sync(Table) || Table <- dets:all()].");
      await broker.kill();
      await broker.start();
      const before = await claimed(stage);
      const recoveredMs = await waitFor("work to go on", async () => (await claimed(stage)) > before + 3);
      stage.ai.play({});
      await stage.startWorker();
      return { recoveredMs };
    },
  },
  {
    number: 10,
    fault: "broker short of memory for 30 s",
    patient: true,
    async run(stage) {
      stage.ai.play(slowly);
      const { broker } = stage.world;
      const api = await stage.startApi();
      await stage.startWorkers(1);
      const before = await Promise.all(many(8).map(() => stage.submit()));
      await stage.asked(4);
      await broker.ctl("set_vm_memory_high_watermark", "0.00001");
      const alarmed = performance.now();
      for (const _ of many(20)) await stage.submit();
      await waitFor("the API to say it is blocked", async () => (await readiness(stage)) === "degraded");
      equal(await stage.metric(api, "amqp_blocked"), 1);
      // Consuming has a connection of its own: what the queue had is done and acknowledged meanwhile.
      for (const id of before) await stage.finished(id);
      await Bun.sleep(30_000 - (performance.now() - alarmed));
      await broker.ctl("set_vm_memory_high_watermark", "0.4");
      const recoveredMs = await waitFor(
        "the API to be ready again",
        async () => (await readiness(stage)) === "healthy",
      );
      return { recoveredMs };
    },
  },
  {
    number: 12,
    fault: "broker's consumer timeout of 2 s under a 7 s job",
    async run(stage) {
      const { broker } = stage.world;
      await broker.ctl("eval", limits(2_000, 300));
      stage.ai.playFor("long", { delayMs: 130 });
      await stage.startApi();
      await stage.startWorkers(1, { WORKER_CONCURRENCY: "2" });
      const id = await stage.submit("A long page");
      await Bun.sleep(3_000);
      await stage.finished(await stage.submit());
      const { claims } = await stage.finished(id);
      await broker.ctl("eval", limits(1_800_000, 60_000));
      equal(claims, 1);
      equal(stage.ai.requests.length, 2);
      return {};
    },
  },
  {
    number: 13,
    fault: "queue deleted while everything runs",
    short: true,
    async run(stage) {
      await stage.startApi();
      await stage.startWorkers(2);
      await stage.finished(await stage.submit());
      await withChannel(stage, (channel) => channel.deleteQueue(topology.queue));
      const id = await stage.submit();
      const started = performance.now();
      await stage.finished(id);
      return { recoveredMs: performance.now() - started };
    },
  },
  {
    number: 14,
    fault: "queue exists with other arguments",
    async run(stage) {
      await withChannel(stage, (channel) => channel.assertQueue(topology.queue, { durable: true }));
      const worker = stage.start(["work"]);
      const status = await stage.end(worker, "SIGCONT");
      equal(status, 12);
      match(worker.log.map((line) => JSON.stringify(line)).join("\n"), /orchestrator\.v1\.generate/);
      await withChannel(stage, (channel) => channel.deleteQueue(topology.queue));
      await stage.startApi();
      await stage.startWorker();
      await stage.finished(await stage.submit());
      return {};
    },
  },
  {
    number: 15,
    fault: "one message delivered six times to three workers",
    async run(stage) {
      stage.ai.play(slowly);
      await stage.startApi();
      await stage.startWorkers(3);
      const id = await stage.submit();
      await withChannel(stage, async (channel) => {
        for (const _ of many(5)) channel.publish(topology.exchange, routingKeys.job, encodePointer(id));
      });
      equal((await stage.finished(id)).claims, 1);
      equal(stage.ai.requests.length, 1);
      return {};
    },
  },
  {
    number: 18,
    fault: "messages that are not ours: bad JSON, unknown job, 10 MB",
    async run(stage) {
      await stage.startApi();
      const worker = await stage.startWorker();
      await stage.finished(await stage.submit());
      await withChannel(stage, async (channel) => {
        const bodies = [Buffer.from("{"), Buffer.alloc(0), encodePointer(createJobId()), Buffer.alloc(10_000_000, "x")];
        for (const body of bodies) channel.publish(topology.exchange, routingKeys.job, body);
      });
      await stage.finished(await stage.submit());
      await waitFor("three messages to be dropped", () => dropped(worker) === 3);
      return {};
    },
  },
  {
    number: 44,
    fault: "broker frozen for 40 s: connections open, nothing answers",
    patient: true,
    async run(stage) {
      stage.ai.play(slowly);
      const { broker } = stage.world;
      await stage.startApi();
      await stage.startWorkers(2);
      await Promise.all(many(6).map((chat) => stage.say(4400 + chat)));
      await stage.asked(2);
      broker.freeze();
      const frozen = performance.now();
      for (const _ of many(5)) await stage.submit();
      await Bun.sleep(40_000 - (performance.now() - frozen));
      broker.thaw();
      const before = await claimed(stage);
      return { recoveredMs: await waitFor("work to go on", async () => (await claimed(stage)) > before) };
    },
  },
];

export async function withChannel<T>(stage: Stage, use: (channel: Channel) => Promise<T>): Promise<void> {
  const connection = await connect(stage.env["RABBITMQ_URL"] ?? "");
  const channel = await connection.createChannel();
  await use(channel);
  await channel.close();
  await connection.close();
}

/** Jobs whose message the broker has not confirmed. */
async function unsent(stage: Stage): Promise<number> {
  const [row] = await stage.sql`
    select count(*)::int as unsent from jobs where status = 'queued' and dispatch_after < now() + interval '5 minutes'`;
  return row.unsent;
}

async function readiness(stage: Stage): Promise<string> {
  return ((await (await stage.call("/ready")).json()) as { status: string }).status;
}

export async function claimed(stage: Stage): Promise<number> {
  const [row] = await stage.sql`select coalesce(sum(claims), 0)::int as claims from jobs`;
  return row.claims;
}

function limits(consumerTimeoutMs: number, tickMs: number): string {
  return `application:set_env(rabbit, consumer_timeout, ${consumerTimeoutMs}), application:set_env(rabbit, channel_tick_interval, ${tickMs}).`;
}

function dropped(worker: { log: Record<string, unknown>[] }): number {
  return worker.log.filter(({ msg }) => String(msg).includes("not a job pointer")).length;
}
