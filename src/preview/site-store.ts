import { readManifest } from "../bundles/read-manifest.ts";
import { IrregularFileError, readRegularFile } from "../bundles/read-regular-file.ts";
import { readSiteIndex, type SiteIndex } from "../bundles/site-index.ts";
import { getErrorCode, isAbsent } from "../bundles/storage.ts";
import { hashContent } from "../bundles/write-bundle.ts";
import type { JobId, SiteId } from "../ids.ts";
import { type BundleIndex, indexBundle, type Representation } from "./bundle-index.ts";
import type { Later } from "./later.ts";
import { Lru } from "./lru.ts";

/** A change on disk shows within this time, because nothing is believed for longer. */
const believeForMs = 400;
/** Memory that a site and each file of its loaded revisions are reckoned at, and the most all may take. */
const entryBytes = 1024;
const maxIndexBytes = 64 * 1024 * 1024;
const maxConcurrentReads = 4;

/** A site as last seen on disk. */
export interface SiteView {
  siteId: SiteId;
  index: SiteIndex;
  checkedAt: number;
  bundles: Map<number, { jobId: JobId; files: BundleIndex }>;
}

/**
 * What the previews directory holds, kept in memory and never believed for longer than 400 ms. Each
 * answer is at hand or a promise: a page that is in memory costs no turn of the event loop.
 */
export interface SiteStore {
  /** Undefined for a site that does not exist. */
  findSite(siteId: SiteId): Later<SiteView | undefined>;
  /** Looks at the disk the next time. */
  forget(siteId: SiteId): void;
  /** Undefined for a revision that the site does not list, or whose manifest is missing. */
  findBundle(site: SiteView, revision: number): Later<BundleIndex | undefined>;
  /** Undefined if what is on disk is not the file that the manifest describes. */
  findBody(representation: Representation): Later<Blob | undefined>;
}

/** @param cacheBytes Most memory for contents of files. */
export function createSiteStore(root: string, cacheBytes: number): SiteStore {
  const sites = new Lru<SiteId, SiteView>(maxIndexBytes);
  const bodies = new Lru<Representation, Blob>(cacheBytes);
  const readOnce = createSingleFlight();
  const limitReads = createLimit(maxConcurrentReads);

  async function readSite(siteId: SiteId, old: SiteView | undefined): Promise<SiteView | undefined> {
    const checkedAt = Date.now();
    const index = await readSiteIndex(root, siteId).catch((error: unknown) => {
      if (error instanceof IrregularFileError) return undefined;
      // A disk that fails for a moment takes no page down: what was verified before is still true.
      if (old && getErrorCode(error) !== "ENOTDIR") return old.index;
      throw error;
    });
    if (!index) {
      sites.delete(siteId);
      return undefined;
    }
    const bundles: SiteView["bundles"] = new Map();
    if (index.state === "live") {
      for (const { revision, jobId } of index.revisions) {
        const bundle = old?.bundles.get(revision);
        if (bundle?.jobId === jobId) bundles.set(revision, bundle);
      }
    }
    const view = { siteId, index, checkedAt, bundles };
    sites.set(siteId, view, weigh(view));
    return view;
  }

  async function readBundle(site: SiteView, revision: number): Promise<BundleIndex | undefined> {
    const listed = site.index.state === "live" && site.index.revisions.find((entry) => entry.revision === revision);
    const manifest = listed ? await readManifest(root, site.siteId, revision) : undefined;
    if (!listed || !manifest || manifest.jobId !== listed.jobId) return undefined;
    const files = indexBundle(manifest);
    site.bundles.set(revision, { jobId: listed.jobId, files });
    if (sites.get(site.siteId) === site) sites.set(site.siteId, site, weigh(site));
    return files;
  }

  async function readBody(representation: Representation): Promise<Blob | undefined> {
    const { storedAt, size, sha256 } = representation;
    const bytes = await readRegularFile(root, storedAt, size).catch((error: unknown) => {
      if (error instanceof IrregularFileError || isAbsent(error)) return undefined;
      throw error;
    });
    if (!bytes || bytes.byteLength !== size || hashContent(bytes) !== sha256) return undefined;
    const body = new Blob([bytes]);
    bodies.set(representation, body, size);
    return body;
  }

  return {
    findSite(siteId) {
      const view = sites.get(siteId);
      if (view && Date.now() - view.checkedAt < believeForMs) return view;
      return readOnce(siteId, () => readSite(siteId, view));
    },
    forget: (siteId) => sites.delete(siteId),
    findBundle(site, revision) {
      const bundle = site.bundles.get(revision);
      return bundle ? bundle.files : readOnce(`${site.siteId}/${revision}`, () => readBundle(site, revision));
    },
    findBody(representation) {
      const body = bodies.get(representation);
      return body ?? readOnce(representation.storedAt, () => limitReads(() => readBody(representation)));
    },
  };
}

function weigh(site: SiteView): number {
  const listed = site.index.state === "live" ? site.index.revisions.length : 0;
  const files = [...site.bundles.values()].reduce((sum, bundle) => sum + bundle.files.size, 0);
  return entryBytes * (1 + files) + 128 * listed;
}

/** Callers that ask for the same thing at the same time share one piece of work. */
function createSingleFlight(): <T>(key: string, work: () => Promise<T>) => Promise<T> {
  const running = new Map<string, Promise<unknown>>();
  return <T>(key: string, work: () => Promise<T>) => {
    const known = running.get(key);
    if (known !== undefined) return known as Promise<T>;
    const promise = work().finally(() => running.delete(key));
    running.set(key, promise);
    return promise;
  };
}

/** At most `max` pieces of work at once; the others wait in line. Bounds the memory of files being read. */
function createLimit(max: number): <T>(work: () => Promise<T>) => Promise<T> {
  const waiting: (() => void)[] = [];
  let running = 0;
  return async (work) => {
    if (running >= max) await new Promise<void>((resolve) => waiting.push(resolve));
    else running++;
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else running--;
    }
  };
}
