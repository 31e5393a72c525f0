import type { Database } from "../../db/database.ts";
import { isJobId, isSiteId } from "../../ids.ts";
import { confirmBroadcast, draftBroadcast } from "../../jobs/broadcast.ts";
import type { JobStatus } from "../../jobs/job.ts";
import { listJobs } from "../../jobs/list-jobs.ts";
import type { Notification } from "../../jobs/notifier.ts";
import { readStats } from "../../jobs/read-stats.ts";
import { retryJob } from "../../jobs/retry-job.ts";
import { takeDownSite } from "../../jobs/take-down-site.ts";
import { escapeHtml } from "../html.ts";
import { asString } from "../json-object.ts";
import { type AdminCommandName, adminCommands } from "./admin-command.ts";
import { describeJobs, describeStats } from "./describe.ts";

/** Leaves room in a message of 4096 for what we say around it. */
const maxBroadcastLength = 3500;
const jobsShown = 10;
const statuses: readonly JobStatus[] = ["queued", "running", "completed", "failed", "cancelled"];

interface Order {
  db: Database;
  argument: string;
  /** The notification that the command is, and the chat it came from. */
  id: number;
  chatId: number;
}

const commands: Record<AdminCommandName, (order: Order) => Promise<string>> = {
  stats: async ({ db }) => describeStats(await readStats(db)),

  async jobs({ db, argument }) {
    const wanted = statuses.filter((one) => one === argument.toLowerCase());
    if (argument !== "" && wanted.length === 0) return usageOf("jobs");
    const filter = { statuses: wanted, tenant: undefined, siteId: undefined, since: undefined, limit: jobsShown };
    return describeJobs(await listJobs(db, filter));
  },

  async retry({ db, argument }) {
    if (!isJobId(argument)) return usageOf("retry");
    const result = await retryJob(db, argument);
    if (result === "queued") return `Job <code>${argument}</code> is queued again.`;
    return result === "not_found" ? "There is no such job." : "That job has neither failed nor been cancelled.";
  },

  async takedown({ db, argument, chatId }) {
    const siteId = /[a-z2-7]{26}/.exec(argument)?.[0];
    if (!isSiteId(siteId)) return usageOf("takedown");
    return (await takeDownSite(db, siteId, { chatId }))
      ? `Site <code>${siteId}</code> is being taken down.`
      : "There is no such site, or it is gone already.";
  },

  async broadcast({ db, argument, id, chatId }) {
    if (argument === "") return usageOf("broadcast");
    if (argument.length > maxBroadcastLength) return `That is too long: ${maxBroadcastLength} characters are possible.`;
    const draft = await draftBroadcast(db, { command: id, chatId, body: argument });
    return `${escapeHtml(argument)}\n\n———\nThis goes to ${draft.recipients} chats, as it stands above. To send it: /broadcast_${draft.id}`;
  },

  broadcast_confirm: async ({ db, argument, chatId }) =>
    (await confirmBroadcast(db, { id: Number(argument), chatId }))
      ? "It is going out. I will say when everybody has it."
      : "There is nothing to send: it was confirmed before, or is older than a day.",
};

/**
 * Carries out an operator's command and says what came of it, in Telegram's HTML. The command is recorded like
 * everything else that is to be answered, and done when the answer is sent; done twice, it changes nothing more.
 */
export async function obeyAdmin(db: Database, { id, chatId, payload }: Notification): Promise<string> {
  const name = asString(payload["name"]) as AdminCommandName;
  const argument = (asString(payload["argument"]) ?? "").trim();
  return commands[name]({ db, argument, id, chatId });
}

function usageOf(name: keyof typeof adminCommands): string {
  return escapeHtml(`/${name} ${adminCommands[name].follows}`);
}
