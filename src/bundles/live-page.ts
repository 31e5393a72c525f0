import { appendFile, type FileHandle, mkdir, open, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { NotFoundError } from "../errors.ts";
import type { JobId, SiteId } from "../ids.ts";
import { formatLiveFile, liveListName, livePageName } from "./live-files.ts";
import { hasEnded, readSiteIndex } from "./site-index.ts";
import { livePrefix, readSiteStatus, removeSiteStatus, type SiteStatus, writeSiteStatus } from "./site-status.ts";
import { withStorage } from "./storage.ts";
import { hashContent } from "./write-bundle.ts";

/** How the writing of a page ended, for whoever watched it. */
export type LiveEnd =
  | { state: "published" }
  | { state: "queued" | "retrying" | "cancelled" }
  | { state: "failed"; code: string }
  /** The job is another worker's now: what that one shows stays. */
  | { state: "abandoned" };

/**
 * A page that can be watched while it is written: a directory on the shared volume with a file that grows, whoever reads
 * it. However many do, the writer only appends. It is a courtesy: once open, a disk that fails ends the show and
 * nothing else.
 */
export interface LivePage {
  /** Safe HTML, as the sanitizer hands it over. */
  write(html: string): void;
  /** A font or picture of the bundle, before the HTML that refers to it. */
  addFile(path: string, content: Uint8Array): void;
  /** What was written so far was a draft; the page starts anew. */
  restart(): void;
  /** Tells how it ended and takes the directory away; whoever has the page open reads it to its end. Only the first call counts. */
  end(how: LiveEnd): Promise<void>;
}

/**
 * @param changes Whether the published page is being changed, and may come out without a word written here.
 * @throws {NotFoundError} If the site is expired, deleted or taken down.
 * @throws {StorageError} If the previews directory cannot be used.
 */
export async function openLivePage(
  root: string,
  siteId: SiteId,
  jobId: JobId,
  { changes = false }: { changes?: boolean } = {},
): Promise<LivePage> {
  const open = () => openStage(root, siteId, { jobId, changes });
  let stage = await withStorage(root, async () => {
    const index = await readSiteIndex(root, siteId);
    if (index && hasEnded(index)) throw new NotFoundError("This site no longer exists.");
    return open();
  });
  let batch: { html: string } | undefined;
  let broken = false;
  let ended = false;
  let done: Promise<void> = Promise.resolve();
  const enqueue = (work: () => Promise<void>) => {
    done = done
      .then(() => (broken ? undefined : work()))
      .catch(() => {
        broken = true;
      });
  };

  return {
    write(html) {
      if (batch) {
        batch.html += html;
        return;
      }
      const mine = { html };
      batch = mine;
      // What comes in while the disk is busy goes out in one piece.
      enqueue(async () => {
        if (batch === mine) batch = undefined;
        await stage.page.writeFile(mine.html);
      });
    },
    addFile(path, content) {
      batch = undefined;
      const sha256 = hashContent(content);
      enqueue(async () => {
        await writeFile(join(stage.directory, sha256), content);
        await appendFile(
          join(stage.directory, liveListName),
          formatLiveFile(path, { sha256, size: content.byteLength }),
        );
      });
    },
    restart() {
      batch = undefined;
      enqueue(async () => {
        const old = stage;
        stage = await open();
        await closeStage(old);
      });
    },
    async end(how) {
      if (ended) return;
      ended = true;
      await done;
      await withStorage(root, () => leave(root, siteId, jobId, stage, how)).catch(() => undefined);
    },
  };
}

/** The directory of one try at the page. */
interface Stage {
  name: string;
  directory: string;
  page: FileHandle;
}

async function openStage(
  root: string,
  siteId: SiteId,
  { jobId, changes }: { jobId: JobId; changes: boolean },
): Promise<Stage> {
  const name = `${livePrefix}${crypto.randomUUID()}`;
  const directory = join(root, siteId, name);
  await mkdir(directory, { recursive: true });
  await writeFile(join(directory, liveListName), "");
  const page = await open(join(directory, livePageName), "ax", 0o644);
  try {
    await writeSiteStatus(root, siteId, { jobId, at: new Date(), state: "writing", live: name, changes });
  } catch (error) {
    await page.close();
    throw error;
  }
  return { name, directory, page };
}

async function closeStage({ page, directory }: Stage): Promise<void> {
  await page.close();
  await rm(directory, { recursive: true, force: true });
}

/** Says how it ended, unless somebody else has had a word since. */
async function leave(root: string, siteId: SiteId, jobId: JobId, stage: Stage, how: LiveEnd): Promise<void> {
  try {
    const status = await readSiteStatus(root, siteId);
    if (status?.state !== "writing" || status.live !== stage.name) return;
    if (how.state === "published") await removeSiteStatus(root, siteId);
    const next = nextStatus(how, jobId);
    if (next) await writeSiteStatus(root, siteId, next);
  } finally {
    await closeStage(stage);
  }
}

function nextStatus(how: LiveEnd, jobId: JobId): SiteStatus | undefined {
  if (how.state === "published" || how.state === "abandoned") return undefined;
  return { jobId, at: new Date(), ...how };
}
