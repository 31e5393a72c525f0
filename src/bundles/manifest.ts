import type { FinishReport } from "../finish/report.ts";
import { isJobId, isSiteId, type JobId, type SiteId } from "../ids.ts";
import type { SanitizeReport } from "../sanitizer/report.ts";
import { getContentType, isBundlePath } from "./bundle-path.ts";
import { type ContentEncoding, contentEncodings, encodingSuffixes } from "./content-encoding.ts";

/** Largest manifest that is read back. The limits on a bundle keep a real one far below. */
export const maxManifestBytes = 1024 * 1024;

export interface ManifestFile {
  /** Lower-case hexadecimal, of the bytes on disk. */
  sha256: string;
  size: number;
  type: string;
  /** Set on a precompressed variant, which stands beside the file it was made from: `index.html.br`. */
  encoding?: ContentEncoding;
}

/** What a published revision consists of and where it came from. Holds no prompt. */
export interface Manifest {
  version: 1;
  siteId: SiteId;
  revision: number;
  jobId: JobId;
  title: string;
  provider: string;
  model: string;
  /** ISO 8601. */
  created: string;
  sanitizer: { version: string; report: SanitizeReport };
  /** What was mended after the sanitizer, and what was found and left. */
  finish?: FinishReport;
  /** What it took to get the page out of the model's reply: words of our own. Left out when it took nothing. */
  repairs?: readonly string[];
  /** Every file of the directory except the manifest itself. */
  files: ReadonlyMap<string, ManifestFile>;
}

export function formatManifest(manifest: Manifest): string {
  return `${JSON.stringify({ ...manifest, files: Object.fromEntries(manifest.files) }, null, 2)}\n`;
}

/**
 * Reads a manifest back, trusting nothing: every name and type passes the same list as at publication.
 *
 * @throws {SyntaxError} If the text is not a manifest of this version.
 */
export function parseManifest(text: string): Manifest {
  const value: unknown = JSON.parse(text);
  if (!isRecord(value) || value["version"] !== 1 || !isRecord(value["files"])) throw damaged("version or files");
  const { siteId, revision, jobId, title, provider, model, created, sanitizer, finish, repairs } = value;
  if (!isSiteId(siteId) || !isJobId(jobId) || !isRevision(revision)) throw damaged("siteId, jobId or revision");
  if (!isText(title) || !isText(provider) || !isText(model) || !isText(created)) throw damaged("description");
  const files = new Map<string, ManifestFile>();
  for (const [path, file] of Object.entries(value["files"])) files.set(path, parseFile(path, file));
  for (const [path, { encoding }] of files) {
    if (encoding && !files.has(path.slice(0, -encodingSuffixes[encoding].length))) throw damaged("variant of nothing");
  }
  return {
    version: 1,
    siteId,
    revision,
    jobId,
    title,
    provider,
    model,
    created,
    sanitizer: parseSanitizer(sanitizer),
    ...(finish === undefined ? {} : { finish: parseFinish(finish) }),
    ...(repairs === undefined ? {} : { repairs: parseRepairs(repairs) }),
    files,
  };
}

function parseFile(path: string, value: unknown): ManifestFile {
  if (!isRecord(value)) throw damaged("file");
  const { sha256, size, type } = value;
  const encoding = contentEncodings.find((name) => name === value["encoding"]);
  const suffix = encoding ? encodingSuffixes[encoding] : "";
  const plain = path.endsWith(suffix) ? path.slice(0, path.length - suffix.length) : "";
  if (!isBundlePath(plain) || type !== getContentType(plain)) throw damaged("name or type of a file");
  if (!isText(sha256) || !/^[0-9a-f]{64}$/.test(sha256)) throw damaged("sha256");
  if (typeof size !== "number" || !Number.isSafeInteger(size) || size < 0) throw damaged("size");
  return encoding ? { sha256, size, type, encoding } : { sha256, size, type };
}

function parseSanitizer(value: unknown): Manifest["sanitizer"] {
  if (!isRecord(value) || !isText(value["version"]) || !isRecord(value["report"])) throw damaged("sanitizer");
  const { removed, rules } = value["report"];
  if (typeof removed !== "number" || !isRecord(rules)) throw damaged("sanitizer");
  return { version: value["version"], report: { removed, rules: parseCounts(rules) } };
}

function parseFinish(value: unknown): FinishReport {
  if (!isRecord(value) || !isRecord(value["fixed"]) || !isRecord(value["found"])) throw damaged("finish");
  return { fixed: parseCounts(value["fixed"]), found: parseCounts(value["found"]) };
}

function parseRepairs(value: unknown): string[] {
  if (!Array.isArray(value) || value.length > 50) throw damaged("repairs");
  return value.filter((word): word is string => typeof word === "string" && /^[a-z_]{1,40}$/.test(word));
}

function parseCounts(value: Record<string, unknown>): Record<string, number> {
  return Object.fromEntries(
    Object.entries(value).filter((rule): rule is [string, number] => typeof rule[1] === "number"),
  );
}

/** Revisions count from 1; nine digits keep the directory name and the address short. */
export function isRevision(value: unknown): value is number {
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 1 && value <= 999_999_999;
}

/** A JSON object, as opposed to an array, `null` or a scalar. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isText(value: unknown): value is string {
  return typeof value === "string";
}

function damaged(part: string): SyntaxError {
  return new SyntaxError(`the manifest is damaged: ${part}`);
}
