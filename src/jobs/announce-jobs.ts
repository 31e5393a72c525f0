import { type SQL, sql } from "drizzle-orm";
import { announceQueued, readSiteStatus, writeSiteStatus } from "../bundles/site-status.ts";
import type { Database } from "../db/database.ts";
import { isJobId, type JobId, type SiteId } from "../ids.ts";
import type { Logger } from "../logger.ts";
import type { JobStatus } from "./job.ts";
import { pause } from "./pause.ts";
import type { Signals } from "./signals.ts";

const pollMs = 1000;
/** Jobs followed at once; beyond that, the link of a waiting job says that there is nothing yet. */
const maxFollowed = 1000;
/** Looked at when a process begins, and then again and again: a transaction may show later than its time. */
const firstLook = sql`interval '1 day'`;
const laterLooks = sql`interval '5 seconds'`;

interface Waiting {
  id: JobId;
  site_id: SiteId;
  status: JobStatus;
  error_code: string | null;
  created_at: Date;
}

/**
 * Leaves word in the previews directory that a job waits, until a worker takes it or it ends without one. The preview
 * server has no database and whoever takes jobs in may have no volume: a worker has both.
 */
export async function announceJobs(
  { db, signals, previewsPath, logger }: { db: Database; signals: Signals; previewsPath: string; logger: Logger },
  signal: AbortSignal,
): Promise<void> {
  const followed = new Set<JobId>();
  // A job that waits for another attempt is not followed, until somebody stops it.
  using _ = signals.on("cancel", (id) => {
    if (isJobId(id) && followed.size < maxFollowed) followed.add(id);
  });
  let look = firstLook;
  while (!signal.aborted) {
    try {
      for (const job of await findWaiting(db, look, followed)) await announce(previewsPath, job, followed);
      look = laterLooks;
    } catch (error) {
      // A word that is missing costs nobody a page.
      logger.debug({ err: error }, "cannot announce waiting jobs, trying again");
    }
    await pause(pollMs, signal);
  }
}

/** Jobs of late that nobody has taken yet, and what became of those already followed. */
async function findWaiting(db: Database, since: SQL, followed: ReadonlySet<JobId>): Promise<Waiting[]> {
  return db.query<Waiting>(sql`
    (select id, site_id, status, error_code, created_at from jobs
     where created_at > now() - ${since} and status = 'queued' and claims = 0
     order by created_at desc limit ${maxFollowed}::int)
    union
    select id, site_id, status, error_code, created_at from jobs
    where id in (select value::uuid from jsonb_array_elements_text(${JSON.stringify([...followed])}::text::jsonb))`);
}

async function announce(root: string, job: Waiting, followed: Set<JobId>): Promise<void> {
  const { id, site_id: siteId, status } = job;
  if (status === "queued") {
    if (followed.has(id) || followed.size >= maxFollowed) return;
    await announceQueued(root, siteId, id, new Date(job.created_at));
    followed.add(id);
    return;
  }
  if (!followed.delete(id) || (status !== "cancelled" && status !== "failed")) return;
  const said = await readSiteStatus(root, siteId);
  if (said?.jobId !== id || (said.state !== "queued" && said.state !== "retrying")) return;
  const end = status === "failed" ? { state: status, code: job.error_code ?? "internal" } : { state: status };
  await writeSiteStatus(root, siteId, { jobId: id, at: new Date(), ...end });
}
