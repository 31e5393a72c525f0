import { type SQL, sql } from "drizzle-orm";
import type { Database } from "../db/database.ts";
import type { JobId } from "../ids.ts";

/** The most that a page gets: as many as an album has. */
export const mostPictures = 10;

/** How long a picture without words waits for the prompt that it is for. */
const waitingTime = sql`interval '10 minutes'`;

export interface ShownPicture {
  /** The messenger's name for the file, or what carries it: `carried-picture.ts`. */
  fileId: string;
  /** The person and the chat. */
  sender: string;
  /** When there is no job for it: whether it waits for the sender's next prompt. */
  waits: boolean;
}

/** A step of `acceptUpdate`: keeps the picture with the job of its own message, or of its album's. */
export function insertPicture({ fileId, sender, waits }: ShownPicture, { ofAlbum }: { ofAlbum: boolean }): SQL {
  const job = ofAlbum
    ? sql`coalesce(fresh.job_id, (select job_id from earlier where job_id is not null limit 1))`
    : sql`fresh.job_id`;
  return sql`picture as (
      insert into pictures (job_id, sender, file_id)
      select ${job}, ${sender}::text, ${fileId}::text from fresh
      ${waits ? sql`` : sql`where ${job} is not null`}
    )`;
}

/** A step of `acceptUpdate`: the album's job, if nobody works on it yet, waits for a further part once more. */
export function extendAlbum(window: SQL): SQL {
  return sql`extended as (
      update jobs set available_at = now() + ${window}, dispatch_after = now() + ${window}
      where id in (select earlier.job_id from earlier, fresh) and status = 'queued' and claims = 0
    )`;
}

/** A step of `acceptUpdate`: the new job gets what its sender showed before without saying what for. */
export function adoptPictures(sender: string): SQL {
  return sql`adopted as (
      update pictures set job_id = fresh.job_id from fresh
      where fresh.job_id is not null and pictures.job_id is null and sender = ${sender}::text and received_at > now() - ${waitingTime}
    )`;
}

/**
 * The messenger's names of the pictures for a job, or the pictures themselves, in the order they came. One that begins a site anew gets those of
 * the jobs before it, one that tries again those of the job that failed.
 */
export async function findJobPictures(db: Database, jobId: JobId): Promise<string[]> {
  const rows = await db.query<{ file_id: string }>(sql`
    select p.file_id, min(p.id) as first from jobs job
    join jobs other on other.site_id = job.site_id and (
      other.id = job.id
      or (other.created_at < job.created_at and (
        job.kind = 'new' or (other.status in ('failed', 'cancelled') and other.prompt = job.prompt))))
    join pictures p on p.job_id = other.id
    where job.id = ${jobId}::uuid
    group by p.file_id order by first limit ${mostPictures}::int`);
  return rows.map((row) => row.file_id);
}
