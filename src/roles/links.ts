import { formatLiveUrl, formatPreviewUrl } from "../bundles/preview-address.ts";
import type { BotIdentity } from "../telegram/bot-identity.ts";
import type { Links } from "../telegram/compose-site.ts";

/** @param baseUrl Public address of the preview server; a process that was not told it has no links to pages. */
export function createLinks(baseUrl: string | undefined, bot: Pick<BotIdentity, "username">): Links {
  return {
    page: (siteId, revision) => baseUrl && formatPreviewUrl(baseUrl, siteId, revision),
    live: (siteId) => baseUrl && formatLiveUrl(baseUrl, siteId),
    ownVersion: (siteId) => bot.username && `https://t.me/${bot.username}?start=site_${siteId}`,
  };
}
