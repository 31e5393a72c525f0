import { ConfigError } from "../errors.ts";
import { isSiteId, type SiteId } from "../ids.ts";

/**
 * Where previews live. `path`: all sites on one host, under `/p/{site}/`. `origin`: the host's first
 * label is the site, so that each site is an origin of its own.
 */
export type PreviewAddress =
  | { mode: "path"; https: boolean; prefix: string }
  | {
      mode: "origin";
      https: boolean;
      port: string /** The host without its first label: `.preview.example.com`. */;
      suffix: string;
    };

/**
 * Reads `PREVIEW_BASE_URL`: `http://localhost:8001`, or with a `*` label `https://*.preview.example.com`.
 *
 * @throws {ConfigError} If it is neither.
 */
export function parsePreviewBaseUrl(baseUrl: string): PreviewAddress {
  const isOrigin = /^https?:\/\/\*\./i.test(baseUrl);
  const url = URL.parse(isOrigin ? baseUrl.replace("*.", "") : baseUrl);
  if (!url || !/^https?:$/.test(url.protocol) || url.username !== "" || url.search !== "" || url.hash !== "") {
    throw malformed();
  }
  const https = url.protocol === "https:";
  if (!isOrigin) {
    if (url.hostname.includes("*")) throw malformed();
    return { mode: "path", https, prefix: url.href.replace(/\/$/, "") };
  }
  if (url.pathname !== "/" || url.hostname.includes("*")) throw malformed();
  return { mode: "origin", https, port: url.port, suffix: `.${url.hostname}` };
}

/** The public link of a site, or of one of its revisions. Ends in a slash. */
export function formatPreviewUrl(baseUrl: string, siteId: SiteId, revision?: number): string {
  return formatSiteUrl(baseUrl, siteId, revision === undefined ? "" : `r/${revision}/`);
}

/**
 * Where the next revision of a site is watched while it is written. A site that has no revision yet can be watched at
 * its own address as well. When nothing is being written, it leads to the site.
 */
export function formatLiveUrl(baseUrl: string, siteId: SiteId): string {
  return formatSiteUrl(baseUrl, siteId, "live/");
}

function formatSiteUrl(baseUrl: string, siteId: SiteId, path: string): string {
  const address = parsePreviewBaseUrl(baseUrl);
  if (address.mode === "path") return `${address.prefix}/p/${siteId}/${path}`;
  const port = address.port === "" ? "" : `:${address.port}`;
  return `${address.https ? "https" : "http"}://${siteId}${address.suffix}${port}/${path}`;
}

function malformed(): ConfigError {
  return new ConfigError([
    "PREVIEW_BASE_URL must be an http or https address such as http://localhost:8001 or https://*.preview.example.com",
  ]);
}

/**
 * Reads what a person pastes to name a site: its id, or a link to it or to one of its revisions,
 * in either mode and under any host.
 */
export function parseSiteReference(text: string): { siteId: SiteId; revision?: number } | undefined {
  const given = text.trim();
  if (isSiteId(given)) return { siteId: given };
  const url = URL.parse(given);
  if (!url) return undefined;
  const [, inPath, pathRevision] = /\/p\/([^/]+)(?:\/r\/([1-9][0-9]{0,8}))?(?:\/|$)/.exec(url.pathname) ?? [];
  const [, hostRevision] = /^\/r\/([1-9][0-9]{0,8})(?:\/|$)/.exec(url.pathname) ?? [];
  const siteId = inPath ?? url.hostname.split(".")[0];
  if (!isSiteId(siteId)) return undefined;
  const revision = inPath === undefined ? hostRevision : pathRevision;
  return revision === undefined ? { siteId } : { siteId, revision: Number(revision) };
}
