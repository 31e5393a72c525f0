import type { Database } from "../db/database.ts";
import { NotFoundError } from "../errors.ts";
import { isJobId, isSiteId } from "../ids.ts";
import { cancelJob } from "../jobs/cancel-job.ts";
import { cleanPrompt, maxPromptLength } from "../jobs/clean-prompt.ts";
import type { Dispatcher } from "../jobs/dispatcher.ts";
import { findJob } from "../jobs/find-job.ts";
import type { Job } from "../jobs/job.ts";
import type { JobEvent } from "../jobs/job-event.ts";
import { type JobRequest, submitJob } from "../jobs/submit-job.ts";
import { traceparentOf } from "../queue/traceparent.ts";
import { traced } from "../tracing.ts";
import { answered } from "./answered.ts";
import { ApiError } from "./api-error.ts";
import { equalsSecret } from "./equals-secret.ts";
import { jobJson, type PreviewUrl } from "./job-json.ts";
import { readJson } from "./read-body.ts";

export interface JobsOptions {
  db: Database;
  dispatcher: Pick<Dispatcher, "publish">;
  /** Without it the job API is off, and looks as if it did not exist. */
  apiToken: string | undefined;
  previewUrl: PreviewUrl;
  onJobEvent?: ((event: JobEvent) => void) | undefined;
}

const tenant = "api";

/** The job API: create, read and cancel jobs with a bearer token. */
export function createJobs({ db, dispatcher, apiToken, previewUrl, onJobEvent }: JobsOptions) {
  function authorize(request: Request): void {
    if (apiToken === undefined) {
      throw new ApiError(404, "not_found", "The job API is off. It is turned on by setting API_TOKEN.");
    }
    const [, token] = /^Bearer +(\S+)$/i.exec(request.headers.get("authorization") ?? "") ?? [];
    if (!equalsSecret(token ?? null, apiToken)) {
      throw new ApiError(401, "unauthorized", "Send the API token as `Authorization: Bearer <token>`.", {
        "www-authenticate": "Bearer",
      });
    }
  }

  async function find(request: Request, id: string): Promise<Job> {
    authorize(request);
    const job = isJobId(id) ? await answered(findJob(db, id)) : undefined;
    if (job === undefined) throw new ApiError(404, "job_not_found", "There is no job with this id.");
    return job;
  }

  return {
    /** @throws {ApiError} 404 when there is none, or the job API is off; 401 */
    find,

    async create(request: Request): Promise<Response> {
      authorize(request);
      const wanted = readRequest(await readJson(request), request.headers.get("idempotency-key"));
      const parent = traceparentOf(request.headers.get("traceparent"));
      const jobId = await traced("POST /jobs", { kind: "server", parent }, async () => {
        const { jobId, created, asAsked } = await answered(submitJob(db, wanted)).catch((error: unknown) => {
          if (error instanceof NotFoundError)
            throw new ApiError(404, "site_not_found", "There is no site with this id.");
          throw error;
        });
        if (!asAsked) {
          throw new ApiError(
            422,
            "idempotency_key_reused",
            "This `Idempotency-Key` has made a job with another `prompt` or `edit`. Send a new key with a new request.",
          );
        }
        if (created) {
          onJobEvent?.({ type: "enqueued", source: "api" });
          void dispatcher.publish(jobId);
        }
        return jobId;
      });
      const job = await find(request, jobId);
      return Response.json(jobJson(job, previewUrl), { status: 202, headers: { location: `/jobs/${jobId}` } });
    },

    async read(request: Request, id: string): Promise<Response> {
      return Response.json(jobJson(await find(request, id), previewUrl));
    },

    /** 200 when it is cancelled, 202 while its worker has yet to let go, 409 when it is too late. */
    async cancel(request: Request, id: string): Promise<Response> {
      const { id: jobId } = await find(request, id);
      const result = await answered(cancelJob(db, jobId));
      const job = await find(request, jobId);
      if (job.status === "cancelled") return Response.json(jobJson(job, previewUrl));
      if (result === "cancelling") return Response.json(jobJson(job, previewUrl), { status: 202 });
      throw new ApiError(409, "job_finished", "It is too late to cancel this job.");
    },
  };
}

const fields: ReadonlySet<string> = new Set(["prompt", "model", "edit"]);

function readRequest(body: unknown, idempotencyKey: string | null): JobRequest {
  if (typeof body !== "object" || body === null) throw invalid("The request body must be a JSON object.");
  // A mistyped `edit` would make a new site.
  const unknown = Object.keys(body).find((name) => !fields.has(name));
  if (unknown !== undefined)
    throw invalid(
      `There is no field \`${unknown.slice(0, 100).toWellFormed()}\`. There are \`prompt\`, \`model\` and \`edit\`.`,
    );
  const { prompt: raw, model, edit } = body as { prompt?: unknown; model?: unknown; edit?: unknown };
  if (typeof raw !== "string") throw invalid("`prompt` must be a string.");
  const prompt = cleanPrompt(raw);
  if (prompt === "") throw invalid("`prompt` must not be empty.");
  if (prompt.length > maxPromptLength) throw invalid(`\`prompt\` must have at most ${maxPromptLength} characters.`);
  if (model !== undefined && (typeof model !== "string" || !/^[\w.:/@-]{1,100}$/.test(model))) {
    throw invalid("`model` must be the name of a model.");
  }
  if (edit !== undefined && !isSiteId(edit)) throw invalid("`edit` must be the `siteId` of an earlier job.");
  if (idempotencyKey !== null && !/^[\x21-\x7e]{1,255}$/.test(idempotencyKey)) {
    throw invalid("`Idempotency-Key` must have 1 to 255 visible ASCII characters.");
  }
  return { prompt, tenant, model, edit, idempotencyKey: idempotencyKey ?? undefined };
}

function invalid(message: string): ApiError {
  return new ApiError(400, "invalid_request", message);
}
