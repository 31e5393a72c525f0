import type { QueueErrorReason } from "../errors.ts";
import type { JobEvent, RescueCause } from "../jobs/job-event.ts";
import type { QueueEvent } from "../queue/queue.ts";
import { type Metrics, startAtZero } from "./metrics.ts";

const reasons: Record<QueueErrorReason, 0> = {
  closed: 0,
  blocked: 0,
  timeout: 0,
  nack: 0,
  returned: 0,
  topology: 0,
  refused: 0,
};
const causes: Record<RescueCause, 0> = { worker_died: 0, lease_expired: 0 };

/** Counts what the jobs module tells of. */
export function countJobEvents(metrics: Metrics): (event: JobEvent) => void {
  startAtZero(metrics.rescued, "cause", causes);
  return (event) => {
    switch (event.type) {
      case "enqueued":
        return metrics.enqueued.inc({ source: event.source });
      case "claimed":
        return metrics.waitSeconds.observe(event.waitMs / 1000);
      case "rescued":
        return metrics.rescued.inc({ cause: event.cause });
      case "nothing_due":
        return metrics.duplicates.inc();
      case "attempt_ended":
        metrics.attempts.inc({ outcome: event.outcome });
        if (event.provider && event.costUsd) metrics.aiCost.inc({ provider: event.provider }, event.costUsd);
        return metrics.attemptSeconds.observe(event.durationMs / 1000);
      case "dead_letter":
        return metrics.deadLetters.inc();
    }
  };
}

/** Counts what the queue tells of. */
export function countQueueEvents(metrics: Metrics): (event: QueueEvent) => void {
  metrics.amqpConnected.set({ role: "publish" }, 0);
  startAtZero(metrics.publishFailures, "reason", reasons);
  return (event) => {
    switch (event.type) {
      case "connected":
        metrics.amqpConnections.inc({ role: event.role });
        return metrics.amqpConnected.set({ role: event.role }, 1);
      case "disconnected":
        return metrics.amqpConnected.set({ role: event.role }, 0);
      case "published":
        return metrics.confirmSeconds.observe(event.durationMs / 1000);
      case "publish_failed":
        return metrics.publishFailures.inc({ reason: event.reason });
      case "malformed":
        return metrics.malformed.inc();
      case "delivered":
        return;
    }
  };
}
