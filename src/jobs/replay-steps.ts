import { sql } from "drizzle-orm";
import type { Database } from "../db/database.ts";
import { readHistoryWish } from "../edits/instant/history-wish.ts";
import type { JobId, SiteId } from "../ids.ts";
import { findReply } from "./replies.ts";

/** One job on the way to a revision. */
export interface ReplayStep {
  kind: "new" | "edit";
  prompt: string;
  /** The revision it made; null if it failed. */
  revision: number | null;
  /** What the model wrote; nothing where the change was made without one. */
  reply: string | undefined;
}

interface Row {
  id: JobId;
  site_id: SiteId;
  kind: "new" | "edit" | "replay";
  replay_of: JobId | null;
  prompt: string;
  revision: number | null;
  base_revision: number | null;
  provider: string | null;
}

/** A site changed more often than this is not made again from the start. */
const mostSteps = 100;
const columns = sql`id, site_id, kind, replay_of, prompt, revision, base_revision, provider`;

/**
 * The jobs that led to what a job made, from the first page on. `undefined` where something is missing between them: a
 * reply that is no longer kept, a job that was pruned, an undo.
 */
export async function findReplaySteps(db: Database, jobId: JobId): Promise<ReplayStep[] | undefined> {
  const steps: ReplayStep[] = [];
  let row = await findById(db, jobId);
  for (let looked = 0; row && looked < mostSteps; looked++) {
    if (row.kind === "replay") {
      row = row.replay_of === null ? undefined : await findById(db, row.replay_of);
      continue;
    }
    const { kind, prompt, revision }: Row = row;
    const reply = await findReply(db, row.id);
    const isInstant = kind === "edit" && row.provider === "none" && readHistoryWish(prompt) === undefined;
    if (reply === undefined && !isInstant) return undefined;
    steps.unshift({ kind, prompt, revision, reply });
    if (kind === "new") return steps;
    row = row.base_revision === null ? undefined : await findByRevision(db, row.site_id, row.base_revision);
  }
  return undefined;
}

async function findById(db: Database, id: JobId): Promise<Row | undefined> {
  return (await db.query<Row & Record<string, unknown>>(sql`select ${columns} from jobs where id = ${id}::uuid`))[0];
}

async function findByRevision(db: Database, siteId: SiteId, revision: number): Promise<Row | undefined> {
  const [row] = await db.query<Row & Record<string, unknown>>(sql`
    select ${columns} from jobs where site_id = ${siteId}::text and revision = ${revision}::int and status = 'completed'`);
  return row;
}
