/**
 * What `cmd/` and embedders may use. Everything else in `src/` is internal.
 */
export { exportRevision, writeExport } from "./bundles/export-revision.ts";
export { parseSiteReference } from "./bundles/preview-address.ts";
export { type BundleVerdict, verifyBundle } from "./bundles/verify-bundle.ts";
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
export { cleanPrompt } from "./jobs/clean-prompt.ts";
export { failureOfJob } from "./jobs/failure-of-job.ts";
export type { Job, JobStatus } from "./jobs/job.ts";
export type { AttemptEntry, JobRecord } from "./jobs/list-jobs.ts";
export { maxPromptLength } from "./jobs/submit-job.ts";
export { createLogger, type Logger } from "./logger.ts";
export { answerWithPicture } from "./pictures/answer-with-picture.ts";
export { examine } from "./roles/doctor.ts";
export { type JobDesk, openJobs } from "./roles/jobs.ts";
export { openMigrations } from "./roles/migrate.ts";
export { pruneOnce } from "./roles/prune.ts";
export { replay } from "./roles/replay.ts";
export { serveApi } from "./roles/serve-api.ts";
export { servePreview } from "./roles/serve-preview.ts";
export { serveWork } from "./roles/serve-work.ts";
export { type PageRequest, type SubmittedPage, submitPage } from "./roles/submit-page.ts";
export { type TakenDown, takeDown } from "./roles/take-down.ts";
export { up } from "./roles/up.ts";
export { openWebhooks, type WebhookReport } from "./roles/webhook.ts";
export type { SanitizeReport } from "./sanitizer/report.ts";
export { createSanitizer, sanitize } from "./sanitizer/sanitize.ts";
export { defaultMaxConnections, type Webhook } from "./telegram/webhook.ts";
