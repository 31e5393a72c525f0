import { describe, expect, test } from "bun:test";
import { existsSync } from "node:fs";
import { createThumbnailer } from "../../src/thumbnail/create-thumbnailer.ts";
import { drawPlainPicture } from "../../src/thumbnail/plain-picture.ts";

const chromiumPath = process.env["CHROMIUM_PATH"] ?? "/usr/bin/chromium";
const page = (html: string) => ({
  html: `<!doctype html><html><body style="margin:0;background:#08f">${html}`,
  files: new Map(),
});

const sizeOf = (png: Uint8Array | undefined) => {
  const view = new DataView((png ?? new Uint8Array(24)).slice().buffer);
  return [view.getUint32(16), view.getUint32(20)];
};

test("a page without a browser has no picture, and nothing fails", async () => {
  expect(await createThumbnailer({ chromiumPath: "/nowhere/chromium" })(page("x"))).toBeUndefined();
  expect(await createThumbnailer({ chromiumPath: "/bin/false" })(page("x"))).toBeUndefined();
});

test("the stand-in is a picture of the same size", () => {
  const png = drawPlainPicture("#3366cc");
  expect(sizeOf(png)).toEqual([1200, 630]);
  expect(png.byteLength).toBeLessThan(1000);
});

describe.skipIf(!existsSync(chromiumPath))("in Chromium", () => {
  test("a page is taken in the size that link previews show", async () => {
    expect(sizeOf(await createThumbnailer({ chromiumPath, timeoutMs: 100_000 })(page("<h1>hi</h1>")))).toEqual([
      1200, 630,
    ]);
  }, 120_000);

  test("a hostile page runs nothing and reaches nothing", async () => {
    const reached: string[] = [];
    using other = Bun.serve({
      hostname: "127.0.0.1",
      port: 0,
      fetch(request) {
        reached.push(request.url);
        return new Response("x");
      },
    });
    const address = `http://127.0.0.1:${other.port}`;
    const hostile = `<img src="${address}/img"><script>fetch("${address}/fetch")</script><link rel="stylesheet" href="${address}/css"><iframe src="${address}/frame"></iframe><meta http-equiv="refresh" content="0;url=${address}/refresh">`;
    const png = await createThumbnailer({ chromiumPath, timeoutMs: 100_000 })(page(hostile));
    expect(sizeOf(png)).toEqual([1200, 630]);
    expect(reached).toEqual([]);
  }, 120_000);
});
