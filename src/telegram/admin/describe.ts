import type { AlertCause } from "../../jobs/find-trouble.ts";
import type { JobRecord } from "../../jobs/list-jobs.ts";
import type { Stats } from "../../jobs/read-stats.ts";
import { escapeHtml } from "../html.ts";

/** Operators read English, as in the logs. Numbers are theirs to copy, so they stay plain. */

export function describeStats({ day, ...stats }: Stats): string {
  const ended = day.completed + day.failed;
  const share = ended === 0 ? "" : ` (${Math.round((day.completed / ended) * 100)} % done)`;
  const median = day.medianSeconds === null ? "" : `, half of them within ${Math.round(day.medianSeconds)} s`;
  const failures = day.failures.map(({ code, count }) => `${code} ${count}`).join(", ");
  return [
    "<b>Now</b>",
    `${stats.queued} queued, ${stats.running} running, ${count(stats.unsent, "message")} unsent`,
    ...(stats.oldestSeconds === null ? [] : [`the first in the queue waits for ${stats.oldestSeconds} s`]),
    "",
    "<b>Last 24 hours</b>",
    `${day.completed} completed, ${day.failed} failed, ${day.cancelled} cancelled${share}`,
    `${count(day.active, "person", "people")}${median}, ${day.tokens} tokens`,
    ...(failures === "" ? [] : [escapeHtml(`failures: ${failures}`)]),
    "",
    "<b>In all</b>",
    `${count(stats.sites, "site")}, ${count(stats.people, "person", "people")} (${stats.unreachable} gone), ${count(stats.groups, "group")}`,
  ].join("\n");
}

function count(number: number, one: string, more = `${one}s`): string {
  return `${number} ${number === 1 ? one : more}`;
}

/** Without their prompts: those are between a person and the model. */
export function describeJobs(jobs: readonly JobRecord[]): string {
  if (jobs.length === 0) return "There are no jobs.";
  return jobs
    .map(({ id, siteId, status, stage, attempt, tenant, error, createdAt }) => {
      const state = stage === null ? status : `${status}, ${stage}`;
      const why = error === null ? "" : ` – ${error.code}`;
      const when = createdAt.toISOString().slice(0, 16).replace("T", " ");
      return `${escapeHtml(`${when} ${state} (attempt ${attempt})${why}`)}\njob <code>${id}</code>\nsite <code>${siteId}</code>, ${escapeHtml(tenant)}`;
    })
    .join("\n\n");
}

const alerts: Record<AlertCause, string> = {
  no_worker:
    "For two minutes no worker has been heard of, or jobs have been waiting and nobody works on them. Is a worker running (<code>orchestrator work</code>), and RabbitMQ?",
  provider_failing:
    "The AI provider fails: several attempts in the last quarter of an hour, and more jobs than were completed. See /jobs failed, the key, and the provider's status page.",
  provider_refusing:
    "The AI provider refuses what it is asked, and has taken nothing since: a key that is wrong or was revoked, an account without credit, or a model it does not have. Pages fail until AI_API_KEY, the account or AI_MODEL is mended. <code>orchestrator doctor --ai</code> says which.",
  storage_failing:
    "Pages cannot be saved, or soon cannot be. Is the disk full, or PREVIEWS_PATH not writable? Jobs wait and go on by themselves when it is mended.",
};

/** @returns `undefined` for a cause of a later version. */
export function describeAlert(cause: string): string | undefined {
  return Object.hasOwn(alerts, cause) ? `⚠️ ${alerts[cause as AlertCause]}` : undefined;
}
