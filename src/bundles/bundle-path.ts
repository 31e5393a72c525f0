/** The only kinds of file a bundle may hold, by extension, and how each is announced to a browser. */
const contentTypes: ReadonlyMap<string, string> = new Map([
  ["html", "text/html; charset=utf-8"],
  ["css", "text/css; charset=utf-8"],
  ["svg", "image/svg+xml"],
  ["png", "image/png"],
  ["jpg", "image/jpeg"],
  ["webp", "image/webp"],
  ["avif", "image/avif"],
  ["gif", "image/gif"],
  ["ico", "image/x-icon"],
  ["woff2", "font/woff2"],
  ["mp4", "video/mp4"],
  ["webm", "video/webm"],
  ["mp3", "audio/mpeg"],
  ["txt", "text/plain; charset=utf-8"],
  ["json", "application/json"],
]);

const maxPathLength = 120;
const pathPattern = /^(?:[a-z0-9][a-z0-9_-]*\/){0,3}[a-z0-9][a-z0-9_-]*(?:\.[a-z0-9_-]+)*\.[a-z0-9]+$/;

/** Names with a meaning of their own beside the pages: the manifest, pinned revisions and the view of the next one. */
const reserved = /^(?:manifest\.json$|site\.json$|r\/|live\/)/;

/**
 * Whether a file of a bundle may carry this name: at most three folders deep, lower case, no dot
 * files, of a known kind. Lower case because two names that differ in case are one file on some disks.
 */
export function isBundlePath(path: string): boolean {
  return (
    path.length <= maxPathLength &&
    pathPattern.test(path) &&
    !reserved.test(path) &&
    contentTypes.has(path.slice(path.lastIndexOf(".") + 1))
  );
}

/** @throws {RangeError} If the kind of file is not on the list. */
export function getContentType(path: string): string {
  const type = contentTypes.get(path.slice(path.lastIndexOf(".") + 1));
  if (type === undefined) throw new RangeError("not a kind of file that a bundle may hold");
  return type;
}
