import { QueueError } from "../errors.ts";
import type { JobId } from "../ids.ts";
import { type Delivery, deliveryLimit, type Queue } from "./queue.ts";
import { redeliveryDelayMs } from "./redelivery-delay-ms.ts";
import { traceparentOf } from "./traceparent.ts";
import { orAborted, sleep } from "./wait.ts";

interface Pointer {
  jobId: JobId;
  traceparent: string | undefined;
  /** Times a handler rejected it. */
  returns: number;
}

/** A queue inside this process, for the embedded mode and for tests. Its messages end with it; the jobs are in the database. */
export function createMemoryQueue(): Queue {
  const closing = new AbortController();
  const jobs = createMailbox();
  const dead = createMailbox();

  async function consume(
    mailbox: Mailbox,
    handle: (delivery: Delivery) => Promise<void>,
    { concurrency, signal: given }: { concurrency: number; signal: AbortSignal },
  ): Promise<void> {
    const signal = AbortSignal.any([given, closing.signal]);
    const slot = async () => {
      for (let pointer = await mailbox.take(signal); pointer; pointer = await mailbox.take(signal)) {
        const { jobId, traceparent, returns } = pointer;
        try {
          await handle({ jobId, traceparent, redelivered: returns > 0 });
        } catch {
          await sleep(redeliveryDelayMs(returns), signal);
          const to = mailbox === jobs && returns >= deliveryLimit ? dead : mailbox;
          to.put({ ...pointer, returns: to === dead ? 0 : returns + 1 });
        }
      }
    };
    await Promise.all(Array.from({ length: concurrency }, slot));
  }

  return {
    async publish(jobId, { traceparent } = {}) {
      if (closing.signal.aborted) throw new QueueError("The queue is closed", { reason: "closed" });
      jobs.put({ jobId, traceparent: traceparentOf(traceparent), returns: 0 });
    },
    consume: (handle, options) => consume(jobs, handle, options),
    consumeDead: (handle, { signal }) => consume(dead, handle, { concurrency: 1, signal }),
    status: () => (closing.signal.aborted ? "closed" : "connected"),
    backlog: async () => jobs.size(),
    async ping() {
      if (closing.signal.aborted) throw new QueueError("The queue is closed", { reason: "closed" });
    },
    async [Symbol.asyncDispose]() {
      closing.abort();
    },
  };
}

interface Mailbox {
  size(): number;
  put(pointer: Pointer): void;
  /** The oldest pointer, as soon as there is one; `undefined` once `signal` is aborted. */
  take(signal: AbortSignal): Promise<Pointer | undefined>;
}

function createMailbox(): Mailbox {
  const pointers: Pointer[] = [];
  let arrival = Promise.withResolvers<void>();
  return {
    size: () => pointers.length,
    put(pointer) {
      pointers.push(pointer);
      arrival.resolve();
      arrival = Promise.withResolvers();
    },
    async take(signal) {
      while (!signal.aborted) {
        const pointer = pointers.shift();
        if (pointer) return pointer;
        await orAborted(arrival.promise, signal);
      }
      return undefined;
    },
  };
}
