import { sql } from "drizzle-orm";
import {
  bigint,
  boolean,
  customType,
  doublePrecision,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  timestamp,
  uuid,
} from "drizzle-orm/pg-core";
import type { JobId, SiteId } from "../ids.ts";

/**
 * The tables as TypeScript sees them, for typed reads. `migrations/` is what creates them; a test compares the two.
 */

const instant = (name: string) => timestamp(name, { withTimezone: true });
const bytes = customType<{ data: Uint8Array }>({ dataType: () => "bytea" });
const telegramId = (name: string) => bigint(name, { mode: "number" });

export const chats = pgTable("chats", {
  id: telegramId("id").primaryKey(),
  type: text("type").notNull(),
  language: text("language"),
  unreachableAt: instant("unreachable_at"),
  chosenLanguage: text("chosen_language"),
  quietUntil: instant("quiet_until"),
  nextEditAt: instant("next_edit_at").notNull(),
  createdAt: instant("created_at").notNull(),
});

export const sites = pgTable("sites", {
  id: text("id").$type<SiteId>().primaryKey(),
  tenant: text("tenant").notNull(),
  title: text("title"),
  currentRevision: integer("current_revision"),
  lastRevision: integer("last_revision").notNull(),
  removal: text("removal", { enum: ["deleted", "taken_down"] }),
  removalRequestedAt: instant("removal_requested_at"),
  removalChatId: telegramId("removal_chat_id"),
  removalThreadId: telegramId("removal_thread_id"),
  removedAt: instant("removed_at"),
  createdAt: instant("created_at").notNull(),
  updatedAt: instant("updated_at").notNull(),
});

export const jobs = pgTable("jobs", {
  id: uuid("id").$type<JobId>().primaryKey(),
  siteId: text("site_id").$type<SiteId>().notNull(),
  tenant: text("tenant").notNull(),
  idempotencyKey: text("idempotency_key"),
  prompt: text("prompt").notNull(),
  provider: text("provider"),
  model: text("model"),
  status: text("status", { enum: ["queued", "running", "completed", "failed", "cancelled"] }).notNull(),
  /** Has no statistics: see `0006_line.sql`. */
  waiting: boolean("waiting").notNull().generatedAlwaysAs(sql`status = 'queued'`),
  stage: text("stage", { enum: ["writing", "checking", "publishing"] }),
  priority: integer("priority").notNull(),
  turn: bigint("turn", { mode: "number" }).notNull(),
  availableAt: instant("available_at").notNull(),
  dispatchAfter: instant("dispatch_after").notNull(),
  dispatches: integer("dispatches").notNull(),
  attempt: integer("attempt").notNull(),
  claims: integer("claims").notNull(),
  crashes: integer("crashes").notNull(),
  snoozes: integer("snoozes").notNull(),
  leaseOwner: bigint("lease_owner", { mode: "number" }),
  leaseToken: uuid("lease_token"),
  leaseExpiresAt: instant("lease_expires_at"),
  cancelRequestedAt: instant("cancel_requested_at"),
  revision: integer("revision"),
  title: text("title"),
  errorCode: text("error_code"),
  errorMessage: text("error_message"),
  inputTokens: integer("input_tokens").notNull(),
  outputTokens: integer("output_tokens").notNull(),
  chatId: telegramId("chat_id"),
  messageId: telegramId("message_id"),
  threadId: telegramId("thread_id"),
  language: text("language"),
  partSentAt: instant("part_sent_at"),
  partGlue: text("part_glue"),
  kind: text("kind", { enum: ["new", "edit", "replay"] }).notNull(),
  replayOf: uuid("replay_of").$type<JobId>(),
  baseRevision: integer("base_revision"),
  summary: text("summary"),
  costUsd: doublePrecision("cost_usd"),
  traceparent: text("traceparent"),
  createdAt: instant("created_at").notNull(),
  startedAt: instant("started_at"),
  finishedAt: instant("finished_at"),
});

export const jobAttempts = pgTable(
  "job_attempts",
  {
    jobId: uuid("job_id").$type<JobId>().notNull(),
    number: integer("number").notNull(),
    worker: text("worker").notNull(),
    status: text("status", {
      enum: ["running", "completed", "retried", "snoozed", "failed", "cancelled", "released", "abandoned"],
    }).notNull(),
    provider: text("provider"),
    model: text("model"),
    finish: text("finish"),
    errorCode: text("error_code"),
    errorMessage: text("error_message"),
    inputTokens: integer("input_tokens").notNull(),
    outputTokens: integer("output_tokens").notNull(),
    repairs: jsonb("repairs").$type<readonly string[]>().notNull(),
    promptVersion: integer("prompt_version"),
    costUsd: doublePrecision("cost_usd"),
    startedAt: instant("started_at").notNull(),
    finishedAt: instant("finished_at"),
    durationMs: integer("duration_ms"),
  },
  (table) => [primaryKey({ columns: [table.jobId, table.number] })],
);

export const replies = pgTable("replies", {
  jobId: uuid("job_id").$type<JobId>().primaryKey(),
  content: bytes("content").notNull(),
  createdAt: instant("created_at").notNull(),
  expiresAt: instant("expires_at").notNull(),
});

export const schedules = pgTable("schedules", {
  name: text("name").primaryKey(),
  dueAt: instant("due_at").notNull(),
});

export const providerPauses = pgTable("provider_pauses", {
  provider: text("provider").primaryKey(),
  pausedUntil: instant("paused_until").notNull(),
});

export const telegramUpdates = pgTable("telegram_updates", {
  updateId: telegramId("update_id").notNull().unique(),
  kind: text("kind").notNull(),
  album: text("album"),
  jobId: uuid("job_id").$type<JobId>(),
  receivedAt: instant("received_at").notNull(),
});

export const notifications = pgTable("notifications", {
  id: bigint("id", { mode: "number" }).primaryKey(),
  chatId: telegramId("chat_id").notNull(),
  threadId: telegramId("thread_id"),
  replyToMessageId: telegramId("reply_to_message_id"),
  jobId: uuid("job_id").$type<JobId>(),
  kind: text("kind").notNull(),
  payload: jsonb("payload").$type<Record<string, unknown>>().notNull(),
  status: text("status", { enum: ["pending", "sent", "undeliverable"] }).notNull(),
  attempt: integer("attempt").notNull(),
  availableAt: instant("available_at").notNull(),
  leaseToken: uuid("lease_token"),
  leaseExpiresAt: instant("lease_expires_at"),
  messageId: telegramId("message_id"),
  siteId: text("site_id").$type<SiteId>(),
  urgent: boolean("urgent").notNull(),
  shown: text("shown"),
  error: text("error"),
  createdAt: instant("created_at").notNull(),
  finishedAt: instant("finished_at"),
});

export const pictures = pgTable("pictures", {
  id: bigint("id", { mode: "number" }).primaryKey(),
  jobId: uuid("job_id").$type<JobId>(),
  sender: text("sender").notNull(),
  fileId: text("file_id").notNull(),
  receivedAt: instant("received_at").notNull(),
});

export const alerts = pgTable("alerts", {
  cause: text("cause").primaryKey(),
  raisedAt: instant("raised_at").notNull(),
});

export const broadcasts = pgTable("broadcasts", {
  id: bigint("id", { mode: "number" }).primaryKey(),
  notificationId: bigint("notification_id", { mode: "number" }).notNull().unique(),
  chatId: telegramId("chat_id").notNull(),
  body: text("body").notNull(),
  confirmedAt: instant("confirmed_at"),
  nextAt: instant("next_at").notNull(),
  lastChatId: telegramId("last_chat_id").notNull(),
  recipients: integer("recipients").notNull(),
  finishedAt: instant("finished_at"),
  createdAt: instant("created_at").notNull(),
});
