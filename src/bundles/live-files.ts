import { getContentType, isBundlePath } from "./bundle-path.ts";
import { isRecord, type ManifestFile } from "./manifest.ts";
import { maxFileBytes } from "./write-bundle.ts";

/** Names in the directory of a live page. A file that the page refers to is named by its hash. */
export const livePageName = "page.html";
export const liveListName = "files.jsonl";

/** One line of the list of files that a live page may refer to so far. */
export function formatLiveFile(path: string, { sha256, size }: Pick<ManifestFile, "sha256" | "size">): string {
  return `${JSON.stringify({ path, sha256, size })}\n`;
}

/** Undefined for a line that makes no sense: names and sizes pass the same list as those of a manifest. */
export function parseLiveFile(line: string): (ManifestFile & { path: string }) | undefined {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return undefined;
  }
  if (!isRecord(value)) return undefined;
  const { path, sha256, size } = value;
  if (typeof path !== "string" || !isBundlePath(path) || path.endsWith(".html")) return undefined;
  if (typeof sha256 !== "string" || !/^[0-9a-f]{64}$/.test(sha256)) return undefined;
  if (typeof size !== "number" || !Number.isSafeInteger(size) || size < 0 || size > maxFileBytes) return undefined;
  return { path, sha256, size, type: getContentType(path) };
}
