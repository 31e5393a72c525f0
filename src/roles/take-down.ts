import { openDatabase } from "../app.ts";
import { hasSite, removeSite } from "../bundles/remove-site.ts";
import { readSiteIndex } from "../bundles/site-index.ts";
import type { StoredSitesConfig } from "../config/config.ts";
import type { Database } from "../db/database.ts";
import { DatabaseError, InterruptedError, NotFoundError, WaitTimeoutError } from "../errors.ts";
import type { SiteId } from "../ids.ts";
import { isRemoved, takeDownSite } from "../jobs/take-down.ts";

export interface TakenDown {
  siteId: SiteId;
  /** Files whose content can never be published again; unknown when a worker did it. */
  forbidden: number | undefined;
  /** It had been taken down before, and nothing was left of it. */
  already: boolean;
  /** What could not be done beside it, and what follows from that. */
  warning: string | undefined;
}

/** A worker looks at least once a second. */
const waitMs = 30_000;
const pollMs = 200;

/**
 * Takes a site down: by hand where its files are, otherwise through a worker. The files go first: they must not wait
 * for a database.
 *
 * @throws {NotFoundError} If nobody knows the site.
 * @throws {DatabaseError} If the database cannot be asked; the message says whether the files are gone.
 * @throws {WaitTimeoutError} If no worker has done it yet; one will.
 */
export async function takeDown(config: StoredSitesConfig, siteId: SiteId, signal: AbortSignal): Promise<TakenDown> {
  const { database, preview } = config;
  const isHere = await hasSite(preview.path, siteId);
  const before = isHere ? await readSiteIndex(preview.path, siteId) : undefined;
  const forbidden = isHere ? await removeSite(preview.path, siteId, "taken_down") : undefined;
  const already = before?.state === "gone" && before.reason === "taken_down" && forbidden === 0;
  try {
    await using db = await openDatabase(database);
    // Embedded, there is no other place where a page could appear.
    const isOurs = isHere || database.mode === "embedded";
    const known = await takeDownSite(db, siteId, { done: isOurs });
    if (!known && !isHere) throw new NotFoundError("There is no such site.");
    if (!isOurs) await waitForWorker(db, siteId, signal);
    else if (!isHere) await removeSite(preview.path, siteId, "taken_down");
    return { siteId, forbidden, already, warning: undefined };
  } catch (error) {
    if (!(error instanceof DatabaseError) || !isHere) throw error;
    // The pages are down. Embedded, the database belongs to whoever runs; an edit then fails when it is worked on.
    if (database.mode === "embedded") return { siteId, forbidden, already, warning: error.message };
    throw new DatabaseError(`The site is down, but the database does not know it: ${error.message}`, { cause: error });
  }
}

async function waitForWorker(db: Database, siteId: SiteId, signal: AbortSignal): Promise<void> {
  const deadline = Date.now() + waitMs;
  while (!(await isRemoved(db, siteId))) {
    if (signal.aborted) throw new InterruptedError("Interrupted; a worker takes the site down.");
    if (Date.now() > deadline) {
      throw new WaitTimeoutError("It is recorded, but no worker has taken the files away yet: is one running?");
    }
    await Bun.sleep(pollMs);
  }
}
