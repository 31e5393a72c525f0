import type { App } from "../app.ts";
import type { TelegramConfig } from "../config/sections.ts";
import { runBroadcasts } from "../jobs/broadcast.ts";
import { watchForTrouble } from "../jobs/raise-alert.ts";

/** What operators ask for that takes its time, and what they are told unasked, until `signal` aborts. */
export async function serveOperators(
  { db, logger }: App,
  { adminUsers }: Pick<TelegramConfig, "adminUsers">,
  signal: AbortSignal,
  previewsPath?: string,
): Promise<void> {
  if (adminUsers.size === 0) return;
  await Promise.all([
    runBroadcasts({ db, logger }, signal),
    watchForTrouble({ db, logger, operators: adminUsers, previewsPath }, signal),
  ]);
}
