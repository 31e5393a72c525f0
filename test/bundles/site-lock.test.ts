import { expect, setDefaultTimeout, test } from "bun:test";
import { mkdir, utimes } from "node:fs/promises";
import { join } from "node:path";
import { withSiteLock } from "../../src/bundles/site-lock.ts";
import { createSiteId } from "../../src/ids.ts";
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
