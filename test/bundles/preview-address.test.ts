import { expect, setDefaultTimeout, test } from "bun:test";
import {
  formatLiveUrl,
  formatPreviewUrl,
  parsePreviewBaseUrl,
  parseSiteReference,
} from "../../src/bundles/preview-address.ts";
import { ConfigError } from "../../src/errors.ts";
import { createSiteId } from "../../src/ids.ts";

setDefaultTimeout(60_000);

const siteId = createSiteId();

test.each([
  ["http://localhost:8001", `http://localhost:8001/p/${siteId}/`, `http://localhost:8001/p/${siteId}/r/3/`],
  [
    "https://example.com/previews/",
    `https://example.com/previews/p/${siteId}/`,
    `https://example.com/previews/p/${siteId}/r/3/`,
  ],
  [
    "https://*.preview.example.com",
    `https://${siteId}.preview.example.com/`,
    `https://${siteId}.preview.example.com/r/3/`,
  ],
  ["http://*.localhost:8001/", `http://${siteId}.localhost:8001/`, `http://${siteId}.localhost:8001/r/3/`],
])("links under %s lead to the site and its revisions, and back", (baseUrl, current, pinned) => {
  expect(formatPreviewUrl(baseUrl, siteId)).toBe(current);
  expect(formatPreviewUrl(baseUrl, siteId, 3)).toBe(pinned);
  expect(formatLiveUrl(baseUrl, siteId)).toBe(`${current}live/`);
  expect(parseSiteReference(current)).toEqual({ siteId });
  expect(parseSiteReference(`${current}live/`)).toEqual({ siteId });
  expect(parseSiteReference(pinned)).toEqual({ siteId, revision: 3 });
});

test("a site is also named by its id, and by a link to one of its files", () => {
  expect(parseSiteReference(` ${siteId}\n`)).toEqual({ siteId });
  expect(parseSiteReference(`http://localhost/p/${siteId}`)).toEqual({ siteId });
  expect(parseSiteReference(`http://localhost/p/${siteId}/r/2/menu.html?x#y`)).toEqual({ siteId, revision: 2 });
});

test.each([
  "",
  "coffee",
  "http://localhost/",
  `http://localhost/p/${siteId.toUpperCase()}/`,
  "https://evil.example/p/../",
])("%p names no site", (text) => expect(parseSiteReference(text)).toBeUndefined());

test.each([
  "",
  "localhost:8001",
  "ftp://x",
  "https://a.*.example.com",
  "https://*.example.com/path",
  "https://*",
  "http://u@h",
])("%p is no base address", (baseUrl) => expect(() => parsePreviewBaseUrl(baseUrl)).toThrow(ConfigError));
