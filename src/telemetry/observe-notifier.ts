import type { DeliveryResult, Notifier } from "../jobs/notifier.ts";
import { annotate, traced } from "../tracing.ts";
import { type Metrics, startAtZero } from "./metrics.ts";

const results: Record<DeliveryResult["kind"], 0> = { sent: 0, deferred: 0, undeliverable: 0 };

/** The same notifier, each delivery of it a span and counted. */
export function observeNotifier(notifier: Notifier, metrics: Metrics | undefined): Notifier {
  if (metrics) startAtZero(metrics.notifications, "result", results);
  return {
    ...notifier,
    deliver(notification, signal) {
      const { jobId, kind, traceparent } = notification;
      const attributes = { "orchestrator.notification.kind": kind, ...(jobId ? { "orchestrator.job.id": jobId } : {}) };
      return traced("notify", { kind: "client", parent: traceparent, attributes }, async () => {
        const result = await notifier.deliver(notification, signal);
        metrics?.notifications.inc({ result: result.kind });
        annotate({ "orchestrator.notification.result": result.kind });
        return result;
      });
    },
  };
}
