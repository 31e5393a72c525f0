import type { PreviewAddress } from "../bundles/preview-address.ts";
import { isSiteId, type SiteId } from "../ids.ts";

/** What a request asks for. */
export type Target =
  | { kind: "file"; siteId: SiteId /** Undefined: the current one. */; revision: number | undefined; path: string }
  /** The next revision of a site, as it is being written, or with a path a file that it refers to. */
  | { kind: "live"; siteId: SiteId; path: string }
  /** A site, revision or live view without its last slash. `location` is relative. */
  | { kind: "slash"; siteId: SiteId; revision: number | undefined; location: string }
  | { kind: "nothing" }
  | { kind: "misdirected" };

const nothing: Target = { kind: "nothing" };
const misdirected: Target = { kind: "misdirected" };
const sitePrefix = "/p/";
const siteIdLength = 26;
const pinnedPattern = /^\/r\/([1-9][0-9]{0,8})(\/.*)?$/;
const hostPattern = /^(?:[a-z0-9](?:[a-z0-9_.-]*[a-z0-9_])?\.?|\[[0-9a-f:.]{2,45}\])(?::[0-9]{1,5})?$/i;
const maxHostLength = 260;

/** Whether a `Host` header can be the name of anything: a host name or address, and perhaps a port. */
export function isHost(host: string): boolean {
  return host.length <= maxHostLength && hostPattern.test(host);
}

/** Which site, revision and file a host and path name. Only cuts strings: nothing here is decoded or normalised. */
export function resolveTarget(address: PreviewAddress, host: string, pathname: string): Target {
  if (address.mode === "origin") {
    const siteId = findSiteInHost(host, address.suffix);
    return siteId ? resolveInSite(siteId, pathname) : misdirected;
  }
  const siteId = pathname.slice(sitePrefix.length, sitePrefix.length + siteIdLength);
  if (!pathname.startsWith(sitePrefix) || !isSiteId(siteId)) return nothing;
  const rest = pathname.slice(sitePrefix.length + siteIdLength);
  return rest === ""
    ? { kind: "slash", siteId, revision: undefined, location: `${siteId}/` }
    : resolveInSite(siteId, rest);
}

function findSiteInHost(host: string, suffix: string): SiteId | undefined {
  const name = host
    .toLowerCase()
    .replace(/:[0-9]+$/, "")
    .replace(/\.$/, "");
  const label = name.slice(0, siteIdLength);
  return isSiteId(label) && name.slice(siteIdLength) === suffix ? label : undefined;
}

function resolveInSite(siteId: SiteId, rest: string): Target {
  if (!rest.startsWith("/")) return nothing;
  if (rest === "/live") return { kind: "slash", siteId, revision: undefined, location: "live/" };
  if (rest.startsWith("/live/")) return { kind: "live", siteId, path: rest.slice("/live/".length) };
  if (!rest.startsWith("/r/")) return { kind: "file", siteId, revision: undefined, path: rest.slice(1) };
  const [, digits, path] = pinnedPattern.exec(rest) ?? [];
  if (digits === undefined) return nothing;
  const revision = Number(digits);
  if (path === undefined) return { kind: "slash", siteId, revision, location: `${digits}/` };
  return { kind: "file", siteId, revision, path: path.slice(1) };
}
