import type { JobId } from "../../src/ids.ts";
import type { Delivery } from "../../src/queue/queue.ts";

/** Collects deliveries; `all` resolves with them once there are `expected`. */
export function collectDeliveries(expected: number) {
  const deliveries: Delivery[] = [];
  const all = Promise.withResolvers<Delivery[]>();
  const awaited = new Map<JobId, () => void>();
  return {
    all: all.promise,
    add(delivery: Delivery): void {
      deliveries.push(delivery);
      if (deliveries.length === expected) all.resolve(deliveries);
      awaited.get(delivery.jobId)?.();
    },
    has: (jobId: JobId) =>
      new Promise<void>((resolve) => {
        if (deliveries.some((delivery) => delivery.jobId === jobId)) resolve();
        else awaited.set(jobId, resolve);
      }),
    count: () => deliveries.length,
    jobIds: () => deliveries.map(({ jobId }) => jobId),
  };
}
