import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { NotFoundError } from "../errors.ts";
import type { SiteId } from "../ids.ts";
import { sanitize } from "../sanitizer/sanitize.ts";
import type { Manifest } from "./manifest.ts";
import { readManifest } from "./read-manifest.ts";
import { IrregularFileError, readRegularFile } from "./read-regular-file.ts";
import { readSiteIndex } from "./site-index.ts";
import { isAbsent, withStorage } from "./storage.ts";
import { hashContent } from "./write-bundle.ts";

export interface BundleVerdict {
  siteId: SiteId;
  revision: number;
  /** Files on the manifest, variants included, and their bytes together. */
  files: number;
  bytes: number;
  /** Pages that came through the sanitizer once more and lost nothing: no script, no request that leaves the page. */
  safePages: number;
  /** One line per file that is missing, altered, not on the manifest, or not safe. Empty: all is proven. */
  problems: string[];
}

/**
 * Hashes a published revision again, compares it with its manifest, and sanitizes its pages again:
 * the sanitizer changes nothing in a page that it made.
 *
 * @param revision Left out: the current one.
 * @throws {NotFoundError} If the site or the revision is not published.
 */
export async function verifyBundle(root: string, siteId: SiteId, revision?: number): Promise<BundleVerdict> {
  return withStorage(root, async () => {
    const index = await readSiteIndex(root, siteId);
    if (index?.state !== "live") throw new NotFoundError("No such site is published here.");
    const wanted = revision ?? index.current;
    const listed = index.revisions.some((entry) => entry.revision === wanted);
    const manifest = listed ? await readManifest(root, siteId, wanted) : undefined;
    if (!manifest) throw new NotFoundError(`Revision ${wanted} of this site is not published here.`);
    const bytes = [...manifest.files.values()].reduce((sum, file) => sum + file.size, 0);
    const problems = await findDamage(root, manifest);
    let safePages = 0;
    for (const [path, { size }] of manifest.files) {
      if (!path.endsWith(".html") || problems.some((problem) => problem.startsWith(`${path}: `))) continue;
      const page = new TextDecoder().decode(await readRegularFile(root, `${siteId}/r${wanted}/${path}`, size));
      if (sanitize(page).html === page) safePages++;
      else problems.push(`${path}: not as the sanitizer leaves a page`);
    }
    return { siteId, revision: wanted, files: manifest.files.size, bytes, safePages, problems };
  });
}

/** What in the directory of a manifest differs from it, one line each. */
export async function findDamage(root: string, { siteId, revision, files }: Manifest): Promise<string[]> {
  const problems: string[] = [];
  const directory = `${siteId}/r${revision}`;
  for (const [path, file] of files) {
    try {
      const content = await readRegularFile(root, `${directory}/${path}`, file.size);
      if (content.byteLength !== file.size || hashContent(content) !== file.sha256) problems.push(`${path}: altered`);
    } catch (error) {
      if (error instanceof IrregularFileError) problems.push(`${path}: altered`);
      else if (isAbsent(error)) problems.push(`${path}: missing`);
      else throw error;
    }
  }
  for (const entry of await readdir(join(root, directory), { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name).slice(join(root, directory).length + 1);
    if (entry.isDirectory() || path === "manifest.json" || files.has(path)) continue;
    problems.push(`${path}: not on the manifest`);
  }
  return problems;
}
