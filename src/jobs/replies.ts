import { sql } from "drizzle-orm";
import type { Database } from "../db/database.ts";
import type { JobId } from "../ids.ts";

/** How long a reply can be read again. Long enough for a better sanitizer to be written and rolled out. */
const keptFor = sql`interval '90 days'`;
/** Old ones go along with each new one; more than one at a time, so that they get fewer. */
const deletedAtOnce = 10;

/** Part of a statement that keeps what a model wrote for the jobs in `ended`, and forgets what is too old. */
export const keptReplies = sql`, kept as (
      insert into replies (job_id, content, expires_at)
      select id, decode(reply, 'base64'), now() + ${keptFor} from ended where reply is not null
      on conflict (job_id) do update set content = excluded.content, created_at = now(), expires_at = excluded.expires_at
    ), forgotten as (
      delete from replies where job_id in (
        select job_id from replies where expires_at < now() and job_id not in (select id from ended)
        order by expires_at limit ${deletedAtOnce}::int for update skip locked)
    )`;

/** A reply as the statement takes it. */
export function encodeReply(reply: string): string {
  return Buffer.from(Bun.zstdCompressSync(reply)).toString("base64");
}

/** What a model wrote for the job, word for word; `undefined` when it is not kept, or no longer. */
export async function findReply(db: Database, jobId: JobId): Promise<string | undefined> {
  const [row] = await db.query<{ content: string }>(sql`
    select encode(content, 'base64') as content from replies where job_id = ${jobId}::uuid and expires_at > now()`);
  return row && new TextDecoder().decode(Bun.zstdDecompressSync(Buffer.from(row.content, "base64")));
}
