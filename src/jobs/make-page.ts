import { generatePage } from "../ai/generate.ts";
import type { Provider } from "../ai/provider.ts";
import type { LivePage } from "../bundles/live-page.ts";
import { findPublished, publishRevision } from "../bundles/publish-revision.ts";
import type { Database } from "../db/database.ts";
import { createPageStream } from "../finish/create-page-stream.ts";
import { sanitizerVersion } from "../sanitizer/sanitize.ts";
import type { ClaimedJob } from "./claim-job.ts";
import type { AttemptRecord, Outcome } from "./end-attempt.ts";
import { gatherPictures, type PictureSupply, sizesOf } from "./gather-pictures.ts";
import { beginPublishing, enterStage } from "./lease.ts";
import { pageTitle } from "./page-title.ts";

export interface PageMaker {
  db: Database;
  provider: Provider;
  /** Directory the bundles are in. */
  previewsPath: string;
  /** Where the pictures come from that people send; without it, jobs have none. */
  pictures?: PictureSupply | undefined;
}

/**
 * One attempt at a job, from the model's first word to the published revision. Text is sanitized, finished and shown as it
 * arrives.
 *
 * @param live Where the page can be watched while it is written.
 * @param record Filled in as soon as something is known, so that a failed attempt is accounted for too.
 */
export async function makePage(
  { db, provider, previewsPath, pictures: supply }: PageMaker,
  job: ClaimedJob,
  record: AttemptRecord,
  live: Pick<LivePage, "write" | "addFile" | "restart">,
  signal: AbortSignal,
): Promise<Extract<Outcome, { kind: "completed" }>> {
  // An earlier attempt may have died after its page became visible: that page is this job's.
  const published = job.revision === undefined ? undefined : await findPublished(previewsPath, job.siteId, job.id);
  if (published) {
    record.provider = published.provider;
    record.model = published.model;
    return { kind: "completed", title: published.title, revision: published.revision };
  }

  const pictures = supply ? await gatherPictures(db, supply, job, signal) : [];
  record.provider = provider.name;
  record.model = job.model ?? provider.model;
  let html: string[] = [];
  const take = (chunk: string) => {
    html.push(chunk);
    live.write(chunk);
  };
  const openPage = () => createPageStream({ prompt: job.prompt, pictures }, { onHtml: take, onFile: live.addFile });
  let stream = openPage();
  const reply = await generatePage(
    provider,
    { prompt: job.prompt, pictures: sizesOf(pictures), model: job.model, signal },
    {
      onHtml: (chunk) => stream.write(chunk),
      onUsage: (usage) => void Object.assign(record, usage),
      onRestart() {
        html = [];
        live.restart();
        stream = openPage();
      },
    },
  );
  record.model = reply.model;
  record.finish = reply.finish;
  await enterStage(db, job, "checking");
  const { sanitized, finished, files } = await stream.end();
  const page = html.join("");
  const title = pageTitle(page);

  signal.throwIfAborted();
  const revision = await beginPublishing(db, job);
  await publishRevision(previewsPath, {
    siteId: job.siteId,
    revision,
    jobId: job.id,
    title,
    provider: provider.name,
    model: reply.model,
    createdAt: new Date(),
    sanitizer: { version: sanitizerVersion, report: sanitized },
    finish: finished,
    files: new Map<string, string | Uint8Array>([["index.html", page], ...files]),
  });
  return { kind: "completed", title, revision };
}
