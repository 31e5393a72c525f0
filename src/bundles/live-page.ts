import { type FileHandle, mkdir, open, rm } from "node:fs/promises";
import { join } from "node:path";
import { NotFoundError } from "../errors.ts";
import type { JobId, SiteId } from "../ids.ts";
import { readSiteIndex } from "./site-index.ts";
import { livePrefix, readSiteStatus, removeSiteStatus, type SiteStatus, writeSiteStatus } from "./site-status.ts";
import { withStorage } from "./storage.ts";

/** How the writing of a page ended, for whoever watched it. */
export type LiveEnd =
  | { state: "published" }
  | { state: "queued" | "retrying" | "cancelled" }
  | { state: "failed"; code: string }
  /** The job is another worker's now: what that one shows stays. */
  | { state: "abandoned" };

/**
 * A page that can be watched while it is written: a file on the shared volume that grows, whoever reads it. However many
 * do, the writer only appends. It is a courtesy: once open, a disk that fails ends the show and nothing else.
 */
export interface LivePage {
  /** Safe HTML, as the sanitizer hands it over. */
  write(html: string): void;
  /** What was written so far was a draft; the page starts anew. */
  restart(): void;
  /** Tells how it ended and takes the file away; whoever has it open reads it to its end. Only the first call counts. */
  end(how: LiveEnd): Promise<void>;
}

/**
 * @throws {NotFoundError} If the site is deleted or taken down.
 * @throws {StorageError} If the previews directory cannot be used.
 */
export async function openLivePage(root: string, siteId: SiteId, jobId: JobId): Promise<LivePage> {
  const directory = join(root, siteId);
  let file: FileHandle | undefined;
  let live = "";
  let batch: { html: string } | undefined;
  let ended = false;

  const begin = async () => {
    const name = `${livePrefix}${crypto.randomUUID()}`;
    file = await open(join(directory, name), "ax", 0o644);
    await writeSiteStatus(root, siteId, { jobId, at: new Date(), state: "writing", live: name });
    await remove(live);
    live = name;
  };
  const remove = async (name: string) => {
    if (name !== "") await rm(join(directory, name), { force: true });
  };

  await withStorage(root, async () => {
    if ((await readSiteIndex(root, siteId))?.state === "gone") throw new NotFoundError("This site no longer exists.");
    await mkdir(directory, { recursive: true });
    await begin().catch(async (error: unknown) => {
      await file?.close();
      throw error;
    });
  });

  let broken = false;
  let done: Promise<void> = Promise.resolve();
  const enqueue = (work: () => Promise<unknown>) => {
    done = done
      .then(() => (broken ? undefined : work()))
      .then(undefined, () => {
        broken = true;
      });
  };

  return {
    write(html) {
      if (batch) batch.html += html;
      else {
        const mine = { html };
        batch = mine;
        // What comes in while the disk is busy goes out in one piece.
        enqueue(async () => {
          if (batch === mine) batch = undefined;
          await file?.writeFile(mine.html);
        });
      }
    },
    restart() {
      batch = undefined;
      enqueue(async () => {
        await file?.close();
        await begin();
      });
    },
    async end(how) {
      if (ended) return;
      ended = true;
      await done;
      await file?.close().catch(() => undefined);
      await withStorage(root, async () => {
        const status = await readSiteStatus(root, siteId);
        const ours = status?.state === "writing" && status.live === live;
        if (ours && how.state === "published") await removeSiteStatus(root, siteId);
        const next = nextStatus(how, jobId);
        if (ours && next) await writeSiteStatus(root, siteId, next);
        await remove(live);
      }).catch(() => undefined);
    },
  };
}

function nextStatus(how: LiveEnd, jobId: JobId): SiteStatus | undefined {
  if (how.state === "published" || how.state === "abandoned") return undefined;
  return { jobId, at: new Date(), ...how };
}
