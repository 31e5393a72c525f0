import { afterEach, describe, expect, test } from "bun:test";
import { createJobId, type JobId } from "../../src/ids.ts";
import type { Delivery, Queue } from "../../src/queue/queue.ts";
import { collectDeliveries } from "../helpers/collect-deliveries.ts";

const traceparent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

/** What every {@link Queue} promises. `open` gives an empty queue each time. */
export function queueContract(name: string, open: () => Promise<Queue>): void {
  describe(`${name} as a queue`, () => {
    const stack: AsyncDisposable[] = [];

    afterEach(async () => {
      for (const item of stack.splice(0).reverse()) await item[Symbol.asyncDispose]();
    });

    async function opened(): Promise<Queue> {
      const queue = await open();
      stack.push(queue);
      return queue;
    }

    /** Consumes until the test ends. */
    function consuming(queue: Queue, handle: (delivery: Delivery) => Promise<void>, concurrency = 1) {
      const stop = new AbortController();
      const done = queue.consume(handle, { concurrency, signal: stop.signal });
      stack.push({
        async [Symbol.asyncDispose]() {
          stop.abort();
          await done;
        },
      });
      return { stop, done };
    }

    test("tells how many messages wait for a worker", async () => {
      const queue = await opened();
      expect(await queue.backlog()).toBe(0);
      for (let n = 0; n < 3; n++) await queue.publish(createJobId());
      expect(await queue.backlog()).toBe(3);
      const seen = collectDeliveries(2);
      const hold = Promise.withResolvers<void>();
      consuming(queue, async (delivery) => {
        seen.add(delivery);
        if (seen.count() === 2) await hold.promise;
      });
      await seen.all;
      expect(await queue.backlog()).toBe(1);
      hold.resolve();
    });

    test("answers a ping as long as it is open", async () => {
      const queue = await opened();
      await queue.ping();
      await queue[Symbol.asyncDispose]();
      await expect(queue.ping()).rejects.toMatchObject({ reason: "closed" });
    });

    test("delivers what was published, with its trace context", async () => {
      const queue = await opened();
      const jobId = createJobId();
      await queue.publish(jobId, { traceparent });
      const { promise, resolve } = Promise.withResolvers<Delivery>();
      consuming(queue, async (delivery) => resolve(delivery));
      expect(await promise).toEqual({ jobId, redelivered: false, traceparent });
    });

    test("delivers to a consumer that came first", async () => {
      const queue = await opened();
      const { promise, resolve } = Promise.withResolvers<Delivery>();
      consuming(queue, async (delivery) => resolve(delivery));
      const jobId = createJobId();
      await queue.publish(jobId);
      expect(await promise).toEqual({ jobId, redelivered: false, traceparent: undefined });
    });

    test("drops a trace context that is not one", async () => {
      const queue = await opened();
      await queue.publish(createJobId(), { traceparent: "none" });
      await queue.publish(createJobId(), { traceparent: `${traceparent}\r\nx: y` });
      const seen = collectDeliveries(2);
      consuming(queue, async (delivery) => seen.add(delivery));
      expect((await seen.all).map((delivery) => delivery.traceparent)).toEqual([undefined, undefined]);
    });

    test("delivers each of many once, to one of two consumers", async () => {
      const queue = await opened();
      const jobIds = Array.from({ length: 60 }, createJobId);
      const seen = collectDeliveries(jobIds.length);
      consuming(queue, async (delivery) => seen.add(delivery), 3);
      consuming(queue, async (delivery) => seen.add(delivery), 3);
      await Promise.all(jobIds.map((jobId) => queue.publish(jobId)));
      await seen.all;
      // A double would arrive before this one, which was published last.
      const last = createJobId();
      await queue.publish(last);
      await seen.has(last);
      expect(seen.jobIds().toSorted()).toEqual([...jobIds, last].toSorted());
    });

    test("handles as many at once as asked for, and no more", async () => {
      const queue = await opened();
      let running = 0;
      let most = 0;
      const gates: (() => void)[] = [];
      const full = Promise.withResolvers<void>();
      const seen = collectDeliveries(9);
      consuming(
        queue,
        async (delivery) => {
          most = Math.max(most, ++running);
          if (running === 3) full.resolve();
          if (seen.count() < 3) await new Promise<void>((resolve) => gates.push(resolve));
          running--;
          seen.add(delivery);
        },
        3,
      );
      await Promise.all(Array.from({ length: 9 }, () => queue.publish(createJobId())));
      await full.promise;
      for (const open of gates) open();
      await seen.all;
      expect(most).toBe(3);
    });

    test("delivers again what a handler rejected, and says so", async () => {
      const queue = await opened();
      const jobId = createJobId();
      await queue.publish(jobId);
      const seen = collectDeliveries(2);
      consuming(queue, async (delivery) => {
        seen.add(delivery);
        if (!delivery.redelivered) throw new Error("not now");
      });
      expect(await seen.all).toEqual([
        { jobId, redelivered: false, traceparent: undefined },
        { jobId, redelivered: true, traceparent: undefined },
      ]);
    });

    test("finishes and acknowledges what it has begun when aborted, and leaves the rest", async () => {
      const queue = await opened();
      const [first, second] = [createJobId(), createJobId()];
      const begun = Promise.withResolvers<void>();
      const finish = Promise.withResolvers<void>();
      const handled: JobId[] = [];
      const { stop, done } = consuming(queue, async ({ jobId }) => {
        begun.resolve();
        await finish.promise;
        handled.push(jobId);
      });
      await queue.publish(first);
      await begun.promise;
      await queue.publish(second);
      stop.abort();
      let ended = false;
      const end = done.then(() => {
        ended = true;
      });
      // Gives a queue that would give up on the handler ample time to do so.
      for (let i = 0; i < 20; i++) await queue.publish(createJobId());
      expect(ended).toBe(false);
      finish.resolve();
      await end;
      expect(handled).toEqual([first]);

      const seen = collectDeliveries(2);
      consuming(queue, async (delivery) => seen.add(delivery));
      const rest = await seen.all;
      expect(rest.map(({ jobId }) => jobId)).toContain(second);
      expect(rest.map(({ jobId }) => jobId)).not.toContain(first);
    });

    test("gives back at once what waits after a rejection when aborted", async () => {
      const queue = await opened();
      const rejected = Promise.withResolvers<void>();
      const { stop, done } = consuming(queue, async () => {
        rejected.resolve();
        throw new Error("not now");
      });
      const jobId = createJobId();
      await queue.publish(jobId);
      await rejected.promise;
      stop.abort();
      await done;
      const seen = collectDeliveries(1);
      consuming(queue, async (delivery) => seen.add(delivery));
      expect(await seen.all).toEqual([{ jobId, redelivered: true, traceparent: undefined }]);
    });

    test("does not consume on a signal that is aborted already", async () => {
      const queue = await opened();
      await queue.publish(createJobId());
      await queue.consume(() => Promise.reject(new Error("called")), { concurrency: 1, signal: AbortSignal.abort() });
    });

    test("is connected while open, closed afterwards, and refuses to publish then", async () => {
      const queue = await opened();
      expect(queue.status()).toBe("connected");
      await queue[Symbol.asyncDispose]();
      expect(queue.status()).toBe("closed");
      await expect(queue.publish(createJobId())).rejects.toMatchObject({ code: "queue", reason: "closed" });
    });

    test("ends its consumers when closed", async () => {
      const queue = await opened();
      const { done } = consuming(queue, async () => {});
      await queue[Symbol.asyncDispose]();
      await done;
    });
  });
}
