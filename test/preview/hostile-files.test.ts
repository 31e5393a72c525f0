import { expect, setDefaultTimeout, test } from "bun:test";
import { mkdir, rename, rm, symlink } from "node:fs/promises";
import { join } from "node:path";
import { samplePage } from "../bundles/sample-revision.ts";
import { openPreviewStage } from "./preview-stage.ts";

setDefaultTimeout(60_000);

type Stage = Awaited<ReturnType<typeof openPreviewStage>>;

async function replaceStyle(stage: Stage, replace: (path: string, bundle: string) => Promise<unknown>) {
  const bundle = join(stage.root, stage.revision.siteId, "r1");
  const style = join(bundle, "assets/style.css");
  await rename(style, join(stage.root, "style.css"));
  await replace(style, bundle);
  return stage.get(`${stage.site}/assets/style.css`, { headers: { "accept-encoding": "identity" } });
}

test("a link is not followed, even to the right bytes", async () => {
  await using stage = await openPreviewStage();
  const answer = await replaceStyle(stage, (style) => symlink(join(stage.root, "style.css"), style));
  expect(answer.status).toBe(404);
});

test("a link instead of a folder is not followed, even to the right bytes", async () => {
  await using stage = await openPreviewStage();
  const answer = await replaceStyle(stage, async (style, bundle) => {
    await rename(join(stage.root, "style.css"), style);
    await rename(join(bundle, "assets"), join(stage.root, "assets"));
    await symlink(join(stage.root, "assets"), join(bundle, "assets"));
  });
  expect(answer.status).toBe(404);
});

test("a site or revision that is a link does not exist", async () => {
  await using stage = await openPreviewStage();
  const site = join(stage.root, stage.revision.siteId);
  await rename(join(site, "r1"), join(site, "elsewhere"));
  await symlink("elsewhere", join(site, "r1"));
  expect((await stage.get(`${stage.site}/r/1/`)).status).not.toBe(200);
  await rename(site, join(stage.root, "elsewhere"));
  await symlink("elsewhere", site);
  await stage.until(`${stage.site}/`, ({ status }) => status === 404);
});

test("a fifo is not waited for", async () => {
  await using stage = await openPreviewStage();
  const answer = await replaceStyle(stage, async (style) => Bun.spawn(["mkfifo", style]).exited);
  expect(answer.status).toBe(404);
  expect((await stage.get(`${stage.site}/`)).status).toBe(200);
});

test("a fifo is not even opened: whoever waits for a reader goes on waiting", async () => {
  await using stage = await openPreviewStage();
  let writer: Bun.Subprocess<"ignore", "pipe"> | undefined;
  const answer = await replaceStyle(stage, async (style) => {
    await Bun.spawn(["mkfifo", style]).exited;
    writer = Bun.spawn(["sh", "-c", `echo ready; exec 3>"$0"; exit 7`, style], { stdin: "ignore", stdout: "pipe" });
    await writer.stdout.getReader().read();
    // Then it sleeps until somebody opens the other end.
    while (!/\) S /.test(await Bun.file(`/proc/${writer.pid}/stat`).text())) await Bun.sleep(5);
  });
  expect(answer.status).toBe(404);
  expect(writer?.exitCode).toBeNull();
  writer?.kill("SIGKILL");
  expect(await writer?.exited).not.toBe(7);
});

test("a directory in the place of a file does not exist", async () => {
  await using stage = await openPreviewStage();
  expect((await replaceStyle(stage, (style) => mkdir(style))).status).toBe(404);
});

test("a file with other bytes than its manifest says is not served", async () => {
  await using stage = await openPreviewStage();
  const answer = await replaceStyle(stage, async (style) => {
    const text = await Bun.file(join(stage.root, "style.css")).text();
    await Bun.write(style, text.replace("rebeccapurple", "rebeccaorange"));
  });
  expect(answer.status).toBe(404);
});

test("a file that is gone from the disk is 404", async () => {
  await using stage = await openPreviewStage();
  expect((await replaceStyle(stage, (style) => rm(style, { force: true }))).status).toBe(404);
});

test("pages in memory survive a disk that fails", async () => {
  await using stage = await openPreviewStage();
  await stage.get(`${stage.site}/`, { headers: { "accept-encoding": "identity" } });
  // A loop of links makes every system call on the index fail, as a broken disk would.
  await symlink("loop", join(stage.root, "loop"));
  await rename(join(stage.root, stage.revision.siteId), join(stage.root, "away"));
  await symlink("loop", join(stage.root, stage.revision.siteId));
  const end = Date.now() + 600;
  while (Date.now() < end) {
    const answer = await stage.get(`${stage.site}/`, { headers: { "accept-encoding": "identity" } });
    expect(await answer.text()).toBe(samplePage);
  }
});
