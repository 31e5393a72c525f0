import { expect, test } from "bun:test";
import { formatLiveFile, parseLiveFile } from "../../src/bundles/live-files.ts";

const sha256 = "0".repeat(64);

test("a line says what it was made of", () => {
  expect(parseLiveFile(formatLiveFile("assets/dot.png", { sha256, size: 8 }))).toEqual({
    path: "assets/dot.png",
    sha256,
    size: 8,
    type: "image/png",
  });
});

test.each([
  "",
  "null",
  "[]",
  '{"path":',
  JSON.stringify({ path: "../site.json", sha256, size: 8 }),
  JSON.stringify({ path: "index.html", sha256, size: 8 }),
  JSON.stringify({ path: "assets/run.js", sha256, size: 8 }),
  JSON.stringify({ path: "assets/dot.png", sha256: `../${sha256}`, size: 8 }),
  JSON.stringify({ path: "assets/dot.png", sha256, size: -1 }),
  JSON.stringify({ path: "assets/dot.png", sha256, size: 1e12 }),
])("%p names no file", (line) => expect(parseLiveFile(line)).toBeUndefined());
