import { mkdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { NotFoundError, OutputError, StorageError } from "../errors.ts";
import type { FinishReport } from "../finish/report.ts";
import type { JobId, SiteId } from "../ids.ts";
import type { SanitizeReport } from "../sanitizer/report.ts";
import { traced } from "../tracing.ts";
import { isAnyBlocked } from "./blocklist.ts";
import { createTemporaryName, syncDirectory } from "./durable-write.ts";
import { isRevision, type Manifest } from "./manifest.ts";
import { readManifest } from "./read-manifest.ts";
import { hasEnded, type LiveSite, readSiteIndex, writeSiteIndex } from "./site-index.ts";
import { type StillHeld, withSiteLock } from "./site-lock.ts";
import { getErrorCode, withStorage } from "./storage.ts";
import { findDamage } from "./verify-bundle.ts";
import { type BundleFiles, prepareFiles, writeBundle } from "./write-bundle.ts";

export interface Revision {
  siteId: SiteId;
  /** Counts from 1 within the site. */
  revision: number;
  jobId: JobId;
  title: string;
  provider: string;
  model: string;
  createdAt: Date;
  sanitizer: { version: string; report: SanitizeReport };
  /** What was mended and found; left out by publishers that finish nothing. */
  finish?: FinishReport;
  /** What it took to get the page out of the model's reply. */
  repairs?: readonly string[];
  /** Sanitized pages and assets. `index.html` is required. */
  files: BundleFiles;
  /** When the whole site ends. Left out: as before. */
  expiresAt?: Date | undefined;
}

/**
 * Makes a revision visible, in one step: whoever looks at the site sees all of it or none of it, and
 * that holds after a crash or a power cut at any moment. The site's own address moves to the
 * revision unless a later one is already there.
 *
 * Idempotent by job: publishing again for a job that got this far changes nothing and returns
 * what the job published the first time.
 *
 * @returns The manifest of the visible revision.
 * @throws {OutputError} `blocked` if the content was taken down before; `too_large` beyond the limits.
 * @throws {NotFoundError} If the site is expired, deleted or taken down.
 * @throws {StorageError} If the disk cannot take it. Nothing visible has changed.
 * @throws {RangeError} If a file name or the revision is malformed, or another job owns the revision.
 */
export function publishRevision(root: string, revision: Revision): Promise<Manifest> {
  return traced("publish page", {}, () => publish(root, revision));
}

async function publish(root: string, { files, expiresAt, ...revision }: Revision): Promise<Manifest> {
  const { siteId, jobId } = revision;
  if (!isRevision(revision.revision)) throw new RangeError("a revision is a whole number from 1");
  return withStorage(root, async () => {
    const published = await findPublished(root, siteId, jobId);
    if (published) return published;

    const prepared = await prepareFiles(files);
    const { createdAt, ...rest } = revision;
    const manifest: Manifest = {
      version: 1,
      ...rest,
      created: createdAt.toISOString(),
      files: new Map([...prepared].map(([path, { content: _, ...file }]) => [path, file])),
    };
    await createSiteDirectory(root, siteId);
    const temporary = join(root, siteId, createTemporaryName());
    try {
      await refuseBlocked(root, manifest);
      await writeBundle(temporary, manifest, prepared);
      return await withSiteLock(root, siteId, (stillHeld) => install(root, temporary, manifest, expiresAt, stillHeld));
    } finally {
      await rm(temporary, { recursive: true, force: true });
    }
  });
}

/** The revision that the job made visible, if it did. A worker that takes a job over asks this first. */
export async function findPublished(root: string, siteId: SiteId, jobId: JobId): Promise<Manifest | undefined> {
  return withStorage(root, async () => {
    const index = await readSiteIndex(root, siteId);
    if (index?.state !== "live") return undefined;
    const entry = index.revisions.find((listed) => listed.jobId === jobId);
    return entry && (await readManifest(root, siteId, entry.revision));
  });
}

async function createSiteDirectory(root: string, siteId: SiteId): Promise<void> {
  try {
    await mkdir(join(root, siteId));
    await syncDirectory(root);
  } catch (error) {
    if (getErrorCode(error) !== "EEXIST") throw error;
  }
}

/** Nothing it finds changes before it writes: that is refused when the lock was lost in between. */
async function install(
  root: string,
  temporary: string,
  manifest: Manifest,
  expiresAt: Date | undefined,
  stillHeld: StillHeld,
): Promise<Manifest> {
  const { siteId, revision, jobId } = manifest;
  const index = await readSiteIndex(root, siteId);
  if (index?.state === "gone" || (index && hasEnded(index))) throw new NotFoundError("This site no longer exists.");
  const earlier = index?.revisions.find((entry) => entry.jobId === jobId);
  if (earlier) return (await readManifest(root, siteId, earlier.revision)) ?? missing();
  if (index?.revisions.some((entry) => entry.revision === revision)) {
    throw new RangeError("another job already published this revision");
  }
  await refuseBlocked(root, manifest);

  const orphan = await readManifest(root, siteId, revision).catch(() => undefined);
  const adopted = orphan?.jobId === jobId && (await findDamage(root, orphan)).length === 0 ? orphan : undefined;
  if (!adopted) {
    const target = join(root, siteId, `r${revision}`);
    await stillHeld();
    await rm(target, { recursive: true, force: true });
    await rename(temporary, target);
    await syncDirectory(join(root, siteId));
  }
  const live: LiveSite = {
    state: "live",
    current: Math.max(revision, index?.current ?? 0),
    revisions: [...(index?.revisions ?? []), { revision, jobId }],
  };
  const until = expiresAt ?? index?.expiresAt;
  await writeSiteIndex(root, siteId, until ? { ...live, expiresAt: until } : live, stillHeld);
  return adopted ?? manifest;
}

async function refuseBlocked(root: string, manifest: Manifest): Promise<void> {
  if (await isAnyBlocked(root, manifest.files)) {
    throw new OutputError("This content was taken down and cannot be published again.", { reason: "blocked" });
  }
}

function missing(): never {
  throw new StorageError("A published revision is missing from the previews directory: restore it from a backup.");
}
