import type { StoredRevision } from "../bundles/read-revision.ts";
import type { BundleFiles } from "../bundles/write-bundle.ts";
import type { FinishOptions } from "../finish/create-finisher.ts";
import { createPageStream } from "../finish/create-page-stream.ts";
import type { FinishReport } from "../finish/report.ts";
import { mendLinks } from "../page/page-links.ts";
import type { SanitizeReport } from "../sanitizer/report.ts";
import { sanitize } from "../sanitizer/sanitize.ts";
import { pageTitle } from "./page-title.ts";

/** Everything a revision is published from. */
export interface MadePage {
  files: BundleFiles;
  title: string;
  provider: string;
  model: string;
  sanitized: SanitizeReport;
  finished: FinishReport;
  /** What it took to get the page out of the reply. */
  repairs?: readonly string[] | undefined;
  /** Made in a moment: the picture of itself that it brings along, if any, will do. */
  instant?: boolean | undefined;
  /** It came out as it is published already: no revision is made. */
  unchanged?: boolean | undefined;
  /** What changed, for the person who asked. */
  summary?: string | undefined;
  /** What an undo of this revision brings back, when that is not the revision before. */
  baseRevision?: number | null | undefined;
}

/** Finished pages, before they have a provider and a number. */
export interface FinishedPages extends Pick<MadePage, "title" | "sanitized" | "finished"> {
  pages: ReadonlyMap<string, string>;
  /** What they refer to, from the finisher and from the revision before. */
  files: ReadonlyMap<string, Uint8Array>;
}

/** A revision's pages as text, and everything beside them. */
export function splitRevision({ files }: StoredRevision) {
  const pages = new Map<string, string>();
  const assets = new Map<string, Uint8Array>();
  const decoder = new TextDecoder();
  for (const [path, bytes] of files) {
    if (path.endsWith(".html")) pages.set(path, decoder.decode(bytes));
    else assets.set(path, bytes);
  }
  return { pages, assets };
}

/** Pages and what they refer to, as the files of one revision. */
export function publishable({ pages, files, ...rest }: FinishedPages): Omit<MadePage, "provider" | "model"> {
  return { ...rest, files: new Map<string, string | Uint8Array>([...files, ...pages]) };
}

interface FinishSource extends FinishOptions {
  /**
   * The pages as they were published, when these were made from them by changes in places. Finishing may then add, and
   * must not change what nobody asked to change: a page that would not come out of it as it went in is sanitized only.
   */
  before?: ReadonlyMap<string, string> | undefined;
}

/** Hostile pages, whole, as they are published: each sanitized and finished. Pictures go to the first. */
export async function finishPages(
  pages: ReadonlyMap<string, string>,
  { before, pictures = [], ...options }: FinishSource,
): Promise<FinishedPages> {
  let all: FinishedPages = {
    title: "",
    pages: new Map(),
    files: new Map(),
    sanitized: { removed: 0, rules: {} },
    finished: { fixed: {}, found: {} },
  };
  for (const [path, hostile] of pages) {
    const own = { ...options, pictures: path === "index.html" ? pictures : [] };
    const old = own.pictures.length > 0 ? undefined : before?.get(path);
    const leaveAlone = old !== undefined && (old === hostile || (await finishPage(old, own)).html !== old);
    const { html, ...page } = leaveAlone ? sanitizeOnly(hostile, own) : await finishPage(hostile, own);
    all = join(all, { ...page, title: "", pages: new Map([[path, html]]) });
  }
  return { ...all, pages: mendLinks(all.pages) };
}

/** The pages of both as one site, with links that work. */
export function addFinished(one: FinishedPages, other: FinishedPages): FinishedPages {
  const all = join(one, other);
  return { ...all, pages: mendLinks(all.pages) };
}

function join(one: FinishedPages, other: FinishedPages): FinishedPages {
  const pages = new Map([...one.pages, ...other.pages]);
  return {
    title: pageTitle(pages.get("index.html") ?? ""),
    pages,
    files: new Map([...one.files, ...other.files]),
    sanitized: {
      removed: one.sanitized.removed + other.sanitized.removed,
      rules: sum(one.sanitized.rules, other.sanitized.rules),
    },
    finished: {
      fixed: sum(one.finished.fixed, other.finished.fixed),
      found: sum(one.finished.found, other.finished.found),
    },
  };
}

async function finishPage(hostile: string, options: FinishOptions) {
  const html: string[] = [];
  const stream = createPageStream(options, { onHtml: (chunk) => void html.push(chunk) });
  stream.write(hostile);
  return { ...(await stream.end()), html: html.join("") };
}

function sanitizeOnly(hostile: string, { assets }: FinishOptions): Awaited<ReturnType<typeof finishPage>> {
  const { html, report } = sanitize(hostile);
  return { html, sanitized: report, finished: { fixed: {}, found: {} }, files: assets ?? new Map() };
}

function sum(one: Readonly<Record<string, number>>, other: Readonly<Record<string, number>>): Record<string, number> {
  const total = { ...one };
  for (const [rule, count] of Object.entries(other)) total[rule] = (total[rule] ?? 0) + count;
  return total;
}
