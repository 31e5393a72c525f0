import { expect, setDefaultTimeout, test } from "bun:test";
import { utimes } from "node:fs/promises";
import { join } from "node:path";
import { publishRevision } from "../../src/bundles/publish-revision.ts";
import { removeSite } from "../../src/bundles/remove-site.ts";
import { readSiteIndex } from "../../src/bundles/site-index.ts";
import { verifyBundle } from "../../src/bundles/verify-bundle.ts";
import { createJobId } from "../../src/ids.ts";
import { createRevision } from "./sample-revision.ts";
import { openTemporaryRoot } from "./temporary-root.ts";

setDefaultTimeout(120_000);

const jobId = createJobId();

/** A process per step adds up: by default every fifth is taken, and all of them with `CRASH_EVERY_STEP=1`. */
const isFull = process.env["CRASH_EVERY_STEP"] === "1";
const stride = isFull ? 1 : 5;

async function openSite() {
  const root = await openTemporaryRoot();
  const revision = createRevision();
  await publishRevision(root.path, revision);
  return { root: root.path, siteId: revision.siteId, [Symbol.asyncDispose]: () => root[Symbol.asyncDispose]() };
}

type Site = Awaited<ReturnType<typeof openSite>>;

/** How the work ended: `untouched` by the fault, `done` in spite of it, the name of an error, or nothing when the process died. */
async function failAtStep(action: string, { root, siteId }: Site, fault: string, step: number): Promise<string> {
  const script = Bun.fileURLToPath(import.meta.resolve("./fail-at-step.ts"));
  const command = [process.execPath, script, action, root, siteId, jobId, fault, String(step)];
  const child = Bun.spawn(command, { stderr: "pipe" });
  const [output, errors] = await Promise.all([child.stdout.text(), child.stderr.text(), child.exited]);
  expect(errors).toBe("");
  return output;
}

/** Ages the lock of a process that died holding it, instead of waiting until it counts as stale. */
async function ageLock({ root, siteId }: Site): Promise<void> {
  const lock = join(root, siteId, ".lock");
  if (await Bun.file(lock).exists()) await utimes(lock, 0, 0);
}

/** What everybody sees: the current revision, after checking that all that is listed is whole. */
async function readCurrent({ root, siteId }: Site): Promise<number | string> {
  const index = await readSiteIndex(root, siteId);
  if (index?.state !== "live") return index?.reason ?? "nothing";
  for (const { revision } of index.revisions) expect((await verifyBundle(root, siteId, revision)).problems).toEqual([]);
  return index.current;
}

test("killed at any step, a publication shows the old revision or the new, and is finished by the next try", async () => {
  const seen = new Set<number | string>();
  for (let step = 1; ; step += stride) {
    await using site = await openSite();
    const end = await failAtStep("publish", site, "die", step);
    seen.add(await readCurrent(site));
    await ageLock(site);
    const again = await publishRevision(site.root, createRevision({ siteId: site.siteId, jobId, revision: 2 }));
    expect(again).toMatchObject({ revision: 2, jobId });
    expect(await readCurrent(site)).toBe(2);
    if (end === "untouched") break;
    expect(end).toBe("");
  }
  expect(seen).toEqual(new Set([1, 2]));
});

test.each(isFull ? ["ENOSPC", "EROFS", "EIO"] : ["ENOSPC"])(
  "%s at any step is a storage error and leaves the old revision or the new",
  async (code) => {
    for (let step = 1; ; step += stride) {
      await using site = await openSite();
      const end = await failAtStep("publish", site, code, step);
      expect(await readCurrent(site)).toBeOneOf([1, 2]);
      await ageLock(site);
      await publishRevision(site.root, createRevision({ siteId: site.siteId, jobId, revision: 2 }));
      expect(await readCurrent(site)).toBe(2);
      if (end === "untouched") break;
      expect(end).toBeOneOf(["StorageError", "done"]);
    }
  },
);

test("killed at any step, a takedown leaves the site whole or gone, and is finished by the next try", async () => {
  for (let step = 1; ; step += stride) {
    await using site = await openSite();
    const end = await failAtStep("takedown", site, "die", step);
    expect(await readCurrent(site)).toBeOneOf([1, "taken_down"]);
    await ageLock(site);
    await removeSite(site.root, site.siteId, "taken_down");
    expect(await readCurrent(site)).toBe("taken_down");
    await expect(publishRevision(site.root, createRevision())).rejects.toMatchObject({ reason: "blocked" });
    if (end === "untouched") break;
    expect(end).toBe("");
  }
});
