import { expect, setDefaultTimeout, test } from "bun:test";
import { mkdir, readdir, readlink, rename, symlink } from "node:fs/promises";
import { connect } from "node:net";
import { join } from "node:path";
import { parse, serializeOuter } from "parse5";
import { publishRevision } from "../../src/bundles/publish-revision.ts";
import { removeSite } from "../../src/bundles/remove-site.ts";
import { readSiteStatus } from "../../src/bundles/site-status.ts";
import { createJobId, createSiteId } from "../../src/ids.ts";
import { createRevision } from "../bundles/sample-revision.ts";
import { until } from "../helpers/until.ts";
import { openLiveStage } from "./live-stage.ts";

setDefaultTimeout(60_000);

const head = "<!doctype html><html lang=en><title>Coffee</title><style>p{color:red}</style><body><h1>Coffee</h1>";

test("a page is seen while it is written, in one answer, and that is what is published", async () => {
  await using stage = await openLiveStage();
  const page = await stage.write();
  page.write(head);
  const viewer = await stage.watch(stage.site);
  await viewer.until((text) => text.includes("<h1>Coffee</h1>"));
  for (let i = 0; i < 20; i++) {
    page.write(`<p>word ${i}</p>`);
    await viewer.until((text) => text.includes(`word ${i}</p>`));
  }
  const published = await page.publish();
  expect(await viewer.rest()).toBe(published);
  expect(await (await stage.get(stage.site)).text()).toBe(published);
});

test("a growing answer has every header of a page, is not stored, and not compressed", async () => {
  await using stage = await openLiveStage();
  const page = await stage.write();
  page.write(head);
  const { answer, leave } = await stage.watch(stage.site);
  await leave();
  expect(answer.status).toBe(200);
  expect(answer.headers.get("content-encoding")).toBeNull();
  expect(answer.headers.get("cache-control")).toBe("no-store, no-transform");
  await page.publish();
  const published = await stage.get(stage.site);
  for (const [name, value] of published.headers) {
    if (/^(?:etag|vary|accept-ranges|content-encoding|content-length|cache-control|date)$/.test(name)) continue;
    expect([name, answer.headers.get(name)]).toEqual([name, value]);
  }
});

test("who asks before the first word waits for it", async () => {
  await using stage = await openLiveStage();
  await mkdir(join(stage.root, stage.siteId));
  await stage.tell({ state: "queued" });
  const watching = stage.watch(stage.site);
  const page = await stage.write();
  page.write(head);
  const viewer = await watching;
  expect(await viewer.until((text) => text.includes("Coffee"))).toStartWith("<!DOCTYPE html>");
  expect(await page.publish()).toBe(await viewer.rest());
});

test.each([
  ["queued", 200, "waiting its turn"],
  ["retrying", 200, "tried again"],
  ["cancelled", 404, "cancelled"],
] as const)("a %s job says so", async (state, status, words) => {
  await using stage = await openLiveStage();
  await mkdir(join(stage.root, stage.siteId));
  await stage.tell({ state });
  const answer = await stage.get(stage.site);
  const text = await answer.text();
  expect([answer.status, text.includes(words)]).toEqual([status, true]);
  expect(text).not.toMatch(/<script|http-equiv/i);
  expect(answer.headers.get("content-security-policy")).toContain("sandbox");
  expect(answer.headers.get("cache-control")).toBe("no-store");
  expect(answer.headers.has("refresh")).toBe(false);
  expect((await stage.get(stage.site, { method: "HEAD" })).status).toBe(status);
  expect((await stage.get(stage.site.slice(0, -1))).headers.get("location")).toBe(`${stage.siteId}/`);
});

test("a failed job says why, in words of ours", async () => {
  await using stage = await openLiveStage();
  await mkdir(join(stage.root, stage.siteId));
  for (const [code, words] of [
    ["output_refused", "would not write it"],
    ["provider_unavailable", "did not answer"],
    ["<b>internal</b>", "Nothing whole came of it"],
  ] as const) {
    await stage.tell({ state: "failed", code });
    const answer = await stage.get(stage.site);
    const text = await answer.text();
    expect([answer.status, text.includes(words), text.includes(code)]).toEqual([404, true, false]);
  }
});

test("a site that nobody knows may yet come", async () => {
  await using stage = await openLiveStage();
  for (const path of ["", "/", "/live/"]) {
    const answer = await stage.get(`/p/${createSiteId()}${path}`);
    expect([answer.status, (await answer.text()).includes("no page here yet")]).toEqual([404, true]);
  }
});

test("while a site is edited its link shows what is published, and the live link what is written", async () => {
  await using stage = await openLiveStage();
  const first = await stage.write();
  first.write(head);
  const published = await first.publish();
  const edit = await stage.write(createJobId(), 2);
  edit.write(`${head}<p>darker</p>`);
  const viewer = await stage.watch(`${stage.site}live/`);
  await viewer.until((text) => text.includes("darker"));
  expect(await (await stage.get(stage.site)).text()).toBe(published);
  expect((await stage.get(`${stage.site}live`)).headers.get("location")).toBe("live/");
  expect(await (await stage.get(`${stage.site}live/index.html`)).text()).toBe(published);
  const edited = await edit.publish();
  expect(await viewer.rest()).toBe(edited);
  const home = await stage.get(`${stage.site}live/`);
  expect([home.status, home.headers.get("location"), home.headers.get("cache-control")]).toEqual([
    302,
    "../",
    "no-store",
  ]);
  expect(await (await stage.get(stage.site)).text()).toBe(edited);
});

test("who waits for an edit that comes at once sees it, not what was there before", async () => {
  await using stage = await openLiveStage();
  const first = await stage.write();
  first.write(head);
  await first.publish();
  const edit = await stage.write(createJobId(), 2);
  expect((await stage.get(stage.site)).status).toBe(200);
  const watching = stage.get(`${stage.site}live/`, { redirect: "follow" });
  const files = new Map([["index.html", "<p>another phone number"]]);
  const revision = { siteId: stage.siteId, jobId: edit.jobId, revision: 2, files };
  await publishRevision(stage.root, createRevision(revision));
  await edit.live.end({ state: "published" });
  expect(await (await watching).text()).toBe("<p>another phone number");
});

test("while a page is changed in places it is shown as it was, says so, and leads to what it became", async () => {
  await using stage = await openLiveStage();
  const first = await stage.write();
  first.write(`${head}<p>a lighter page`);
  const published = await first.publish();
  const edit = await stage.change(createJobId(), 2);
  const viewer = await stage.watch(`${stage.site}live/`);
  await viewer.until((text) => text.includes("is being changed"));
  expect(viewer.text.startsWith(published)).toBe(true);
  expect(viewer.answer.headers.get("cache-control")).toBe("no-store, no-transform");
  expect(viewer.answer.headers.get("content-security-policy")).toContain("sandbox");
  expect((await stage.get(`${stage.site}live/`, { method: "HEAD" })).status).toBe(200);
  await edit.publish(new Map([["index.html", "<p>a darker page"]]));
  expect((await viewer.rest()).slice(published.length)).toMatch(/The change is made\. <a href="\.\.\/"/);
  const next = await stage.get(`${stage.site}live/`, { redirect: "follow" });
  expect(await next.text()).toBe("<p>a darker page");
});

test("a change that comes to nothing says so on the page that stays, to who watched and who comes later", async () => {
  await using stage = await openLiveStage();
  const first = await stage.write();
  first.write(head);
  const published = await first.publish();
  const edit = await stage.change(createJobId(), 2);
  const viewer = await stage.watch(`${stage.site}live/`);
  await viewer.until((text) => text.includes("is being changed"));
  await edit.live.end({ state: "failed", code: "output_refused" });
  expect((await viewer.rest()).slice(published.length)).toContain("The page stays as it was.");
  const later = await (await stage.get(`${stage.site}live/`)).text();
  expect(later.startsWith(published)).toBe(true);
  expect(later.slice(published.length)).toContain("The page stays as it was.");
});

test("a change that waits is told from one that is being made", async () => {
  await using stage = await openLiveStage();
  const first = await stage.write();
  first.write(head);
  await first.publish();
  const job = createJobId();
  await stage.tell({ state: "retrying" }, job);
  const viewer = await stage.watch(`${stage.site}live/`);
  await viewer.until((text) => text.includes("is waiting its turn"));
  const edit = await stage.change(job, 2);
  await viewer.until((text) => text.includes("is being changed"));
  await edit.publish(new Map([["index.html", "<p>changed"]]));
  expect(await viewer.rest()).toContain("The change is made.");
});

test("a change that becomes a page written anew says so, and whoever comes then sees it grow", async () => {
  await using stage = await openLiveStage();
  const first = await stage.write();
  first.write(head);
  await first.publish();
  const edit = await stage.change(createJobId(), 2);
  const viewer = await stage.watch(`${stage.site}live/`);
  await viewer.until((text) => text.includes("is being changed"));
  edit.live.write("<p>written anew");
  expect(await viewer.rest()).toMatch(/is being written anew\. <a href=""/);
  const later = await stage.watch(`${stage.site}live/`);
  await later.until((text) => text.includes("written anew"));
  await edit.publish(new Map([["index.html", "<p>written anew"]]));
  expect(await later.rest()).toBe("<p>written anew");
});

test.each([
  ["de-AT,de;q=0.9,en;q=0.8", "de", "Ihre Seite wird noch einmal versucht"],
  ["ar", "ar", "ستُعاد محاولة صفحتك"],
  ["xx, pt-BR;q=0.3, zh-TW;q=0.7", "zh", "将再次尝试"],
  ["nonsense;q=7,,;;", "en", "will be tried again"],
])("who reads %s is told in that language", async (accepted, language, words) => {
  await using stage = await openLiveStage();
  await mkdir(join(stage.root, stage.siteId));
  await stage.tell({ state: "retrying" });
  const answer = await stage.get(stage.site, { headers: { "accept-language": accepted } });
  const text = await answer.text();
  expect([text.includes(`<html lang="${language}"`), text.includes(words)]).toEqual([true, true]);
  expect(answer.headers.get("vary")).toBe("Accept-Language");
});

test("the line at the edge is in the reader's language too", async () => {
  await using stage = await openLiveStage();
  const first = await stage.write();
  first.write(head);
  await first.publish();
  await stage.tell({ state: "retrying" }, createJobId());
  const viewer = await stage.watch(`${stage.site}live/`, { "accept-language": "uk" });
  await viewer.until((shown) => shown.includes("Зміна цієї сторінки чекає своєї черги."));
  await viewer.leave();
});

test("who saw a draft is told that it was one, and who comes later does not see it", async () => {
  await using stage = await openLiveStage();
  const page = await stage.write();
  page.write(`${head}<div><b>a draft`);
  const early = await stage.watch(stage.site);
  await early.until((text) => text.includes("a draft"));
  page.live.restart();
  page.live.write("<p>the page itself");
  const text = await early.rest();
  expect(text).toContain("written anew");
  expect(text).not.toContain("itself");
  const late = await stage.watch(stage.site);
  expect(await late.until((seen) => seen.includes("itself"))).toBe("<p>the page itself");
});

test("the line at the edge stands in the body, whatever was open", async () => {
  for (const open of ["<div hidden><p><b>", "<table><tr><td>", "<select><option>", "<svg><g><text>", "<textarea>x"]) {
    await using stage = await openLiveStage();
    const page = await stage.write();
    page.write(`${head}<p>before</p>${open}inside`);
    const viewer = await stage.watch(stage.site);
    await viewer.until((text) => text.includes("before"));
    await page.live.end({ state: "failed", code: "internal" });
    const text = await viewer.rest();
    expect(text).toContain("could not be finished");
    const body = parse(text)
      .childNodes.flatMap((node) => ("childNodes" in node ? node.childNodes : []))
      .at(-1);
    const last = body && "childNodes" in body ? body.childNodes.at(-1) : undefined;
    expect(last && "tagName" in last ? serializeOuter(last) : "").toStartWith("<aside");
  }
});

test("a page that is finished otherwise than it was seen says so and leads there", async () => {
  await using stage = await openLiveStage();
  const page = await stage.write();
  page.write(head);
  const viewer = await stage.watch(stage.site);
  await viewer.until((text) => text.includes("Coffee"));
  await page.publish((html) => html.replace("red", "#c00"));
  expect(await viewer.rest()).toMatch(/is finished.*href="\.\/"/);
});

test("a worker that takes over and writes the same goes on where the other died", async () => {
  await using stage = await openLiveStage();
  const first = await stage.write();
  first.write(`${head}<p>one</p>`);
  const viewer = await stage.watch(stage.site);
  await viewer.until((text) => text.includes("one"));
  const second = await stage.write();
  second.write(head);
  second.write("<p>one</p><p>two</p>");
  await viewer.until((text) => text.includes("two"));
  expect(await second.publish()).toBe(await viewer.rest());
});

test("a takedown ends what is being watched", async () => {
  await using stage = await openLiveStage();
  const page = await stage.write();
  page.write(head);
  const viewer = await stage.watch(stage.site);
  await viewer.until((text) => text.includes("Coffee"));
  await removeSite(stage.root, stage.siteId, "taken_down");
  expect(await viewer.rest()).toContain("was removed");
  expect((await stage.get(stage.site)).status).toBe(410);
  expect((await stage.get(`${stage.site}live/`)).status).toBe(410);
});

test("many watch one page through one reader, and it stops with the last of them", async () => {
  await using stage = await openLiveStage();
  const page = await stage.write();
  page.write(head);
  const viewers = await Promise.all(Array.from({ length: 60 }, () => stage.watch(stage.site)));
  await Promise.all(viewers.map((viewer) => viewer.until((text) => text.includes("Coffee"))));
  // The page and the list of its files; the third is the writer's, which is in this process too.
  expect(await countOpenLiveFiles(stage.root)).toBe(3);
  await Promise.all(viewers.map((viewer) => viewer.leave()));
  await until(async () => (await countOpenLiveFiles(stage.root)) === 1);
  const again = await stage.watch(stage.site);
  await again.until((text) => text.includes("Coffee"));
  expect(await page.publish()).toBe(await again.rest());
});

test("a viewer who reads nothing holds up nobody", async () => {
  await using stage = await openLiveStage();
  const page = await stage.write();
  page.write(head);
  const idle = connect({ port: stage.server.port, host: "127.0.0.1" });
  idle.pause();
  idle.write(`GET ${stage.site} HTTP/1.1\r\nHost: a\r\n\r\n`);
  const viewer = await stage.watch(stage.site);
  for (let i = 0; i < 64; i++) page.write(`<p>${"long text ".repeat(2000)}</p>`);
  const published = await page.publish();
  expect(await viewer.rest()).toBe(published);
  idle.destroy();
});

test("more people than there is room for are asked to come back", async () => {
  await using stage = await openLiveStage({ maxViewers: 2 });
  const page = await stage.write();
  page.write(head);
  const viewers = [await stage.watch(stage.site), await stage.watch(stage.site)];
  const crowded = await stage.get(stage.site);
  expect([crowded.status, crowded.headers.get("retry-after")]).toEqual([503, "10"]);
  await viewers[0]?.leave();
  await until(async () => {
    const answer = await stage.get(stage.site);
    await answer.body?.cancel();
    return answer.status === 200;
  });
});

test("what a page refers to is there when it refers to it, and does not change when it is published", async () => {
  await using stage = await openLiveStage();
  const dot = new Uint8Array([137, 80, 78, 71, 13, 10, 26, 10]);
  const page = await stage.write();
  page.live.addFile("assets/dot.png", dot);
  page.live.addFile("fonts/serif.woff2", new Uint8Array(4096));
  page.write(`${head}<img src="assets/dot.png">`);
  for (const base of [stage.site, `${stage.site}live/`]) {
    const viewer = await stage.watch(base);
    await viewer.until((text) => text.includes("dot.png"));
    const picture = await stage.get(`${base}assets/dot.png`);
    expect([picture.status, picture.headers.get("content-type")]).toEqual([200, "image/png"]);
    expect(await picture.bytes()).toEqual(dot);
    expect((await stage.get(`${base}fonts/serif.woff2`)).headers.get("content-security-policy")).toContain("sandbox");
    expect((await stage.get(`${base}assets/other.png`)).status).toBe(404);
    await viewer.leave();
  }
  const etag = await currentEtag();
  await page.publish((html) => html, new Map([["assets/dot.png", dot]]));
  expect(await currentEtag()).toBe(etag);

  async function currentEtag() {
    const viewer = await stage.watch(stage.site);
    const answer = await stage.get(`${stage.site}assets/dot.png`);
    await viewer.leave();
    return answer.headers.get("etag");
  }
});

test("a file that is not what its list says is not served", async () => {
  await using stage = await openLiveStage();
  const page = await stage.write();
  page.live.addFile("assets/dot.png", new Uint8Array([1, 2, 3]));
  page.write(head);
  const viewer = await stage.watch(stage.site);
  const status = await readSiteStatus(stage.root, stage.siteId);
  const directory = join(stage.root, stage.siteId, status?.state === "writing" ? status.live : "");
  const name = (await readdir(directory)).find((file) => file.length === 64) ?? "";
  await Bun.write(join(directory, name), new Uint8Array([1, 2, 4]));
  expect((await stage.get(`${stage.site}assets/dot.png`)).status).toBe(404);
  await viewer.leave();
});

test("live files and the status are nobody's to fetch", async () => {
  await using stage = await openLiveStage();
  const page = await stage.write();
  page.write(head);
  const status = await readSiteStatus(stage.root, stage.siteId);
  const name = status?.state === "writing" ? status.live : "";
  const paths = ["status.json", "live/status.json"];
  for (const file of ["", "/page.html", "/files.jsonl"]) {
    paths.push(name + file, `live/${name}${file}`, `r/1/${name}${file}`);
  }
  for (const path of paths) expect((await stage.get(stage.site + path)).status).toBe(404);
  await page.publish();
  for (const path of paths) expect((await stage.get(stage.site + path)).status).toBe(404);
});

test("a link or a fifo in the place of a live file is not opened", async () => {
  for (const replace of [
    (path: string) => symlink("/etc/hostname", path),
    (path: string) => Bun.spawn(["mkfifo", path]).exited,
  ]) {
    await using stage = await openLiveStage();
    await stage.write();
    const status = await readSiteStatus(stage.root, stage.siteId);
    const path = join(stage.root, stage.siteId, status?.state === "writing" ? status.live : "", "page.html");
    await rename(path, join(stage.root, "away"));
    await replace(path);
    const waiting = stage.get(stage.site);
    await removeSite(stage.root, stage.siteId, "deleted");
    expect((await waiting).status).toBe(410);
  }
});

test("a server that stops tells its viewers", async () => {
  const stage = await openLiveStage();
  const page = await stage.write();
  page.write(head);
  const viewer = await stage.watch(stage.site);
  await viewer.until((text) => text.includes("Coffee"));
  const closed = stage.server[Symbol.asyncDispose]();
  expect(await viewer.rest()).toContain("interrupted");
  await closed;
  await stage[Symbol.asyncDispose]();
});

async function countOpenLiveFiles(root: string): Promise<number> {
  const open = await Promise.all(
    (await readdir("/proc/self/fd")).map((fd) => readlink(`/proc/self/fd/${fd}`).catch(() => "")),
  );
  return open.filter((path) => path.startsWith(root) && path.includes("/.live-")).length;
}
