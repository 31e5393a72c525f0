import type { Dispatcher } from "../jobs/dispatcher.ts";
import type { Intake } from "../telegram/intake.ts";
import { traced } from "../tracing.ts";
import { answered } from "./answered.ts";
import { ApiError } from "./api-error.ts";
import { equalsSecret } from "./equals-secret.ts";
import { readJson } from "./read-body.ts";

export interface WebhookOptions {
  secretToken: string;
  intake: Intake;
  dispatcher: Pick<Dispatcher, "publish">;
}

/**
 * Takes one update from Telegram. Anything but a 2xx makes Telegram deliver it again, and hold back what else that
 * chat has to say until then.
 */
export async function takeWebhook(request: Request, { secretToken, intake, dispatcher }: WebhookOptions) {
  if (!equalsSecret(request.headers.get("x-telegram-bot-api-secret-token"), secretToken)) {
    throw new ApiError(401, "unauthorized", "X-Telegram-Bot-Api-Secret-Token is missing or wrong.");
  }
  const body = await readJson(request);
  return traced("POST /telegram/webhook", { kind: "server" }, async () => {
    const result = await answered(intake.take(body));
    if (result.kind === "malformed") {
      throw new ApiError(400, "invalid_update", "The request body is not an update: it needs a positive update_id.");
    }
    // Not awaited: the job is recorded, and what does not get through now the dispatcher publishes later.
    if (result.publish !== undefined) void dispatcher.publish(result.publish);
    return Response.json({ ok: true, ...(result.jobId === undefined ? {} : { job_id: result.jobId }) });
  });
}
