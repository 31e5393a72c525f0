import { expect, setDefaultTimeout, test } from "bun:test";
import { rename } from "node:fs/promises";
import { join } from "node:path";
import { setExpiry } from "../../src/bundles/remove-site.ts";
import { samplePage } from "../bundles/sample-revision.ts";
import { openPreviewStage } from "./preview-stage.ts";

setDefaultTimeout(60_000);

async function actElsewhere(action: "publish" | "takedown", root: string, siteId: string) {
  const script = Bun.fileURLToPath(import.meta.resolve("./publish-elsewhere.ts"));
  const child = Bun.spawn([process.execPath, script, action, root, siteId], { stderr: "pipe" });
  expect([await child.exited, await child.stderr.text()]).toEqual([0, ""]);
}

test("a revision published by another process shows within a second", async () => {
  await using stage = await openPreviewStage();
  expect(await (await stage.get(`${stage.site}/`)).text()).toBe(samplePage);
  await actElsewhere("publish", stage.root, stage.revision.siteId);
  await stage.until(`${stage.site}/`, async (answer) => (await answer.text()) === "<p>the second revision");
  expect(await (await stage.get(`${stage.site}/r/1/`)).text()).toBe(samplePage);
});

test("a takedown by another process shows within a second, on pinned revisions too", async () => {
  await using stage = await openPreviewStage();
  for (const path of ["/", "/r/1/", "/assets/style.css"]) expect((await stage.get(stage.site + path)).status).toBe(200);
  await actElsewhere("takedown", stage.root, stage.revision.siteId);
  await stage.until(`${stage.site}/`, ({ status }) => status === 410);
  for (const path of ["", "/r/1/", "/assets/style.css", "/nothing"]) {
    expect((await stage.get(stage.site + path)).status).toBe(410);
  }
});

test("a site that vanishes from the disk is 404 within a second", async () => {
  await using stage = await openPreviewStage();
  expect((await stage.get(`${stage.site}/`)).status).toBe(200);
  await rename(join(stage.root, stage.revision.siteId), join(stage.root, "away"));
  await stage.until(`${stage.site}/`, ({ status }) => status === 404);
});

test("a site past its expiry is 410 though its files are there", async () => {
  await using stage = await openPreviewStage({ expiresAt: new Date(Date.now() - 1) });
  expect((await stage.get(`${stage.site}/`)).status).toBe(410);
  await setExpiry(stage.root, stage.revision.siteId, new Date(Date.now() + 60_000));
  await stage.until(`${stage.site}/`, ({ status }) => status === 200);
});
