/**
 * What `cmd/` may use. Everything else in `src/` is internal.
 *
 * It loads next to nothing itself: what a command runs comes with the first call, so that none waits for the parts of
 * the others. `test/architecture.test.ts` sees to it.
 */
export type { BundleVerdict } from "./bundles/verify-bundle.ts";
export type { SubmitConfig } from "./config/config.ts";
export {
  parseJobs,
  parseLog,
  parseMigrate,
  parseServeApi,
  parseServePreview,
  parseSetWebhook,
  parseStoredSites,
  parseSubmit,
  parseUp,
  parseWebhook,
  parseWork,
} from "./config/config.ts";
export { parseDoctor } from "./config/doctor-config.ts";
export type { Diagnosis } from "./doctor/check.ts";
export {
  BundleError,
  DoctorError,
  InterruptedError,
  NotFoundError,
  OrchestratorError,
  UsageError,
  WaitTimeoutError,
} from "./errors.ts";
export type { JobId, SiteId } from "./ids.ts";
export { isSiteId } from "./ids.ts";
export { cleanPrompt, maxPromptLength } from "./jobs/clean-prompt.ts";
export { failureOfJob } from "./jobs/failure-of-job.ts";
export type { Job, JobStatus } from "./jobs/job.ts";
export type { AttemptEntry, JobRecord } from "./jobs/list-jobs.ts";
export type { Logger } from "./logger.ts";
export type { JobDesk } from "./roles/jobs.ts";
export type { PageRequest, SubmittedPage } from "./roles/submit-page.ts";
export type { TakenDown } from "./roles/take-down.ts";
export type { WebhookReport } from "./roles/webhook.ts";
export type { SanitizeReport } from "./sanitizer/report.ts";
export type { Webhook } from "./telegram/webhook.ts";

export const answerWithPicture = whenCalled(
  async () => (await import("./pictures/answer-with-picture.ts")).answerWithPicture,
);
export const createLogger = whenCalled(async () => (await import("./logger.ts")).createLogger);
export const examine = whenCalled(async () => (await import("./roles/doctor.ts")).examine);
export const exportRevision = whenCalled(async () => (await import("./bundles/export-revision.ts")).exportRevision);
export const loadSanitizer = () => import("./sanitizer/sanitize.ts");
export const openJobs = whenCalled(async () => (await import("./roles/jobs.ts")).openJobs);
export const openMigrations = whenCalled(async () => (await import("./roles/migrate.ts")).openMigrations);
export const openWebhooks = whenCalled(async () => (await import("./roles/webhook.ts")).openWebhooks);
export const pruneOnce = whenCalled(async () => (await import("./roles/prune.ts")).pruneOnce);
export const replay = whenCalled(async () => (await import("./roles/replay.ts")).replay);
export const serveApi = whenCalled(async () => (await import("./roles/serve-api.ts")).serveApi);
export const servePreview = whenCalled(async () => (await import("./roles/serve-preview.ts")).servePreview);
export const serveWork = whenCalled(async () => (await import("./roles/serve-work.ts")).serveWork);
export const submitPage = whenCalled(async () => (await import("./roles/submit-page.ts")).submitPage);
export const takeDown = whenCalled(async () => (await import("./roles/take-down.ts")).takeDown);
export const up = whenCalled(async () => (await import("./roles/up.ts")).up);
export const verifyBundle = whenCalled(async () => (await import("./bundles/verify-bundle.ts")).verifyBundle);
export const writeExport = whenCalled(async () => (await import("./bundles/export-revision.ts")).writeExport);

/** A function that is loaded when it is called. */
function whenCalled<Args extends unknown[], Result>(
  load: () => Promise<(...args: Args) => Result | Promise<Result>>,
): (...args: Args) => Promise<Result> {
  return async (...args) => (await load())(...args);
}
