import { expect, setDefaultTimeout, test } from "bun:test";
import { mkdir, utimes } from "node:fs/promises";
import { join } from "node:path";
import { publishRevision } from "../../src/bundles/publish-revision.ts";
import { readSiteIndex, writeSiteIndex } from "../../src/bundles/site-index.ts";
import { withSiteLock } from "../../src/bundles/site-lock.ts";
import { StorageError } from "../../src/errors.ts";
import { createSiteId } from "../../src/ids.ts";
import { createRevision } from "./sample-revision.ts";
import { openTemporaryRoot } from "./temporary-root.ts";

setDefaultTimeout(60_000);

test("only one holds the lock at a time, though it was left behind by a crash", async () => {
  await using root = await openTemporaryRoot();
  const siteId = createSiteId();
  await mkdir(join(root.path, siteId));
  const lock = join(root.path, siteId, ".lock");
  await Bun.write(lock, "");
  await utimes(lock, 0, 0);
  let holders = 0;
  let most = 0;
  const hold = () =>
    withSiteLock(root.path, siteId, async () => {
      most = Math.max(most, ++holders);
      await new Promise((resolve) => setImmediate(resolve));
      holders--;
    });
  await Promise.all(Array.from({ length: 8 }, hold));
  expect(most).toBe(1);
  expect(await Bun.file(lock).exists()).toBe(false);
});

test("the lock is released when the work fails", async () => {
  await using root = await openTemporaryRoot();
  const siteId = createSiteId();
  await mkdir(join(root.path, siteId));
  await expect(withSiteLock(root.path, siteId, () => Promise.reject(new RangeError("no")))).rejects.toThrow("no");
  expect(await withSiteLock(root.path, siteId, () => Promise.resolve(1))).toBe(1);
});

test("whoever was held up until another took the lock writes nothing, and leaves the lock to its holder", async () => {
  await using root = await openTemporaryRoot();
  const { siteId } = await publishRevision(root.path, createRevision());
  const lock = join(root.path, siteId, ".lock");
  const late = withSiteLock(root.path, siteId, async (stillHeld) => {
    const found = await readSiteIndex(root.path, siteId);
    if (!found) throw new TypeError("published");
    await stillHeld();
    // Half a minute passes here.
    await utimes(lock, 0, 0);
    await publishRevision(root.path, createRevision({ siteId, revision: 2 }));
    await withSiteLock(root.path, siteId, async () => {
      const holder = await Bun.file(lock).text();
      await expect(writeSiteIndex(root.path, siteId, found, stillHeld)).rejects.toThrow(StorageError);
      expect(await Bun.file(lock).text()).toBe(holder);
    });
    await Bun.write(lock, "another's");
  });
  await late;
  expect(await Bun.file(lock).text()).toBe("another's");
  expect(await readSiteIndex(root.path, siteId)).toMatchObject({
    current: 2,
    revisions: [{ revision: 1 }, { revision: 2 }],
  });
});
