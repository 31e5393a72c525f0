import { createPagesReader } from "../ai/reply/pages-reader.ts";
import { createReplyReader } from "../ai/reply/reply-reader.ts";
import { readRevision } from "../bundles/read-revision.ts";
import type { Database } from "../db/database.ts";
import { wantsSeveralPages } from "../design/brief/wants-pages.ts";
import { applyBlocks, type Pages } from "../edits/apply-blocks.ts";
import { parseEditReply } from "../edits/edit-blocks.ts";
import { isDocument } from "../edits/generate-edit.ts";
import { editAtOnce } from "../edits/instant/edit-at-once.ts";
import { NoRevisionError } from "../errors.ts";
import { thumbnailPath } from "../finish/head-pass.ts";
import { keptPictures } from "../finish/pictures/kept-pictures.ts";
import { lastPictureNumber } from "../finish/pictures/page-picture.ts";
import type { JobId, SiteId } from "../ids.ts";
import { pictureUrlOf, type ThumbnailSource } from "./add-thumbnail.ts";
import type { ClaimedJob } from "./claimed-job.ts";
import type { AttemptRecord } from "./end-attempt.ts";
import { findJob } from "./find-job.ts";
import type { Job } from "./job.ts";
import { type FinishedPages, finishPages, type MadePage, publishable, splitRevision } from "./made-page.ts";
import { findReplaySteps, type ReplayStep } from "./replay-steps.ts";

interface Replayer extends ThumbnailSource {
  db: Database;
  previewsPath: string;
}

/**
 * Makes a revision again without asking a model: what was written for it and for all before it is read, applied, sanitized
 * and finished by today's program. Where that cannot be done to the end, the published pages are sanitized once more; the
 * summary says which.
 *
 * @throws {NoRevisionError} When the job is no longer what the site shows, or there is nothing to read.
 * @throws {OutputError} When the reply that is kept has no page.
 */
export async function replayPage(replayer: Replayer, job: ClaimedJob, record: AttemptRecord): Promise<MadePage> {
  const { db, previewsPath } = replayer;
  const source = await findSource(db, job.replayOf);
  if (source.revision !== null && source.revision !== job.baseRevision)
    throw new NoRevisionError("The site has a later revision: replay the job of that one.");
  const steps = await findReplaySteps(db, source.id);
  const stored =
    job.baseRevision === undefined ? undefined : await readRevision(previewsPath, job.siteId, job.baseRevision);

  const { provider, model } = source;
  const origin = { provider: provider ?? "none", model: model ?? "none" };
  Object.assign(record, origin);
  const replayed = steps && (await replaySteps(replayer, job.siteId, steps));
  if (replayed === undefined && (stored === undefined || source.revision === null))
    throw new NoRevisionError("Nothing is kept of what the model wrote for this job.");

  const made = publishable(replayed ?? (await sanitizeAgain(replayer, job.siteId, source, stored)));
  const summary = replayed ? "made again from what was written for it" : "the published page was sanitized again";
  return { ...made, ...origin, summary, unchanged: stored !== undefined && isSame(stored.files, made.files) };
}

async function findSource(db: Database, id: JobId | undefined): Promise<Job> {
  const source = id && (await findJob(db, id));
  if (source === undefined) throw new NoRevisionError("The job to replay is no longer there.");
  return source;
}

function sanitizeAgain(
  replayer: Replayer,
  siteId: SiteId,
  { prompt }: Job,
  stored: Awaited<ReturnType<typeof readRevision>> | undefined,
): Promise<FinishedPages> {
  const { pages = new Map(), assets } = stored ? splitRevision(stored) : {};
  return finishPages(pages, { prompt, assets, before: pages, pictureUrl: pictureUrlOf(replayer, siteId) });
}

/** @returns Nothing if a change no longer fits the page before it. */
async function replaySteps(
  replayer: Replayer,
  siteId: SiteId,
  steps: readonly ReplayStep[],
): Promise<FinishedPages | undefined> {
  const prompt = steps[0]?.prompt ?? "";
  const pictureUrl = pictureUrlOf(replayer, siteId);
  let made: FinishedPages | undefined;
  for (const step of steps) {
    const pages = made === undefined ? firstPages(step) : changedPages(made.pages, step);
    if (pages === undefined) return undefined;
    const isRewritten = step.reply !== undefined && isDocument(step.reply);
    made = await finishPages(pages, {
      prompt,
      pictureUrl,
      assets: made?.files,
      before: isRewritten ? undefined : made?.pages,
      pictures: await picturesOf(replayer.previewsPath, siteId, step.revision, made),
    });
  }
  return made;
}

/** The pictures that came with a job are in the revision it made. */
async function picturesOf(root: string, siteId: SiteId, revision: number | null, before: FinishedPages | undefined) {
  if (revision === null) return [];
  const { assets } = splitRevision(await readRevision(root, siteId, revision));
  return keptPictures(assets, lastPictureNumber(before?.files.keys() ?? []));
}

/** The pages in a reply that had ended well, or was taken for one. */
function firstPages({ reply = "", prompt }: ReplayStep): Pages {
  return readPages(reply, wantsSeveralPages(prompt) ? createPagesReader : createReplyReader);
}

function changedPages(pages: Pages, { reply, prompt }: ReplayStep): Pages | undefined {
  if (reply === undefined) return editAtOnce(pages, prompt)?.pages;
  if (isDocument(reply)) return new Map([...pages, ...readPages(reply, createPagesReader)]);
  const applied = applyBlocks(pages, parseEditReply(reply).blocks);
  return "problems" in applied ? undefined : applied.pages;
}

function readPages(reply: string, open: typeof createPagesReader | typeof createReplyReader): Map<string, string> {
  const html: string[] = [];
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
