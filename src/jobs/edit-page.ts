import { sql } from "drizzle-orm";
import type { Provider } from "../ai/provider.ts";
import type { LivePage } from "../bundles/live-page.ts";
import { readRevision } from "../bundles/read-revision.ts";
import type { Database } from "../db/database.ts";
import { describeChanges } from "../edits/describe-changes.ts";
import { generateEdit } from "../edits/generate-edit.ts";
import { editAtOnce } from "../edits/instant/edit-at-once.ts";
import { readHistoryWish } from "../edits/instant/history-wish.ts";
import { NoRevisionError } from "../errors.ts";
import type { SiteId } from "../ids.ts";
import { pictureUrlOf, type ThumbnailSource } from "./add-thumbnail.ts";
import type { ClaimedJob } from "./claimed-job.ts";
import type { AttemptRecord } from "./end-attempt.ts";
import { gatherPictures, type PictureSupply, sizesOf } from "./gather-pictures.ts";
import { finishPages, type MadePage, publishable, splitRevision } from "./made-page.ts";
import { restoredSummary } from "./restored-summary.ts";
import { showRewrite } from "./show-rewrite.ts";

interface Editor extends ThumbnailSource {
  db: Database;
  provider: Provider;
  previewsPath: string;
  pictures?: PictureSupply | undefined;
}

/** Provider and model of a revision that no model was asked for. */
const noModel = { provider: "none", model: "none" };

/**
 * Changes the site's current revision as the job says: at once where the wish is plain, else by the model.
 *
 * @param live Where a page that has to be written anew can be watched.
 * @throws {NotFoundError} When the site is gone.
 * @throws {NoRevisionError} When it has no revision yet, or there is nothing to go back to.
 */
export async function editPage(
  editor: Editor,
  job: ClaimedJob,
  record: AttemptRecord,
  live: Pick<LivePage, "write" | "addFile" | "restart">,
  signal: AbortSignal,
): Promise<MadePage> {
  const { db, provider, previewsPath, pictures: supply } = editor;
  const { siteId, baseRevision } = job;
  if (baseRevision === undefined)
    throw new NoRevisionError("This site has no page yet that could be changed: its first one was not finished.");
  const history = readHistoryWish(job.prompt);
  if (history) return restore(editor, job, await revisionToRestore(db, siteId, baseRevision, history), record);

  const base = splitRevision(await readRevision(previewsPath, siteId, baseRevision));
  const { pages, assets } = base;
  const source = {
    prompt: await firstPrompt(db, siteId),
    assets,
    before: pages,
    pictureUrl: pictureUrlOf(editor, siteId),
  };
  const pictures = supply ? await gatherPictures(db, supply, job, signal) : [];
  const instant = pictures.length === 0 ? editAtOnce(pages, job.prompt) : undefined;
  if (instant) {
    Object.assign(record, noModel);
    const summary = describeChanges(pages, instant.changes);
    return { ...publishable(await finishPages(instant.pages, source)), ...noModel, summary, instant: true };
  }

  record.provider = provider.name;
  record.model = job.model ?? provider.model;
  const show = showRewrite(live, { ...source, pictures });
  const edit = await generateEdit(
    provider,
    { prompt: job.prompt, pictures: sizesOf(pictures), model: job.model, edit: { pages }, signal },
    { onUsage: (usage) => void Object.assign(record, usage), ...show },
  );
  const { model, finish, repairs, reply, summary, rewritten } = edit;
  Object.assign(record, { model, finish, repairs, reply });
  await show.end();
  const before = rewritten ? undefined : pages;
  const finished = await finishPages(edit.pages, { ...source, before, pictures });
  return { ...publishable(finished), provider: provider.name, model, summary, repairs };
}

/** An earlier revision's pages as a new revision: cleaned again by today's sanitizer. */
async function restore(
  editor: Editor,
  { siteId }: ClaimedJob,
  { revision, baseRevision }: { revision: number; baseRevision: number | null },
  record: AttemptRecord,
): Promise<MadePage> {
  Object.assign(record, noModel);
  const { db, previewsPath } = editor;
  const { pages, assets } = splitRevision(await readRevision(previewsPath, siteId, revision));
  const prompt = await firstPrompt(db, siteId);
  const finished = await finishPages(pages, {
    prompt,
    assets,
    before: pages,
    pictureUrl: pictureUrlOf(editor, siteId),
  });
  return { ...publishable(finished), ...noModel, summary: restoredSummary(revision), baseRevision, instant: true };
}

async function revisionToRestore(
  db: Database,
  siteId: SiteId,
  current: number,
  wish: { back: "one" } | { back: number },
): Promise<{ revision: number; baseRevision: number | null }> {
  if (wish.back !== "one") return { revision: wish.back, baseRevision: current };
  const revision = await baseOf(db, siteId, current);
  if (revision === null) throw new NoRevisionError("There is nothing to undo: this is the site's first revision.");
  return { revision, baseRevision: await baseOf(db, siteId, revision) };
}

async function baseOf(db: Database, siteId: SiteId, revision: number): Promise<number | null> {
  const [row] = await db.query<{ base_revision: number | null }>(sql`
    select base_revision from jobs where site_id = ${siteId}::text and revision = ${revision}::int and status = 'completed'`);
  return row?.base_revision ?? null;
}

/** What the site was made for: tells its language and subject, which "make it darker" does not. */
async function firstPrompt(db: Database, siteId: SiteId): Promise<string> {
  const [row] = await db.query<{ prompt: string }>(sql`
    select prompt from jobs where site_id = ${siteId}::text and kind = 'new' order by created_at limit 1`);
  return row?.prompt ?? "";
}
