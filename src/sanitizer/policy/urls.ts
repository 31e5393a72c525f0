/** What a URL is for decides what it may be. */
export type UrlUse = "link" | "image" | "media" | "style" | "fragment";

const linkSchemes = new Set(["http", "https", "mailto", "tel", "tg"]);
const scheme = /^([a-z][a-z0-9+.-]*):/i;
// A browser drops these before it looks at the scheme.
const ignoredInside = /[\t\n\r]/g;

const images = "image/(?:png|apng|jpe?g|gif|webp|avif|bmp|svg\\+xml|x-icon|vnd\\.microsoft\\.icon)";
const fonts =
  "font/(?:woff2?|ttf|otf|sfnt|collection)|application/(?:x-)?font-(?:woff2?|ttf|otf|sfnt|truetype|opentype)";
const media = "(?:audio|video)/[a-z0-9.+-]+";
const dataImage = new RegExp(`^data:(?:${images})[;,]`, "i");
const dataMedia = new RegExp(`^data:(?:${media})[;,]`, "i");
const dataStyle = new RegExp(`^data:(?:${images}|${fonts})[;,]`, "i");

/**
 * Decides whether a page may carry this URL: links may lead out, everything the page loads by itself lies beside it in
 * the bundle or is a `data:` URL of a type that cannot run anything.
 *
 * @returns The URL without what browsers ignore in it, or the rule that forbids it.
 */
export function checkUrl(raw: string, use: UrlUse): { url: string } | { rule: string } {
  const url = withoutEdges(raw).replace(ignoredInside, "");
  if (url.startsWith("#")) return use === "link" || use === "fragment" || use === "style" ? { url } : forbidden("self");
  if (use === "fragment") return forbidden("fragment");
  const name = scheme.exec(url)?.[1]?.toLowerCase();
  if (name === undefined) return checkRelative(url, use);
  if (use === "link") return linkSchemes.has(name) ? { url } : forbidden("scheme");
  if (name === "data") return isSafeData(url, use) ? { url } : forbidden("data");
  return forbidden(name === "http" || name === "https" ? "remote" : "scheme");
}

/** A browser drops control characters and spaces at either end. By hand: a pattern would look at inner runs again and again. */
function withoutEdges(raw: string): string {
  let start = 0;
  let end = raw.length;
  while (start < end && raw.charCodeAt(start) <= 0x20) start++;
  while (end > start && raw.charCodeAt(end - 1) <= 0x20) end--;
  return start === 0 && end === raw.length ? raw : raw.slice(start, end);
}

function isSafeData(url: string, use: UrlUse): boolean {
  if (use === "image") return dataImage.test(url);
  return use === "media" ? dataMedia.test(url) : dataStyle.test(url);
}

function checkRelative(url: string, use: UrlUse): { url: string } | { rule: string } {
  // A browser reads a backslash as a slash, and two slashes as the beginning of a host.
  const path = url.replaceAll("\\", "/");
  if (path.startsWith("//")) return forbidden("remote");
  if (use === "link") return { url: path };
  // "" and "?query" are the page itself; "/…" and "../" lie outside the bundle.
  const [file = ""] = path.split(/[?#]/, 1);
  if (file === "") return forbidden("self");
  const leaves = file.startsWith("/") || file.split("/").some((part) => /^(?:\.|%2e){2}$/i.test(part));
  return leaves ? forbidden("outside-bundle") : { url: path };
}

function forbidden(reason: string): { rule: string } {
  return { rule: `url:${reason}` };
}

/** Whether a link leads away from the page's own site. */
export function leadsOut(url: string): boolean {
  return scheme.test(url);
}
