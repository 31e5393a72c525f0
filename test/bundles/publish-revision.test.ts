import { expect, setDefaultTimeout, test } from "bun:test";
import { mkdir, readdir } from "node:fs/promises";
import { join } from "node:path";
import { brotliDecompressSync } from "node:zlib";
import { findPublished, publishRevision } from "../../src/bundles/publish-revision.ts";
import { readManifest } from "../../src/bundles/read-manifest.ts";
import { removeSite, setExpiry } from "../../src/bundles/remove-site.ts";
import { readSiteIndex } from "../../src/bundles/site-index.ts";
import { sweepTemporary } from "../../src/bundles/sweep-temporary.ts";
import { verifyBundle } from "../../src/bundles/verify-bundle.ts";
import { NotFoundError, OutputError, StorageError } from "../../src/errors.ts";
import { createJobId, createSiteId } from "../../src/ids.ts";
import { createRevision, samplePage } from "./sample-revision.ts";
import { openTemporaryRoot } from "./temporary-root.ts";

setDefaultTimeout(60_000);

test("the bundle directory and index are written", async () => {
  await using root = await openTemporaryRoot();
  const revision = createRevision();
  await publishRevision(root.path, revision);

  const directory = join(root.path, revision.siteId, "r1");
  expect((await readdir(directory, { recursive: true })).sort()).toEqual([
    "assets",
    "assets/dot.png",
    "assets/style.css",
    "assets/style.css.br",
    "assets/style.css.gz",
    "assets/style.css.zst",
    "index.html",
    "index.html.br",
    "index.html.gz",
    "index.html.zst",
    "manifest.json",
  ]);
  expect((await readdir(join(root.path, revision.siteId))).sort()).toEqual(["r1", "site.json"]);
  expect(await Bun.file(join(root.path, revision.siteId, "site.json")).json()).toEqual({
    version: 1,
    state: "live",
    current: 1,
    revisions: [{ revision: 1, jobId: revision.jobId }],
  });

  const manifest = await Bun.file(join(directory, "manifest.json")).json();
  expect(manifest).toMatchObject({
    siteId: revision.siteId,
    revision: 1,
    jobId: revision.jobId,
    title: "Coffee",
    provider: "mock",
    model: "mock-1",
    created: "2026-01-02T03:04:05.000Z",
    sanitizer: { version: "1", report: { removed: 0, rules: {} } },
  });
  for (const [path, file] of Object.entries<{ sha256: string; size: number }>(manifest.files)) {
    const bytes = await Bun.file(join(directory, path)).bytes();
    expect(bytes.byteLength).toBe(file.size);
    expect(new Bun.CryptoHasher("sha256").update(bytes).digest("hex")).toBe(file.sha256);
  }
});

test("each variant unpacks to the file it stands beside", async () => {
  await using root = await openTemporaryRoot();
  const revision = createRevision();
  await publishRevision(root.path, revision);
  const read = (suffix: string) => Bun.file(join(root.path, revision.siteId, "r1", `index.html${suffix}`)).bytes();
  const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  expect(text(brotliDecompressSync(await read(".br")))).toBe(samplePage);
  expect(text(Bun.gunzipSync(await read(".gz")))).toBe(samplePage);
  expect(text(Bun.zstdDecompressSync(await read(".zst")))).toBe(samplePage);
});

test("publishing again for the same job changes nothing", async () => {
  await using root = await openTemporaryRoot();
  const revision = createRevision();
  const first = await publishRevision(root.path, revision);
  const again = await publishRevision(root.path, {
    ...revision,
    revision: 2,
    files: new Map([["index.html", "<p>another answer"]]),
  });
  expect(again).toEqual(first);
  expect((await readdir(join(root.path, revision.siteId))).sort()).toEqual(["r1", "site.json"]);
});

test("the current revision never moves backwards", async () => {
  await using root = await openTemporaryRoot();
  const siteId = createSiteId();
  for (const revision of [1, 3, 2]) await publishRevision(root.path, createRevision({ siteId, revision }));
  expect(await readSiteIndex(root.path, siteId)).toMatchObject({ current: 3 });
});

test("two processes that publish at once are both listed", async () => {
  await using root = await openTemporaryRoot();
  const siteId = createSiteId();
  const revisions = [1, 2, 3, 4, 5].map((revision) => createRevision({ siteId, revision }));
  await Promise.all(revisions.map((revision) => publishRevision(root.path, revision)));
  const index = await readSiteIndex(root.path, siteId);
  expect(index?.state === "live" && index.revisions.map((entry) => entry.revision).sort()).toEqual([1, 2, 3, 4, 5]);
  expect(index).toMatchObject({ current: 5 });
});

test("refuses a revision that another job published", async () => {
  await using root = await openTemporaryRoot();
  const first = createRevision();
  await publishRevision(root.path, first);
  await expect(publishRevision(root.path, { ...first, jobId: createJobId() })).rejects.toThrow(RangeError);
});

test("finds what a job published, and nothing for a job that did not", async () => {
  await using root = await openTemporaryRoot();
  const revision = createRevision();
  expect(await findPublished(root.path, revision.siteId, revision.jobId)).toBeUndefined();
  const manifest = await publishRevision(root.path, revision);
  expect(await findPublished(root.path, revision.siteId, revision.jobId)).toEqual(manifest);
  expect(await findPublished(root.path, revision.siteId, createJobId())).toBeUndefined();
});

test("replaces the unlisted bundle that another job left behind", async () => {
  await using root = await openTemporaryRoot();
  const [orphan, revision] = [createRevision(), createRevision()];
  await publishRevision(root.path, { ...orphan, siteId: revision.siteId });
  await Bun.file(join(root.path, revision.siteId, "site.json")).delete();
  const manifest = await publishRevision(root.path, revision);
  expect(manifest.jobId).toBe(revision.jobId);
  expect((await readManifest(root.path, revision.siteId, 1))?.jobId).toBe(revision.jobId);
});

test("adopts the unlisted bundle of the same job", async () => {
  await using root = await openTemporaryRoot();
  const revision = createRevision();
  const first = await publishRevision(root.path, revision);
  await Bun.file(join(root.path, revision.siteId, "site.json")).delete();
  const again = await publishRevision(root.path, { ...revision, files: new Map([["index.html", "<p>other"]]) });
  expect(again).toEqual(first);
  expect((await verifyBundle(root.path, revision.siteId)).problems).toEqual([]);
});

test.each([
  "../x.html",
  "/x.html",
  ".env",
  "a//b.html",
  "manifest.json",
  "r/2/x.html",
  "x.exe",
  "X.html",
  "a/b/c/d/e.css",
])("refuses a file named %s", async (name) => {
  await using root = await openTemporaryRoot();
  const files = new Map([
    ["index.html", "<p>"],
    [name, "x"],
  ]);
  await expect(publishRevision(root.path, createRevision({ files }))).rejects.toThrow(RangeError);
});

test("refuses a bundle without index.html, with too many files or too many bytes", async () => {
  await using root = await openTemporaryRoot();
  const publish = (files: Map<string, string | Uint8Array>) => publishRevision(root.path, createRevision({ files }));
  await expect(publish(new Map([["a.html", ""]]))).rejects.toThrow(RangeError);
  const many = Array.from({ length: 201 }, (_, i): [string, string] => [i === 0 ? "index.html" : `p${i}.html`, ""]);
  await expect(publish(new Map(many))).rejects.toThrow(OutputError);
  const large = new Uint8Array(16 * 1024 * 1024 + 1);
  await expect(publish(new Map([["index.html", large]]))).rejects.toThrow(OutputError);
});

test("a missing previews directory is a storage error that names it and no site", async () => {
  const revision = createRevision();
  const error = await publishRevision("/nonexistent/previews", revision).catch((error: unknown) => error);
  expect(error).toBeInstanceOf(StorageError);
  expect(String(error)).toContain("/nonexistent/previews");
  expect(Bun.inspect(error)).not.toContain(revision.siteId);
});

test("a removed site keeps its gravestone and takes no more revisions", async () => {
  await using root = await openTemporaryRoot();
  const revision = createRevision();
  await publishRevision(root.path, revision);
  await removeSite(root.path, revision.siteId, "deleted");
  expect(await readdir(join(root.path, revision.siteId))).toEqual(["site.json"]);
  expect(await readSiteIndex(root.path, revision.siteId)).toMatchObject({ state: "gone", reason: "deleted" });
  expect(await findPublished(root.path, revision.siteId, revision.jobId)).toBeUndefined();
  const next = createRevision({ siteId: revision.siteId, revision: 2 });
  await expect(publishRevision(root.path, next)).rejects.toThrow(NotFoundError);
});

test("content that was taken down is refused on every site", async () => {
  await using root = await openTemporaryRoot();
  const revision = createRevision();
  await publishRevision(root.path, revision);
  await removeSite(root.path, revision.siteId, "taken_down");
  expect(await readdir(join(root.path, revision.siteId))).toEqual(["site.json"]);

  const error = await publishRevision(root.path, createRevision()).catch((error: unknown) => error);
  expect(error).toBeInstanceOf(OutputError);
  expect(error).toMatchObject({ reason: "blocked", retryable: false });
  const innocent = new Map([...createRevision().files, ["index.html", "<p>other"]]);
  innocent.delete("assets/dot.png");
  await publishRevision(root.path, createRevision({ files: innocent }));
});

test("the expiry of a site moves and survives new revisions", async () => {
  await using root = await openTemporaryRoot();
  const expiresAt = new Date("2030-01-01T00:00:00Z");
  const revision = createRevision({ expiresAt });
  await publishRevision(root.path, revision);
  await publishRevision(root.path, createRevision({ siteId: revision.siteId, revision: 2 }));
  expect(await readSiteIndex(root.path, revision.siteId)).toMatchObject({ expiresAt });
  await setExpiry(root.path, revision.siteId, undefined);
  expect(await readSiteIndex(root.path, revision.siteId)).not.toHaveProperty("expiresAt");
});

test("nothing is published on a site that has expired", async () => {
  await using root = await openTemporaryRoot();
  const revision = createRevision({ expiresAt: new Date(Date.now() - 1) });
  await publishRevision(root.path, revision);
  const later = createRevision({ siteId: revision.siteId, revision: 2, expiresAt: new Date(Date.now() + 60_000) });
  await expect(publishRevision(root.path, later)).rejects.toThrow(NotFoundError);
});

test("verification names each file that is altered, missing or foreign", async () => {
  await using root = await openTemporaryRoot();
  const revision = createRevision();
  await publishRevision(root.path, revision);
  expect(await verifyBundle(root.path, revision.siteId)).toMatchObject({
    revision: 1,
    files: 9,
    documents: 1,
    scripts: 0,
    outsideRequests: 0,
    problems: [],
  });
  const directory = join(root.path, revision.siteId, "r1");
  await Bun.write(join(directory, "index.html"), samplePage.replace("Good", "Evil"));
  await Bun.file(join(directory, "assets/dot.png")).delete();
  await Bun.write(join(directory, "extra.html"), "x");
  expect((await verifyBundle(root.path, revision.siteId)).problems.sort()).toEqual([
    "assets/dot.png: missing",
    "extra.html: not on the manifest",
    "index.html: altered",
  ]);
});

test("verification tells what the sanitizer would not let through", async () => {
  await using root = await openTemporaryRoot();
  const image = `<img src="https://evil.example/x.png" alt="">`;
  const files = new Map([
    ["index.html", samplePage.replace("<p>", `<p onclick=alert(1)>${image}`)],
    ["assets/art.svg", `<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script><path d="M0 0"/></svg>`],
    ["assets/fine.svg", `<svg xmlns="http://www.w3.org/2000/svg"><path d="M0 0h9"/></svg>`],
  ]);
  const revision = createRevision({ files });
  await publishRevision(root.path, revision);
  expect(await verifyBundle(root.path, revision.siteId)).toMatchObject({
    documents: 3,
    scripts: 2,
    outsideRequests: 1,
    problems: [
      "index.html: not as the sanitizer leaves it (attribute:handler 1, url:remote 1)",
      "assets/art.svg: not as the sanitizer leaves it (element:other-foreign 1)",
    ],
  });
});

test("a sweep removes old leftovers and nothing that is visible or young", async () => {
  await using root = await openTemporaryRoot();
  const revision = createRevision();
  await publishRevision(root.path, revision);
  const site = join(root.path, revision.siteId);
  await mkdir(join(site, ".tmp-half"));
  await mkdir(join(site, "r7"));
  expect(await sweepTemporary(root.path, 60_000)).toBe(0);
  expect(await sweepTemporary(root.path, 60_000, new Date(Date.now() + 61_000))).toBe(2);
  expect((await readdir(site)).sort()).toEqual(["r1", "site.json"]);
});
