import { formatLiveUrl, formatPreviewUrl } from "../bundles/preview-address.ts";
import type { Links } from "../telegram/compose-site.ts";

/** @param baseUrl Public address of the preview server; a process that was not told it has no links. */
export function createLinks(baseUrl: string | undefined): Links {
  if (baseUrl === undefined) return { page: () => undefined, live: () => undefined };
  return {
    page: (siteId, revision) => formatPreviewUrl(baseUrl, siteId, revision),
    live: (siteId) => formatLiveUrl(baseUrl, siteId),
  };
}
