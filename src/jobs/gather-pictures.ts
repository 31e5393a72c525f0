import { sql } from "drizzle-orm";
import type { PictureSize } from "../ai/provider.ts";
import type { Database } from "../db/database.ts";
import type { PagePicture } from "../finish/pictures/page-picture.ts";
import { type Picture, PictureError, type PictureProblem } from "../pictures/picture.ts";
import type { PreparePicture } from "../pictures/prepare-picture.ts";
import type { ClaimedJob } from "./claimed-job.ts";
import { findJobPictures } from "./job-pictures.ts";
import { notify } from "./signals.ts";

/** Where pictures come from and what makes them fit for a page. */
export interface PictureSupply {
  /** Fetches a picture by the messenger's name for it. */
  download(fileId: string, signal: AbortSignal): Promise<Uint8Array>;
  prepare: PreparePicture;
}

interface UnusedPicture {
  /** Its place among those the person sent, from 1. */
  number: number;
  problem: PictureProblem;
}

/** Downloads at once, of one job: each may be 20 MB. */
const lanes = 2;

/**
 * Fetches and prepares the pictures of a job. One that cannot be used is left out, and the person is told which and
 * why: a page without it is better than none.
 */
export async function gatherPictures(
  db: Database,
  { download, prepare }: PictureSupply,
  job: ClaimedJob,
  signal: AbortSignal,
): Promise<PagePicture[]> {
  const files = await findJobPictures(db, job.id);
  const usable: (Picture | undefined)[] = [];
  const unused: UnusedPicture[] = [];
  const remaining = files.entries();
  const work = async (): Promise<void> => {
    for (const [index, fileId] of remaining) {
      try {
        usable[index] = await prepare(await download(fileId, signal), signal);
      } catch (error) {
        signal.throwIfAborted();
        if (!(error instanceof PictureError)) throw error;
        unused.push({ number: index + 1, problem: error.problem });
      }
    }
  };
  await Promise.all(Array.from({ length: lanes }, work));
  if (unused.length > 0) await tellOfUnused(db, job, unused);
  // Nobody has looked at them yet: what they show is for the page to say.
  return usable.filter((picture) => picture !== undefined).map((picture) => ({ ...picture, alt: "" }));
}

/** What a model is told of them. */
export function sizesOf(pictures: readonly PagePicture[]): PictureSize[] {
  return pictures.flatMap(({ variants: [largest] }) => largest ?? []).map(({ width, height }) => ({ width, height }));
}

/** Once per job, however often it is tried. */
async function tellOfUnused(db: Database, { id, token }: ClaimedJob, unused: UnusedPicture[]): Promise<void> {
  const payload = { unused: unused.toSorted((a, b) => a.number - b.number) };
  await db.query(sql`
    insert into notifications (chat_id, thread_id, reply_to_message_id, job_id, kind, payload)
    select chat_id, thread_id, message_id, id, 'pictures_unused', ${JSON.stringify(payload)}::text::jsonb
    from jobs where id = ${id}::uuid and lease_token = ${token}::uuid and chat_id is not null
    on conflict do nothing
    returning ${notify("notification", sql`chat_id::text`)}`);
}
