import type { Notifier } from "../jobs/notifier.ts";
import { annotate, traced } from "../tracing.ts";
import type { Metrics } from "./metrics.ts";

/** The same notifier, each delivery of it a span and counted. */
export function observeNotifier(notifier: Notifier, metrics: Metrics | undefined): Notifier {
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
