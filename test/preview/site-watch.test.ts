import { expect, setDefaultTimeout, test } from "bun:test";
import { openLivePage } from "../../src/bundles/live-page.ts";
import { readSiteStatus } from "../../src/bundles/site-status.ts";
import { createJobId, createSiteId } from "../../src/ids.ts";
import { SiteWatch } from "../../src/preview/site-watch.ts";
import { openTemporaryRoot } from "../bundles/temporary-root.ts";

setDefaultTimeout(60_000);

test("a watch that everybody left takes nobody in: they would wait for ever", async () => {
  await using root = await openTemporaryRoot();
  const siteId = createSiteId();
  const live = await openLivePage(root.path, siteId, createJobId());
  const status = await readSiteStatus(root.path, siteId);
  if (!status) throw new TypeError("nothing is being written");
  const watch = new SiteWatch(root.path, siteId, status);
  watch.viewers = 1;
  const running = watch.run();
  live.write("a word");
  while (!watch.page?.length) await watch.changed();
  expect(watch.isOpen).toBe(true);
  watch.viewers = 0;
  await running;
  expect([watch.isOpen, watch.isOver]).toEqual([false, false]);
  await live.end({ state: "cancelled" });
});
