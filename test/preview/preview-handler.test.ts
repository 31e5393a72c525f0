import { expect, setDefaultTimeout, test } from "bun:test";
import { rename } from "node:fs/promises";
import { brotliDecompressSync } from "node:zlib";
import { removeSite } from "../../src/bundles/remove-site.ts";
import { createSiteId } from "../../src/ids.ts";
import { createRevision, samplePage } from "../bundles/sample-revision.ts";
import { openPreviewStage } from "./preview-stage.ts";

setDefaultTimeout(60_000);

const required = {
  "content-security-policy":
    "default-src 'none'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; media-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox allow-same-origin allow-forms allow-popups allow-popups-to-escape-sandbox",
  "x-content-type-options": "nosniff",
  "x-frame-options": "DENY",
  "referrer-policy": "no-referrer",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
  "cross-origin-embedder-policy": "require-corp",
  "origin-agent-cluster": "?1",
  "x-dns-prefetch-control": "off",
};

test("security headers on pages and errors", async () => {
  await using stage = await openPreviewStage();
  const { get, site } = stage;
  const etag = (await get(`${site}/`)).headers.get("etag") ?? "";
  const answers: [number, Response][] = [
    [200, await get(`${site}/`)],
    [200, await get(`${site}/assets/style.css`)],
    [200, await get("/health")],
    [206, await get(`${site}/`, { headers: { range: "bytes=0-1" } })],
    [301, await get(site)],
    [304, await get(`${site}/`, { headers: { "if-none-match": etag } })],
    [400, await get(`${site}/`, { headers: { host: "a,b" } })],
    [404, await get("/nothing")],
    [405, await get(`${site}/`, { method: "POST", body: "x" })],
    [416, await get(`${site}/`, { headers: { range: "bytes=999999-" } })],
  ];
  await removeSite(stage.root, stage.revision.siteId, "deleted");
  answers.push([410, await stage.until(`${site}/`, (answer) => answer.status !== 200)]);
  for (const [status, answer] of answers) {
    expect(answer.status).toBe(status);
    for (const [name, value] of Object.entries(required)) expect(answer.headers.get(name)).toBe(value);
    expect(answer.headers.get("permissions-policy")).toMatch(/^(?:[a-z-]+=\(\)(?:, )?)+$/);
    expect(answer.headers.get("x-robots-tag")).toStartWith("noindex, nofollow");
    for (const absent of ["server", "set-cookie", "strict-transport-security", "access-control-allow-origin"]) {
      expect(answer.headers.get(absent)).toBeNull();
    }
  }
});

test("promises TLS when the public address is https", async () => {
  await using stage = await openPreviewStage({}, "https://preview.example.com");
  for (const path of [`${stage.site}/`, "/nothing", "/health"]) {
    expect((await stage.get(path)).headers.get("strict-transport-security")).toStartWith("max-age=63072000");
  }
});

test("404 for an unknown site", async () => {
  await using stage = await openPreviewStage();
  const answer = await stage.get(`/p/${createSiteId()}/`);
  expect(answer.status).toBe(404);
  expect(answer.headers.get("content-type")).toBe("text/html; charset=utf-8");
  expect(answer.headers.get("cache-control")).toBe("no-store");
});

test("pinned revision is immutable", async () => {
  await using stage = await openPreviewStage();
  const pinned = await stage.get(`${stage.site}/r/1/`);
  expect(pinned.status).toBe(200);
  expect(await pinned.text()).toBe(samplePage);
  expect(pinned.headers.get("cache-control")).toBe("private, max-age=31536000, immutable");
  expect((await stage.get(`${stage.site}/`)).headers.get("cache-control")).toBe("no-cache");
});

test("a revision that is not listed does not exist", async () => {
  await using stage = await openPreviewStage();
  for (const revision of ["2", "0", "01", "-1", "1e0", "9999999999"]) {
    expect((await stage.get(`${stage.site}/r/${revision}/`)).status).toBe(404);
  }
});

test("the manifest, the index, variants and temporary files are never served", async () => {
  await using stage = await openPreviewStage();
  for (const path of ["manifest.json", "site.json", "index.html.br", "../site.json", ".lock", "r/1/manifest.json"]) {
    expect((await stage.get(`${stage.site}/${path}`)).status).toBe(404);
  }
});

test("a missing last slash is a relative redirect", async () => {
  const files = new Map([...createRevision().files, ["menu/index.html", "<p>menu"]]);
  await using stage = await openPreviewStage({ files });
  for (const [path, location] of [
    ["", `${stage.revision.siteId}/`],
    ["/r/1", "1/"],
    ["/menu", "menu/"],
  ]) {
    const answer = await stage.get(stage.site + path);
    expect([answer.status, answer.headers.get("location")]).toEqual([301, location ?? ""]);
  }
  expect(await (await stage.get(`${stage.site}/menu/?x=1#y`)).text()).toBe("<p>menu");
});

test("every file has a strong tag of its own, and 304 answers it", async () => {
  await using stage = await openPreviewStage();
  const path = `${stage.site}/`;
  const tags = new Set<string>();
  for (const coding of ["identity", "br", "zstd", "gzip"]) {
    const whole = await stage.get(path, { headers: { "accept-encoding": coding } });
    const etag = whole.headers.get("etag") ?? "";
    tags.add(etag);
    expect(etag).toMatch(/^"[\w-]{27}"$/);
    expect(whole.headers.get("vary")).toBe("Accept-Encoding");
    for (const value of [etag, `W/${etag}`, `"x", ${etag}`, "*"]) {
      const answer = await stage.get(path, { headers: { "accept-encoding": coding, "if-none-match": value } });
      expect([answer.status, await answer.text(), answer.headers.get("etag")]).toEqual([304, "", etag]);
      expect(answer.headers.get("cache-control")).toBe("no-cache");
    }
    const other = await stage.get(path, { headers: { "accept-encoding": coding, "if-none-match": '"x"' } });
    expect(other.status).toBe(200);
  }
  expect(tags.size).toBe(4);
});

test.each([
  ["br, zstd, gzip", "br"],
  ["gzip, zstd", "zstd"],
  ["gzip;q=1, br;q=0.5", "gzip"],
  ["GZIP", "gzip"],
  ["br;q=0, *", "zstd"],
  ["*;q=0.1", "br"],
  ["identity, br;q=0.5", null],
  ["br;q=0", null],
  ["br;q=nonsense", null],
  ["deflate, compress", null],
  ["identity;q=0, *;q=0", null],
  ["", null],
])("Accept-Encoding %p is answered with %p", async (accepted, coding) => {
  await using stage = await openPreviewStage();
  const answer = await stage.get(`${stage.site}/`, { headers: { "accept-encoding": accepted } });
  expect(answer.headers.get("content-encoding")).toBe(coding);
  const bytes = await answer.bytes();
  expect(answer.headers.get("content-length")).toBe(String(bytes.byteLength));
  if (coding === "br") expect(brotliDecompressSync(bytes).toString()).toBe(samplePage);
  if (coding === null) expect(new TextDecoder().decode(bytes)).toBe(samplePage);
});

test("HEAD answers with the headers of GET and no body", async () => {
  await using stage = await openPreviewStage();
  for (const path of [`${stage.site}/`, "/nothing", "/health"]) {
    const init = { headers: { "accept-encoding": "br" } };
    const [get, head] = [await stage.get(path, init), await stage.get(path, { ...init, method: "HEAD" })];
    expect(await head.text()).toBe("");
    expect(head.status).toBe(get.status);
    for (const answer of [get, head]) answer.headers.delete("date");
    expect([...head.headers].sort()).toEqual([...get.headers].sort());
  }
});

test.each<[string, number, number, number]>([
  ["bytes=0-9", 206, 0, 10],
  ["bytes=10-", 206, 10, samplePage.length],
  ["bytes=-5", 206, samplePage.length - 5, samplePage.length],
  ["bytes=-999999", 206, 0, samplePage.length],
  ["bytes=0-999999", 206, 0, samplePage.length],
  ["bytes=0-0,2-3", 200, 0, samplePage.length],
  ["lines=0-9", 200, 0, samplePage.length],
  ["bytes=9-0", 200, 0, samplePage.length],
])("Range %s is answered with %i", async (range, status, start, end) => {
  await using stage = await openPreviewStage();
  const answer = await stage.get(`${stage.site}/`, { headers: { range, "accept-encoding": "identity" } });
  expect(answer.status).toBe(status);
  expect(await answer.text()).toBe(samplePage.slice(start, end));
  const described = status === 206 ? `bytes ${start}-${end - 1}/${samplePage.length}` : null;
  expect(answer.headers.get("content-range")).toBe(described);
});

test("a range beyond the end is 416 and says how long the file is", async () => {
  await using stage = await openPreviewStage();
  for (const range of [`bytes=${samplePage.length}-`, "bytes=-0"]) {
    const answer = await stage.get(`${stage.site}/`, { headers: { range } });
    expect([answer.status, answer.headers.get("content-range")]).toEqual([416, `bytes */${samplePage.length}`]);
  }
});

test("If-Range lets the part through only for the same bytes", async () => {
  await using stage = await openPreviewStage();
  const plain = await stage.get(`${stage.site}/`, { headers: { "accept-encoding": "identity" } });
  const etag = plain.headers.get("etag") ?? "";
  const ask = (value: string) => stage.get(`${stage.site}/`, { headers: { range: "bytes=0-9", "if-range": value } });
  expect((await ask(etag)).status).toBe(206);
  for (const stale of ['"x"', `W/${etag}`, "Fri, 31 Dec 9999 23:59:59 GMT"])
    expect((await ask(stale)).status).toBe(200);
});

test.each(["r1/manifest.json", "site.json"])("a damaged %s is 503, and says no more", async (name) => {
  await using stage = await openPreviewStage();
  await Bun.write(`${stage.root}/${stage.revision.siteId}/${name}`, "{");
  const answer = await stage.get(`${stage.site}/`);
  expect([answer.status, answer.headers.get("retry-after")]).toEqual([503, "2"]);
  expect(await answer.text()).not.toContain(stage.revision.siteId);
});

test("health tells a missing previews directory", async () => {
  await using stage = await openPreviewStage();
  expect(await (await stage.get("/health")).json()).toMatchObject({ status: "healthy", service: "preview" });
  await rename(stage.root, `${stage.root}-moved`);
  const answer = await stage.get("/health");
  expect([answer.status, await answer.json()]).toMatchObject([503, { status: "unhealthy" }]);
  await rename(`${stage.root}-moved`, stage.root);
});
