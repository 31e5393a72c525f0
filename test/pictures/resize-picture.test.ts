import { describe, expect, setDefaultTimeout, test } from "bun:test";
import { type Picture, PictureError } from "../../src/pictures/picture.ts";
import { resizePicture } from "../../src/pictures/resize-picture.ts";
import { samplePng } from "../helpers/sample-picture.ts";

// The codec is compiled first.
setDefaultTimeout(60_000);

async function problemOf(bytes: Uint8Array): Promise<string> {
  try {
    await resizePicture(bytes);
    return "none";
  } catch (error) {
    if (error instanceof PictureError) return error.problem;
    throw error;
  }
}

function sizes({ variants }: Picture): string[] {
  return variants.map(({ width, height }) => `${width}x${height}`);
}

describe("a picture", () => {
  test("comes in several sizes, as WebP, without what its file told besides", async () => {
    const source = samplePng(2000, 1000);
    expect(Buffer.from(source).includes("52.5200")).toBe(true);
    const picture = await resizePicture(source);
    expect(sizes(picture)).toEqual(["1600x800", "800x400", "400x200"]);
    for (const { bytes } of picture.variants) {
      expect(Buffer.from(bytes.subarray(0, 16)).toString("latin1")).toMatch(/^RIFF....WEBP/s);
      expect(Buffer.from(bytes).includes("52.5200")).toBe(false);
    }
  });

  test("that is small stays as large as it is", async () => {
    expect(sizes(await resizePicture(samplePng(120, 90)))).toEqual(["120x90"]);
  });

  test("stored sideways is turned upright, and its place on Earth is gone", async () => {
    const source = await Bun.file("test/fixtures/pictures/sideways-with-gps.jpg").bytes();
    expect(Buffer.from(source).includes("Exif")).toBe(true);
    const picture = await resizePicture(source);
    expect(sizes(picture)).toEqual(["480x640", "300x400"]);
    for (const { bytes } of picture.variants) expect(Buffer.from(bytes).toString("latin1")).not.toMatch(/exif|xmp/i);
  });

  test.each(["drawing.avif", "drawing.gif", "drawing.webp"])("is read from %s", async (name) => {
    const source = await Bun.file(`test/fixtures/pictures/${name}`).bytes();
    expect(sizes(await resizePicture(source))).toEqual(["320x200"]);
  });
});

describe("what is no picture we read", () => {
  test.each([
    ["text", "hello"],
    ["nothing", ""],
    ["a drawing in a language", '<svg xmlns="http://www.w3.org/2000/svg"><image href="file:///etc/passwd"/></svg>'],
    ["a PostScript program", "%!PS-Adobe-3.0\n/x (y) def"],
    ["the first bytes of a JPEG", "\xff\xd8\xff\xe0"],
  ])("%s is refused", async (_, text) => {
    expect(await problemOf(Buffer.from(text, "latin1"))).toBe("unreadable");
  });

  test("a picture that breaks off is refused or shown as far as it goes, and nothing hangs", async () => {
    const whole = samplePng(300, 300);
    expect(["none", "unreadable"]).toContain(await problemOf(whole.slice(0, whole.length / 2)));
  });

  test("a few bytes that claim to be two billion pixels are too large", async () => {
    expect(await problemOf(samplePng(46_000, 46_000))).toBe("too_large");
  });
});
