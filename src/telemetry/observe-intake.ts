import type { Intake } from "../telegram/intake.ts";
import { countJobEvents } from "./count-events.ts";
import { type Metrics, startAtZero } from "./metrics.ts";

/** The same intake, its updates and the jobs they make counted. */
export function observeIntake(intake: Intake, metrics: Metrics | undefined): Intake {
  if (metrics === undefined) return intake;
  const onJobEvent = countJobEvents(metrics);
  startAtZero(metrics.updates, "result", { accepted: 0, duplicate: 0, malformed: 0, failed: 0 });
  return {
    ...intake,
    async take(body) {
      const result = await intake.take(body).catch((error: unknown) => {
        metrics.updates.inc({ result: "failed" });
        throw error;
      });
      if (result.kind === "malformed") metrics.updates.inc({ result: "malformed" });
      else metrics.updates.inc({ result: result.fresh ? "accepted" : "duplicate" });
      if (result.kind === "accepted" && result.fresh && result.jobId) {
        onJobEvent({ type: "enqueued", source: "telegram" });
      }
      return result;
    },
  };
}
