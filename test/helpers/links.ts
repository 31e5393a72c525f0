import type { Links } from "../../src/telegram/compose-site.ts";

/** Of a preview server that could be on the internet. */
export const links: Links = {
  page: (siteId, revision) =>
    `https://preview.example.com/p/${siteId}/${revision === undefined ? "" : `r/${revision}/`}`,
  live: (siteId) => `https://preview.example.com/p/${siteId}/`,
};
