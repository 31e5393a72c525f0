import { createPagesReader } from "../ai/reply/pages-reader.ts";
import { createReplyReader } from "../ai/reply/reply-reader.ts";
import { readRevision } from "../bundles/read-revision.ts";
import type { Database } from "../db/database.ts";
import { wantsSeveralPages } from "../design/brief/wants-pages.ts";
import { NoRevisionError } from "../errors.ts";
import { thumbnailPath } from "../finish/head-pass.ts";
import type { JobId } from "../ids.ts";
import { pictureUrlOf, type ThumbnailSource } from "./add-thumbnail.ts";
import type { ClaimedJob } from "./claim-job.ts";
import type { AttemptRecord } from "./end-attempt.ts";
import { findJob } from "./find-job.ts";
import type { Job } from "./job.ts";
import { finishPages, type MadePage, publishable, splitRevision } from "./made-page.ts";
import { findReply } from "./replies.ts";

/**
 * Makes a revision again without asking a model: what was written for it is read, sanitized and finished by today's
 * program. Where that was an edit, or is no longer kept, the published pages are sanitized once more.
 *
 * @throws {NoRevisionError} When the job is no longer what the site shows, or there is nothing to read.
 */
export async function replayPage(
  replayer: ThumbnailSource & { db: Database; previewsPath: string },
  job: ClaimedJob,
  record: AttemptRecord,
): Promise<MadePage> {
  const { db, previewsPath } = replayer;
  const source = await findSource(db, job.replayOf);
  if (source.revision !== null && source.revision !== job.baseRevision)
    throw new NoRevisionError("The site has a later revision: replay the job of that one.");
  const stored =
    job.baseRevision === undefined ? undefined : await readRevision(previewsPath, job.siteId, job.baseRevision);
  const reply = source.kind === "new" ? await findReply(db, source.id) : undefined;
  if (reply === undefined && (stored === undefined || source.revision === null))
    throw new NoRevisionError("Nothing is kept of what the model wrote for this job.");

  const { provider, model } = source;
  const origin = { provider: provider ?? "none", model: model ?? "none" };
  Object.assign(record, origin, { reply });
  const { pages = new Map(), assets } = stored ? splitRevision(stored) : {};
  const options = { prompt: source.prompt, assets, pictureUrl: pictureUrlOf(replayer, job.siteId) };
  const finished = await (reply === undefined
    ? finishPages(pages, { ...options, before: pages })
    : finishPages(pagesIn(reply, source.prompt), options));
  const made = publishable(finished);
  return { ...made, ...origin, unchanged: stored !== undefined && isSame(stored.files, made.files) };
}

async function findSource(db: Database, id: JobId | undefined): Promise<Job> {
  const source = id && (await findJob(db, id));
  if (source === undefined) throw new NoRevisionError("The job to replay is no longer there.");
  return source;
}

/** The pages in a reply that had ended well, or was taken for one. */
function pagesIn(reply: string, prompt: string): Map<string, string> {
  const html: string[] = [];
  const open = wantsSeveralPages(prompt) ? createPagesReader : createReplyReader;
  const reader = open((chunk) => void html.push(chunk), { onRestart: () => void html.splice(0) });
  reader.write(reply);
  const result = reader.end("stop");
  return new Map([["index.html", html.join("")], ...("morePages" in result ? result.morePages : [])]);
}

/** Whether the files are those that are published. The picture of the page is taken later, and never the same twice. */
function isSame(old: ReadonlyMap<string, Uint8Array>, now: ReadonlyMap<string, string | Uint8Array>): boolean {
  const paths = new Set([...old.keys(), ...now.keys()]);
  paths.delete(thumbnailPath);
  return [...paths].every((path) => {
    const [before, after] = [old.get(path), now.get(path)];
    return before !== undefined && after !== undefined && Buffer.from(before).equals(Buffer.from(after));
  });
}
