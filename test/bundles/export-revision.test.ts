import { afterEach, beforeEach, describe, expect, setDefaultTimeout, test } from "bun:test";
import { existsSync } from "node:fs";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { unzipSync } from "fflate";
import { chromium, type Page } from "playwright-core";
import { writePage } from "../../src/ai/mock/write-page.ts";
import { exportRevision, writeExport } from "../../src/bundles/export-revision.ts";
import { inlineAssets } from "../../src/bundles/inline-assets.ts";
import { publishRevision } from "../../src/bundles/publish-revision.ts";
import { removeSite } from "../../src/bundles/remove-site.ts";
import { NotFoundError, UsageError } from "../../src/errors.ts";
import { finishPages, publishable } from "../../src/jobs/made-page.ts";
import { openPreviewServer } from "../../src/preview/preview-server.ts";
import { createRevision } from "./sample-revision.ts";

setDefaultTimeout(120_000);
const executablePath = process.env["CHROMIUM"] ?? "/usr/bin/chromium";

let root: string;
let out: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), "export-root-"));
  out = await mkdtemp(join(tmpdir(), "export-out-"));
});
afterEach(async () => {
  await rm(root, { recursive: true, force: true });
  await rm(out, { recursive: true, force: true });
});

const dot = new Uint8Array([137, 80, 78, 71]);
const bytes = (text: string) => new TextEncoder().encode(text);

describe("a page with everything in itself", () => {
  const files = new Map([
    ["assets/dot.png", dot],
    ["assets/big.webp", bytes("big")],
    ["assets/small.webp", bytes("small")],
    ["assets/sheet.css", bytes('@font-face{src:url("font.woff2")}')],
    ["assets/font.woff2", bytes("font")],
    ["other.html", bytes("other")],
  ]);
  const png = "data:image/png;base64,iVBORw==";
  test.each([
    ["pictures", '<img src="assets/dot.png" alt="">', `<img src="${png}" alt="">`],
    [
      "pictures of a style sheet",
      "<style>a{background:url(assets/dot.png)}</style>",
      `<style>a{background:url("${png}")}</style>`,
    ],
    ["pictures of a style", `<p style="background:url('assets/dot.png')">`, `<p style="background:url('${png}')">`],
    [
      "drawn references",
      '<svg><image href="assets/dot.png"></image></svg>',
      `<svg><image href="${png}"></image></svg>`,
    ],
    [
      "the largest of several sizes",
      '<img srcset="assets/small.webp 400w, assets/big.webp 800w">',
      '<img srcset="data:image/webp;base64,Ymln 800w">',
    ],
    [
      "style sheets, with what they refer to",
      '<link rel="stylesheet" href="assets/sheet.css">',
      `<link rel="stylesheet" href="data:text/css;charset=utf-8;base64,${btoa('@font-face{src:url("data:font/woff2;base64,Zm9udA==")}')}">`,
    ],
  ])("has %s", (_, html, expected) => {
    expect(inlineAssets("index.html", html, files)).toBe(expected);
  });

  test.each([
    '<a href="assets/dot.png">',
    '<a href="other.html#x">',
    '<img src="assets/missing.png">',
    '<img src="../../etc/passwd">',
    '<img src="data:image/png;base64,AA==">',
    "<p>url(assets/dot.png)</p>",
    '<use href="#icon"></use>',
  ])("leaves %s", (html) => {
    expect(inlineAssets("index.html", html, files)).toBe(html);
  });
});

describe("export", () => {
  test("has the pages and assets, and nothing of ours", async () => {
    const revision = createRevision();
    await publishRevision(root, revision);
    const { files, revision: current } = await exportRevision(root, revision.siteId);
    expect(current).toBe(1);
    expect([...files.keys()].sort()).toEqual(["assets/dot.png", "assets/style.css", "index.html"]);
    await writeExport(files, join(out, "page"));
    expect((await readdir(join(out, "page"), { recursive: true })).sort()).toEqual([
      "assets",
      "assets/dot.png",
      "assets/style.css",
      "index.html",
    ]);
    await writeExport(files, join(out, "page.zip"));
    const unzipped = unzipSync(await readFile(join(out, "page.zip")));
    expect(new Map(Object.entries(unzipped).map(([path, content]) => [path, new Uint8Array(content)]))).toEqual(
      new Map(files) as never,
    );
    await expect(writeExport(files, join(out, "page.html"))).rejects.toThrow(UsageError);
  });

  test("finds an earlier revision, and none that is not there or taken down", async () => {
    const revision = createRevision();
    await publishRevision(root, revision);
    await publishRevision(
      root,
      createRevision({ siteId: revision.siteId, revision: 2, files: new Map([["index.html", "two"]]) }),
    );
    const text = async (wanted?: number) =>
      new TextDecoder().decode(
        (await exportRevision(root, revision.siteId, { revision: wanted })).files.get("index.html"),
      );
    expect(await text()).toBe("two");
    expect(await text(1)).not.toBe("two");
    await expect(text(3)).rejects.toThrow(NotFoundError);
    await removeSite(root, revision.siteId, "taken_down");
    await expect(text()).rejects.toThrow(NotFoundError);
  });
});

test.skipIf(!existsSync(executablePath))(
  "looks the same from the disk and from one file as on the preview server",
  async () => {
    const prompt = "A bakery in Porto called Miga, warm colours";
    const drawn = '<p><img data-slot="hero" alt="bread" width="400" height="300"></p>';
    const written = writePage(prompt).replace('<main id="main">', `<main id="main">${drawn}`);
    const made = publishable(await finishPages(new Map([["index.html", written]]), { prompt }));
    expect(made.files.size).toBeGreaterThan(1);
    const revision = createRevision({ files: made.files });
    await publishRevision(root, revision);
    const { files } = await exportRevision(root, revision.siteId);
    await writeExport(files, join(out, "directory"));
    const single = await exportRevision(root, revision.siteId, { singleFile: true });
    await writeExport(single.files, join(out, "page.html"));

    await using server = await openPreviewServer({
      root,
      baseUrl: "http://localhost:8001",
      host: "127.0.0.1",
      port: 0,
    });
    const args = ["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"];
    const browser = await chromium.launch({ executablePath, args });
    try {
      const page = await browser.newPage({ viewport: { width: 800, height: 600 }, reducedMotion: "reduce" });
      const published = await look(page, `http://127.0.0.1:${server.port}/p/${revision.siteId}/`);
      expect(published.pictures).toBeGreaterThan(0);
      expect(await look(page, `file://${out}/directory/index.html`)).toEqual(published);
      expect(await look(page, `file://${out}/page.html`)).toEqual(published);
    } finally {
      await browser.close();
    }
  },
);

/** What a page looks like: its pixels, and the pictures and fonts that were really loaded. */
async function look(page: Page, url: string): Promise<{ pixels: string; pictures: number; fonts: unknown }> {
  await page.goto(url, { waitUntil: "load" });
  const fonts = await page.evaluate(
    "document.fonts.ready.then(f => [...f].filter(x => x.status === 'loaded').map(x => x.family).sort())",
  );
  const pictures = await page.evaluate("[...document.images].filter(i => i.naturalWidth > 0).length");
  const pixels = new Bun.CryptoHasher("sha256").update(await page.screenshot({ fullPage: true })).digest("hex");
  return { pixels, pictures: Number(pictures), fonts };
}
