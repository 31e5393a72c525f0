import { generatePage } from "../ai/generate.ts";
import type { Provider } from "../ai/provider.ts";
import type { LivePage } from "../bundles/live-page.ts";
import { findPublished, publishRevision } from "../bundles/publish-revision.ts";
import type { Database } from "../db/database.ts";
import { wantsSeveralPages } from "../design/brief/wants-pages.ts";
import { createPageStream } from "../finish/create-page-stream.ts";
import { thumbnailPath } from "../finish/head-pass.ts";
import { sanitizerVersion } from "../sanitizer/sanitize.ts";
import { addThumbnail, pictureUrlOf, type ThumbnailSource } from "./add-thumbnail.ts";
import { leaseSeconds } from "./claim-job.ts";
import type { ClaimedJob } from "./claimed-job.ts";
import { editPage } from "./edit-page.ts";
import type { AttemptRecord, Outcome } from "./end-attempt.ts";
import { gatherPictures, type PictureSupply, sizesOf } from "./gather-pictures.ts";
import { beginPublishing, enterStage } from "./lease.ts";
import { addFinished, finishPages, type MadePage, publishable } from "./made-page.ts";
import { replayPage } from "./replay-page.ts";
import { whileDatabaseIsDown } from "./while-database-is-down.ts";

export interface PageMaker extends ThumbnailSource {
  db: Database;
  provider: Provider;
  /** Directory the bundles are in. */
  previewsPath: string;
  /** How long a site stays after its latest revision; without it, for good. */
  siteTtlMs?: number | undefined;
  /** Where the pictures come from that people send; without it, jobs have none. */
  pictures?: PictureSupply | undefined;
}

type Completed = Extract<Outcome, { kind: "completed" }>;

/** An earlier attempt may have died after its page became visible: that page is this job's. */
export async function adoptPage(
  maker: PageMaker,
  { id, siteId, revision }: ClaimedJob,
  record: AttemptRecord,
): Promise<Completed | undefined> {
  const published = revision === undefined ? undefined : await findPublished(maker.previewsPath, siteId, id);
  if (!published) return undefined;
  record.provider = published.provider;
  record.model = published.model;
  return { kind: "completed", title: published.title, revision: published.revision };
}

/**
 * One attempt at a job, from the model's first word to the published revision. Text is sanitized, finished and shown as it
 * arrives.
 *
 * @param live Where the page can be watched while it is written.
 * @param record Filled in as soon as something is known, so that a failed attempt is accounted for too.
 */
export async function makePage(
  maker: PageMaker,
  job: ClaimedJob,
  record: AttemptRecord,
  live: Pick<LivePage, "write" | "addFile" | "restart">,
  signal: AbortSignal,
): Promise<Completed> {
  const made = await make(maker, job, record, live, signal);
  if (made.unchanged)
    return { kind: "completed", title: made.title, revision: job.baseRevision ?? 0, summary: made.summary };
  signal.throwIfAborted();
  // The page is paid for: it waits for a database that is away, as long as the job may still be ours.
  const patience = AbortSignal.any([signal, AbortSignal.timeout(leaseSeconds * 1000)]);
  await whileDatabaseIsDown(() => enterStage(maker.db, job, "checking"), patience);
  const hasPicture = made.instant && made.files.has(thumbnailPath);
  const files = hasPicture ? made.files : await addThumbnail(made.files, maker.takeThumbnail);
  signal.throwIfAborted();
  const revision = await whileDatabaseIsDown(() => beginPublishing(maker.db, job), patience);
  await publishRevision(maker.previewsPath, {
    siteId: job.siteId,
    revision,
    jobId: job.id,
    title: made.title,
    provider: made.provider,
    model: made.model,
    createdAt: new Date(),
    sanitizer: { version: sanitizerVersion, report: made.sanitized },
    finish: made.finished,
    ...(made.repairs?.length ? { repairs: made.repairs } : {}),
    files,
    expiresAt: maker.siteTtlMs === undefined ? undefined : new Date(Date.now() + maker.siteTtlMs),
  });
  const { title, summary, baseRevision } = made;
  return { kind: "completed", title, revision, summary, baseRevision };
}

async function make(...[maker, job, record, live, signal]: Parameters<typeof makePage>): Promise<MadePage> {
  switch (job.kind) {
    case "new":
      return writePage(maker, job, record, live, signal);
    case "edit":
      return editPage(maker, job, record, live, signal);
    case "replay":
      return replayPage(maker, job, record);
  }
}

/** A page from nothing but the prompt. */
async function writePage(
  maker: PageMaker,
  job: ClaimedJob,
  record: AttemptRecord,
  live: Pick<LivePage, "write" | "addFile" | "restart">,
  signal: AbortSignal,
): Promise<MadePage> {
  const { db, provider, pictures: supply } = maker;
  const pictures = supply ? await gatherPictures(db, supply, job, signal) : [];
  record.provider = provider.name;
  record.model = job.model ?? provider.model;
  let html: string[] = [];
  const take = (chunk: string) => {
    html.push(chunk);
    live.write(chunk);
  };
  const { prompt } = job;
  const pictureUrl = pictureUrlOf(maker, job.siteId);
  const openPage = () => createPageStream({ prompt, pictures, pictureUrl }, { onHtml: take, onFile: live.addFile });
  let stream = openPage();
  const reply = await generatePage(
    provider,
    { prompt, pictures: sizesOf(pictures), model: job.model, several: wantsSeveralPages(prompt), signal },
    {
      onHtml: (chunk) => stream.write(chunk),
      onUsage: (usage) => void Object.assign(record, usage),
      onReply: (text) => {
        record.reply = text;
      },
      onRestart() {
        stream.drop();
        html = [];
        live.restart();
        stream = openPage();
      },
    },
  );
  const index = await stream.end();
  const { model, finish, repairs, promptVersion, morePages } = reply;
  Object.assign(record, { model, finish, repairs, promptVersion });
  const finished = addFinished(
    { ...index, title: "", pages: new Map([["index.html", html.join("")]]) },
    await finishPages(morePages, { prompt, assets: index.files, pictureUrl }),
  );
  return { ...publishable(finished), provider: provider.name, model, repairs };
}
