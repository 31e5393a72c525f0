import { expect, test } from "bun:test";
import { publishRevision } from "../../src/bundles/publish-revision.ts";
import { removeSite } from "../../src/bundles/remove-site.ts";
import { createSiteId } from "../../src/ids.ts";
import { openPreviewServer } from "../../src/preview/preview-server.ts";
import { createRevision, samplePage } from "../bundles/sample-revision.ts";
import { openTemporaryRoot } from "../bundles/temporary-root.ts";

async function openStage(given: Parameters<typeof createRevision>[0] = {}, baseUrl = "http://localhost:8001") {
  const stack = new AsyncDisposableStack();
  const root = stack.use(await openTemporaryRoot());
  const server = stack.use(await openPreviewServer({ root: root.path, baseUrl, host: "127.0.0.1", port: 0 }));
  const revision = createRevision(given);
  await publishRevision(root.path, revision);
  const get = (path: string, init: RequestInit = {}) =>
    fetch(server.url + path, { redirect: "manual", decompress: false, ...init });
  return {
    root: root.path,
    revision,
    get,
    site: `/p/${revision.siteId}`,
    server,
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  };
}

const required = [
  "content-security-policy",
  "x-content-type-options",
  "x-frame-options",
  "referrer-policy",
  "cross-origin-opener-policy",
  "cross-origin-resource-policy",
  "cross-origin-embedder-policy",
  "origin-agent-cluster",
  "permissions-policy",
  "x-robots-tag",
  "x-dns-prefetch-control",
];

test("security headers on pages and errors", async () => {
  await using stage = await openStage();
  const { get, site } = stage;
  const etag = (await get(`${site}/`)).headers.get("etag") ?? "";
  const answers: [number, Response][] = [
    [200, await get(`${site}/`)],
    [200, await get(`${site}/assets/style.css`)],
    [200, await get("/health")],
    [206, await get(`${site}/`, { headers: { range: "bytes=0-1" } })],
    [301, await get(site)],
    [304, await get(`${site}/`, { headers: { "if-none-match": etag } })],
    [404, await get("/nothing")],
    [405, await get(`${site}/`, { method: "POST", body: "x" })],
    [416, await get(`${site}/`, { headers: { range: "bytes=999999-" } })],
  ];
  await removeSite(stage.root, stage.revision.siteId, "deleted");
  await Bun.sleep(450);
  answers.push([410, await get(`${site}/`)]);
  for (const [status, answer] of answers) {
    expect(answer.status).toBe(status);
    for (const name of required) expect([name, answer.headers.get(name)]).not.toContain(null);
    expect(answer.headers.get("server")).toBeNull();
    expect(answer.headers.get("set-cookie")).toBeNull();
    expect(answer.headers.get("strict-transport-security")).toBeNull();
  }
});

test("404 for an unknown site", async () => {
  await using stage = await openStage();
  const answer = await stage.get(`/p/${createSiteId()}/`);
  expect(answer.status).toBe(404);
  expect(answer.headers.get("content-type")).toBe("text/html; charset=utf-8");
});

test("pinned revision is immutable", async () => {
  await using stage = await openStage();
  const pinned = await stage.get(`${stage.site}/r/1/`);
  expect(pinned.status).toBe(200);
  expect(await pinned.text()).toBe(samplePage);
  expect(pinned.headers.get("cache-control")).toBe("private, max-age=31536000, immutable");
  expect((await stage.get(`${stage.site}/`)).headers.get("cache-control")).toBe("no-cache");
});
