import { expect, setDefaultTimeout, test } from "bun:test";
import { readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { openLivePage } from "../../src/bundles/live-page.ts";
import { publishRevision } from "../../src/bundles/publish-revision.ts";
import { removeSite } from "../../src/bundles/remove-site.ts";
import { readSiteStatus } from "../../src/bundles/site-status.ts";
import { sweepTemporary } from "../../src/bundles/sweep-temporary.ts";
import { NotFoundError, StorageError } from "../../src/errors.ts";
import { createJobId, createSiteId } from "../../src/ids.ts";
import { until } from "../helpers/until.ts";
import { createRevision } from "./sample-revision.ts";
import { openTemporaryRoot } from "./temporary-root.ts";

setDefaultTimeout(60_000);

async function openSample() {
  const root = await openTemporaryRoot();
  const [siteId, jobId] = [createSiteId(), createJobId()];
  const live = await openLivePage(root.path, siteId, jobId);
  return {
    root: root.path,
    siteId,
    jobId,
    live,
    status: () => readSiteStatus(root.path, siteId),
    names: async () => (await readdir(join(root.path, siteId))).sort(),
    async text() {
      const status = await readSiteStatus(root.path, siteId);
      return status?.state === "writing"
        ? Bun.file(join(root.path, siteId, status.live, "page.html"))
            .text()
            .catch(() => undefined)
        : undefined;
    },
    async [Symbol.asyncDispose]() {
      await live.end({ state: "abandoned" });
      await root[Symbol.asyncDispose]();
    },
  };
}

test("what is written is in the file that the status names, in order", async () => {
  await using sample = await openSample();
  expect(await sample.text()).toBe("");
  const words = Array.from({ length: 500 }, (_, i) => `${i} ☕️ `);
  for (const word of words) sample.live.write(word);
  await until(async () => (await sample.text()) === words.join(""));
});

test("a restart begins another file and takes the first away", async () => {
  await using sample = await openSample();
  const first = await sample.status();
  sample.live.write("a draft");
  sample.live.restart();
  sample.live.write("the page");
  await until(async () => (await sample.text()) === "the page");
  expect(await sample.status()).not.toEqual(first);
  expect((await sample.names()).filter((name) => name.startsWith(".live-"))).toHaveLength(1);
});

test("how it ended is left behind, and nothing else", async () => {
  for (const how of [
    { state: "failed", code: "output_refused" },
    { state: "retrying" },
    { state: "queued" },
    { state: "cancelled" },
  ] as const) {
    await using sample = await openSample();
    sample.live.write("half a page");
    await sample.live.end(how);
    expect(await sample.status()).toMatchObject({ jobId: sample.jobId, ...how });
    expect(await sample.names()).toEqual(["status.json"]);
  }
  await using sample = await openSample();
  await sample.live.end({ state: "published" });
  expect(await sample.names()).toEqual([]);
});

test("an attempt that lost its job leaves what its successor shows", async () => {
  await using sample = await openSample();
  const successor = await openLivePage(sample.root, sample.siteId, sample.jobId);
  successor.write("the page");
  sample.live.write("a late word");
  await sample.live.end({ state: "abandoned" });
  await until(async () => (await sample.text()) === "the page");
  await successor.end({ state: "published" });
  expect(await sample.names()).toEqual([]);
});

test("a disk that fails ends the show, not the attempt", async () => {
  await using sample = await openSample();
  await rm(join(sample.root, sample.siteId), { recursive: true });
  sample.live.restart();
  sample.live.write("unseen");
  await sample.live.end({ state: "published" });
});

test("nothing is shown of a site that is gone", async () => {
  await using root = await openTemporaryRoot();
  const revision = createRevision();
  await publishRevision(root.path, revision);
  await removeSite(root.path, revision.siteId, "taken_down");
  expect(openLivePage(root.path, revision.siteId, createJobId())).rejects.toThrow(NotFoundError);
});

test("a previews directory that is not there is named", async () => {
  expect(openLivePage("/proc/nowhere", createSiteId(), createJobId())).rejects.toThrow(StorageError);
});

test("a takedown takes the page being written too", async () => {
  await using sample = await openSample();
  sample.live.write("half a page");
  await removeSite(sample.root, sample.siteId, "taken_down");
  expect(await sample.names()).toEqual(["site.json"]);
});

test("why a site never had a page is forgotten after a week", async () => {
  await using sample = await openSample();
  await sample.live.end({ state: "failed", code: "internal" });
  const inDays = (days: number) => new Date(Date.now() + days * 86_400_000);
  expect(await sweepTemporary(sample.root, 60_000, inDays(6))).toBe(0);
  expect(await sweepTemporary(sample.root, 60_000, inDays(8), { dryRun: true })).toBe(1);
  expect(await sample.names()).toEqual(["status.json"]);
  expect(await sweepTemporary(sample.root, 60_000, inDays(8))).toBe(1);
  expect(await readdir(sample.root)).toEqual([]);
});

test("what a dead writer left is swept away", async () => {
  await using sample = await openSample();
  expect(await sweepTemporary(sample.root, 60_000)).toBe(0);
  expect(await sweepTemporary(sample.root, 60_000, new Date(Date.now() + 3_600_000))).toBe(1);
  expect(await sample.names()).toEqual(["status.json"]);
});
