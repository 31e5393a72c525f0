import type { Links } from "../../src/telegram/compose-site.ts";
import type { PageFiles } from "../../src/telegram/telegram-notifier.ts";

/** Of a preview server that could be on the internet. */
export const links: Links = {
  page: (siteId, revision) =>
    `https://preview.example.com/p/${siteId}/${revision === undefined ? "" : `r/${revision}/`}`,
  live: (siteId) => `https://preview.example.com/p/${siteId}/`,
  ownVersion: (siteId) => `https://t.me/site_builder_bot?start=site_${siteId}`,
};

/** A disk on which no page is. */
export const noFiles: PageFiles = { exportSite: async () => undefined, findPicture: async () => undefined };
