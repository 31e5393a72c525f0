import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "bun:test";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "drizzle-orm";
import pino from "pino";
import { createMockProvider, type MockOptions } from "../../src/ai/mock/mock-provider.ts";
import { findPublished } from "../../src/bundles/publish-revision.ts";
import { removeSite } from "../../src/bundles/remove-site.ts";
import type { Database } from "../../src/db/database.ts";
import type { JobId, SiteId } from "../../src/ids.ts";
import { createClaimer } from "../../src/jobs/claimer.ts";
import { createEnder } from "../../src/jobs/ender.ts";
import { getJob } from "../../src/jobs/find-job.ts";
import type { PictureSupply } from "../../src/jobs/gather-pictures.ts";
import { createIsolation } from "../../src/jobs/isolation.ts";
import type { Job } from "../../src/jobs/job.ts";
import { findReply } from "../../src/jobs/replies.ts";
import { submitJob } from "../../src/jobs/submit-job.ts";
import { findCurrentJobs, submitReplay } from "../../src/jobs/submit-replays.ts";
import { workJob } from "../../src/jobs/work-job.ts";
import type { Thumbnailer } from "../../src/thumbnail/create-thumbnailer.ts";
import { empty, openTestDatabase } from "../helpers/database.ts";

let db: Database;
let root: string;
beforeAll(async () => {
  db = await openTestDatabase();
});
afterAll(() => db[Symbol.asyncDispose]());
beforeEach(async () => {
  await empty(db);
  root = await mkdtemp(join(tmpdir(), "edit-page-"));
});
afterEach(() => rm(root, { recursive: true, force: true }));

const tenant = "terminal";

/** Every picture is the same drawing. */
const pictures: PictureSupply = {
  download: async () => readFile(join(import.meta.dir, "../fixtures/pictures/drawing.webp")),
  prepare: async (bytes) => ({ variants: [{ width: drawing.width, height: drawing.height, bytes }] }),
};
const drawing = { width: 320, height: 200 };

async function work(
  script?: MockOptions["script"],
  takeThumbnail?: Thumbnailer,
  supply?: PictureSupply,
): Promise<void> {
  await workJob(
    {
      db,
      provider: createMockProvider(script ? { script } : {}),
      previewsPath: root,
      takeThumbnail,
      pictures: supply,
      claim: createClaimer(db, { name: "test:1", lockKey: 1, provider: "mock" }),
      end: createEnder(db),
      policy: { maxRetries: 0, retryDelays: { baseMs: 0, maxMs: 0 } },
      previewUrl: (siteId) => `https://p.example/${siteId}/`,
      costOf: (_model, usage) => usage.outputTokens / 1000,
      logger: pino({ level: "silent" }),
      attempts: { begin: () => ({ [Symbol.dispose]() {} }) },
      isolation: createIsolation(),
    },
    { redelivered: false } as never,
    new AbortController().signal,
  );
}

async function run(
  request: { prompt: string; edit?: SiteId },
  script?: MockOptions["script"],
  takeThumbnail?: Thumbnailer,
): Promise<Job> {
  const { jobId } = await submitJob(db, { ...request, tenant });
  await work(script, takeThumbnail);
  return getJob(db, jobId);
}

async function replay(source: JobId): Promise<Job> {
  const jobId = await submitReplay(db, source);
  await work();
  return getJob(db, jobId);
}

function index(siteId: SiteId, revision: number): Promise<string> {
  return readFile(join(root, siteId, `r${revision}`, "index.html"), "utf8");
}

const prompt = "A coffee shop called Ember";

describe("an edit", () => {
  test("is published at the same address with what it changed, and the revision before stays", async () => {
    const { siteId } = await run({ prompt });
    const before = await index(siteId, 1);
    const job = await run({ prompt: 'Change "Ember" to "Amber"', edit: siteId });
    expect(job).toMatchObject({ status: "completed", revision: 2, baseRevision: 1, summary: "“Ember” → “Amber”" });
    expect(await index(siteId, 2)).toBe(before.replaceAll("Ember", "Amber"));
    expect(await index(siteId, 1)).toBe(before);
  });

  test("sees the edit before it", async () => {
    const { siteId } = await run({ prompt });
    const first = await submitJob(db, { prompt: 'Change "Ember" to "Amber"', edit: siteId, tenant });
    const second = await submitJob(db, { prompt: 'Change "Amber" to "Umber"', edit: siteId, tenant });
    await work();
    await work();
    expect((await getJob(db, first.jobId)).revision).toBe(2);
    expect(await getJob(db, second.jobId)).toMatchObject({
      revision: 3,
      baseRevision: 2,
      summary: "“Amber” → “Umber”",
    });
  });

  test("by a model costs what its tokens cost, and its repairs are recorded", async () => {
    const { siteId } = await run({ prompt });
    const job = await run({ prompt: "make it darker", edit: siteId }, (_, call) =>
      call === 1 ? { text: "Done!" } : undefined,
    );
    expect(job).toMatchObject({ status: "completed", summary: "The page is darker now.", provider: "mock" });
    expect(job.costUsd).toBeCloseTo(job.usage.outputTokens / 1000);
    const [attempt] = await db.query(sql`select repairs, cost_usd from job_attempts where job_id = ${job.id}::uuid`);
    expect(attempt).toEqual({ repairs: ["asked_again"], cost_usd: job.costUsd });
    const manifest = JSON.parse(await readFile(join(root, siteId, "r2", "manifest.json"), "utf8"));
    expect(manifest.repairs).toEqual(["asked_again"]);
    expect((await findPublished(root, siteId, job.id))?.repairs).toEqual(["asked_again"]);
  });

  test("made at once keeps the picture of the page, and waits for no browser", async () => {
    let taken = 0;
    const take: Thumbnailer = async () => new TextEncoder().encode(`picture ${++taken}`);
    const { siteId } = await run({ prompt }, undefined, take);
    const pictureOf = (revision: number) =>
      readFile(join(root, siteId, `r${revision}`, "assets", "preview.png"), "utf8");
    expect(await run({ prompt: 'Change "Ember" to "Amber"', edit: siteId }, undefined, take)).toMatchObject({
      revision: 2,
    });
    expect([await pictureOf(2), taken]).toEqual(["picture 1", 1]);
    await run({ prompt: "make it darker", edit: siteId }, undefined, take);
    expect([await pictureOf(3), taken]).toEqual(["picture 2", 2]);
    await run({ prompt: "undo", edit: siteId }, undefined, take);
    expect([await pictureOf(4), taken]).toEqual(["picture 1", 2]);
  });

  test("that a model refuses leaves the site as it is", async () => {
    const { siteId } = await run({ prompt });
    const job = await run({ prompt: "do something wild", edit: siteId });
    expect(job).toMatchObject({ status: "failed", revision: null, error: { code: "output_refused" } });
    expect(await db.query(sql`select current_revision from sites`)).toEqual([{ current_revision: 1 }]);
  });

  test("of a site that was taken down fails for good", async () => {
    const { siteId } = await run({ prompt });
    await removeSite(root, siteId, "taken_down");
    expect(await run({ prompt: "make it darker", edit: siteId })).toMatchObject({
      status: "failed",
      error: { code: "site_gone" },
    });
  });

  test("of a site without a page fails with a reason", async () => {
    const { siteId } = await run({ prompt }, () => ({ text: "I'm sorry, I can't." }));
    const job = await run({ prompt: "make it darker", edit: siteId });
    expect(job).toMatchObject({ status: "failed", error: { code: "no_revision" } });
  });
});

describe("back", () => {
  test("undo goes back step by step, each time as a new revision, until there is nothing left", async () => {
    const { siteId } = await run({ prompt });
    await run({ prompt: 'Change "Ember" to "Amber"', edit: siteId });
    await run({ prompt: 'Change "Amber" to "Umber"', edit: siteId });
    expect(await run({ prompt: "undo", edit: siteId })).toMatchObject({ revision: 4, summary: "↩ r2" });
    expect(await run({ prompt: "Rückgängig machen!", edit: siteId })).toMatchObject({ revision: 5, summary: "↩ r1" });
    expect(await index(siteId, 5)).toBe(await index(siteId, 1));
    expect(await run({ prompt: "undo", edit: siteId })).toMatchObject({
      status: "failed",
      error: { code: "no_revision" },
    });
  });

  test("an edit after an undo starts from what the undo brought back", async () => {
    const { siteId } = await run({ prompt });
    await run({ prompt: 'Change "Ember" to "Amber"', edit: siteId });
    await run({ prompt: "undo", edit: siteId });
    await run({ prompt: 'Change "Ember" to "Umber"', edit: siteId });
    expect(await index(siteId, 4)).toBe((await index(siteId, 1)).replaceAll("Ember", "Umber"));
    await run({ prompt: "undo", edit: siteId });
    expect(await index(siteId, 5)).toBe(await index(siteId, 1));
  });

  test("a revision by its number comes back, and can be undone", async () => {
    const { siteId } = await run({ prompt });
    await run({ prompt: 'Change "Ember" to "Amber"', edit: siteId });
    await run({ prompt: "back to revision 1", edit: siteId });
    expect(await index(siteId, 3)).toBe(await index(siteId, 1));
    await run({ prompt: "undo", edit: siteId });
    expect(await index(siteId, 4)).toBe(await index(siteId, 2));
    expect(await run({ prompt: "back to revision 99", edit: siteId })).toMatchObject({
      error: { code: "no_revision" },
    });
  });
});

describe("a replay", () => {
  test("of a page that comes out the same makes no revision", async () => {
    const { id, siteId } = await run({ prompt });
    expect(await replay(id)).toMatchObject({
      status: "completed",
      revision: null,
      title: expect.stringContaining("Ember"),
    });
    expect(await db.query(sql`select current_revision, title from sites where id = ${siteId}::text`)).toEqual([
      { current_revision: 1, title: expect.stringContaining("Ember") },
    ]);
  });

  test("of a page with a picture of itself does not take that for a change", async () => {
    const picture = async () => crypto.getRandomValues(new Uint8Array(9));
    const taken = await run({ prompt }, undefined, picture);
    const jobId = await submitReplay(db, taken.id);
    await work(undefined, picture);
    expect(await getJob(db, jobId)).toMatchObject({ status: "completed", revision: null });
  });

  test("of a page that a weaker sanitizer let through makes a clean revision", async () => {
    const { id, siteId } = await run({ prompt });
    const path = join(root, siteId, "r1", "index.html");
    const clean = await readFile(path, "utf8");
    await damage(path, clean.replace("<main", "<script>alert(1)</script><main"));
    expect(await replay(id)).toMatchObject({ status: "completed", revision: 2 });
    expect(await index(siteId, 2)).toBe(clean);
  });

  test("of an edited page reads all that was written for it again", async () => {
    const { siteId } = await run({ prompt });
    await run({ prompt: 'Change "Ember" to "Amber"', edit: siteId });
    const edit = await run({ prompt: "make it darker", edit: siteId });
    const path = join(root, siteId, "r3", "index.html");
    const clean = await readFile(path, "utf8");
    // Not what a sanitizer would find: only what was written tells that it does not belong there.
    await damage(path, clean.replace("<main", "<p>somebody else's words</p><main"));
    expect(await findCurrentJobs(db)).toEqual([edit.id]);
    const first = await replay(edit.id);
    expect(first).toMatchObject({ revision: 4, summary: "made again from what was written for it" });
    expect(await index(siteId, 4)).toBe(clean);
    // And what a replay made can be replayed.
    const again = await replay(first.id);
    expect(again).toMatchObject({ status: "completed", revision: null, summary: first.summary });
  });

  test.each([
    ["a reply is no longer kept", "make it darker", "update replies set expires_at = now() - interval '1 second'"],
    [
      "a change no longer fits",
      'Change "Ember" to "Amber"',
      "update jobs set prompt = 'Change \"Umber\" to \"Amber\"' where kind = 'edit'",
    ],
    ["it was brought back", "back to revision 1", "select 1"],
  ])("of an edited page sanitizes what is published when %s", async (_, wish, statement) => {
    const { siteId } = await run({ prompt });
    const edit = await run({ prompt: wish, edit: siteId });
    const path = join(root, siteId, "r2", "index.html");
    const clean = await readFile(path, "utf8");
    await damage(path, clean.replace("<main", "<main onclick='x()'"));
    await db.query(sql.raw(statement));
    expect(await replay(edit.id)).toMatchObject({ revision: 3, summary: "the published page was sanitized again" });
    expect(await index(siteId, 3)).toBe(clean);
  });

  test("of a page with pictures of the person puts them where they were", async () => {
    const { jobId, siteId } = await submitJob(db, { prompt, tenant });
    await db.query(sql`insert into pictures (job_id, sender, file_id) values (${jobId}::uuid, 'somebody', 'file')`);
    await work(undefined, undefined, pictures);
    const before = await index(siteId as SiteId, 1);
    expect(before).toContain('src="assets/picture-1-');
    expect(await replay(jobId)).toMatchObject({ status: "completed", revision: null });
    const edit = await run({ prompt: "make it darker", edit: siteId as SiteId });
    const summary = "made again from what was written for it";
    expect(await replay(edit.id)).toMatchObject({ revision: null, summary });
    expect(await index(siteId as SiteId, 2)).toContain('src="assets/picture-1-');
  });

  test("of a job whose page was edited since is refused", async () => {
    const { id, siteId } = await run({ prompt });
    await run({ prompt: 'Change "Ember" to "Amber"', edit: siteId });
    expect(await replay(id)).toMatchObject({ status: "failed", error: { code: "no_revision" } });
  });

  test("of a job that failed reads its reply again", async () => {
    const failed = await run({ prompt }, () => ({ text: "no page in here" }));
    expect(await findReply(db, failed.id)).toBe("no page in here");
    expect(await replay(failed.id)).toMatchObject({ status: "failed", error: { code: "output_no_document" } });
  });

  test("needs the reply, which is kept for a while only", async () => {
    const { id } = await run({ prompt });
    await db.query(sql`update replies set expires_at = now() - interval '1 second'`);
    expect(await findReply(db, id)).toBeUndefined();
    await run({ prompt: "another page" });
    expect(await db.query(sql`select count(*)::int as kept from replies`)).toEqual([{ kept: 1 }]);
  });
});

/** What is on the disk is what an earlier program put there: its manifest has the size, which reading relies on. */
async function damage(path: string, html: string): Promise<void> {
  await writeFile(path, html);
  const manifest = join(path, "..", "manifest.json");
  const text = await readFile(manifest, "utf8");
  await writeFile(manifest, text.replace(/("index\.html": \{[^}]*?"size": )\d+/, `$1${Buffer.byteLength(html)}`));
}

describe("a site of several pages", () => {
  const several = "A website with several pages for a coffee shop called Ember";
  const pages = async (siteId: SiteId, revision: number): Promise<Map<string, string>> => {
    const folder = join(root, siteId, `r${revision}`);
    const names = (await readdir(folder)).filter((name) => name.endsWith(".html")).sort();
    return new Map(
      await Promise.all(names.map(async (name) => [name, await readFile(join(folder, name), "utf8")] as const)),
    );
  };

  test("is one style sheet, one heading a page, and links that lead to its pages", async () => {
    const { siteId } = await run({ prompt: several });
    const site = await pages(siteId, 1);
    expect(site.size).toBeGreaterThan(3);
    const styles = [...site.values()].map((html) => /--bg:[^;]*;/.exec(html)?.[0]);
    expect(new Set(styles).size).toBe(1);
    for (const html of site.values()) {
      expect(html.match(/<h1/g)).toHaveLength(1);
      const links = [...html.matchAll(/<a [^>]*href="([^"#:]+)"/g)].map((match) => match[1]);
      expect(links.length).toBeGreaterThan(2);
      for (const link of links) expect([...site.keys()]).toContain(link as string);
    }
    const anchors = new Set([...site.values()].flatMap((html) => html.match(/href="[a-z-]+\.html"/g) ?? []));
    expect(anchors.size).toBe(site.size);
  });

  test("is changed on every page, by a block and at once, and comes back by an undo", async () => {
    const { siteId, id } = await run({ prompt: several });
    expect(await replay(id)).toMatchObject({ status: "completed", revision: null });
    const before = await pages(siteId, 1);
    expect(await run({ prompt: 'Change "Ember" to "Amber"', edit: siteId })).toMatchObject({ revision: 2 });
    const renamed = await pages(siteId, 2);
    for (const [path, html] of before) expect(renamed.get(path)).toBe(html.replaceAll("Ember", "Amber"));
    expect(await run({ prompt: "make it darker", edit: siteId })).toMatchObject({ revision: 3 });
    for (const html of (await pages(siteId, 3)).values()) expect(html).toContain("color-scheme:dark");
    await run({ prompt: "undo", edit: siteId });
    expect(await pages(siteId, 4)).toEqual(renamed);
  });

  test("is not published when a page of it is cut off", async () => {
    const job = await run({ prompt: several }, () => ({ cutAfter: 9000, end: "stop" }));
    expect(job).toMatchObject({ status: "failed", revision: null, error: { code: "output_truncated" } });
  });
});
