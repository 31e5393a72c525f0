import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { NotFoundError } from "../errors.ts";
import type { SiteId } from "../ids.ts";
import { sanitize } from "../sanitizer/sanitize.ts";
import { type Manifest, maxManifestBytes } from "./manifest.ts";
import { readManifest } from "./read-manifest.ts";
import { IrregularFileError, readRegularFile } from "./read-regular-file.ts";
import { readSiteIndex } from "./site-index.ts";
import { isAbsent, withStorage } from "./storage.ts";
import { hashContent } from "./write-bundle.ts";

export interface BundleVerdict {
  siteId: SiteId;
  revision: number;
  /** SHA-256 of the manifest: two bundles with the same one are the same. */
  manifest: string;
  /** Files on the manifest, variants included, and their bytes together. */
  files: number;
  bytes: number;
  /** Pages and drawings that came through the sanitizer once more. */
  documents: number;
  /** What the sanitizer found in them that would run, and that would ask another server for something. */
  scripts: number;
  outsideRequests: number;
  /** One line per file that is missing, altered, not on the manifest, or not safe. Empty: all is proven. */
  problems: string[];
}

/** In whatever kind of content: the sanitizer leaves no such tag, and no `<` that is not one. */
const scriptTag = /<(?:[a-z]+:)?script\b/gi;
/** Rules of the sanitizer, by what a document would do without them. */
const runs = /^(?:attribute:handler|attribute:animation|url:scheme)$/;
const asksOutside =
  /^(?:url:remote|css:url|css:@import|css:function|fonts:|link:|meta:refresh|element:(?:base|embed|frame|iframe|link|object|portal))/;

/**
 * Hashes a published revision again, compares it with its manifest, and sanitizes its documents again:
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
    const problems = await findDamage(root, manifest);
    const verdict: BundleVerdict = {
      siteId,
      revision: wanted,
      manifest: hashContent(await readRegularFile(root, `${siteId}/r${wanted}/manifest.json`, maxManifestBytes)),
      files: manifest.files.size,
      bytes: [...manifest.files.values()].reduce((sum, file) => sum + file.size, 0),
      documents: 0,
      scripts: 0,
      outsideRequests: 0,
      problems,
    };
    for (const [path, { size }] of manifest.files) {
      if (!/\.(?:html|svg)$/.test(path) || problems.some((problem) => problem.startsWith(`${path}: `))) continue;
      const bytes = await readRegularFile(root, `${siteId}/r${wanted}/${path}`, size);
      judge(path, new TextDecoder().decode(bytes), verdict);
    }
    return verdict;
  });
}

function judge(path: string, text: string, verdict: BundleVerdict): void {
  const { html, report } = sanitize(text);
  verdict.documents++;
  const rules = Object.entries(report.rules);
  const count = (which: RegExp) => rules.reduce((sum, [rule, times]) => (which.test(rule) ? sum + times : sum), 0);
  verdict.scripts += count(runs) + (text.match(scriptTag)?.length ?? 0);
  verdict.outsideRequests += count(asksOutside);
  // A drawing is no whole document: the sanitizer makes one of it, and has nothing to take away.
  const safe = path.endsWith(".html") ? html === text : report.removed === 0;
  if (safe) return;
  const found = rules.map(([rule, times]) => `${rule} ${times}`).join(", ");
  verdict.problems.push(`${path}: not as the sanitizer leaves it${found && ` (${found})`}`);
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
