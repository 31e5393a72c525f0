import { expect, test } from "bun:test";
import type { PagePicture } from "../../src/finish/pictures/page-picture.ts";
import { finish } from "./finish.ts";

function picture(mark: number): PagePicture {
  const bytes = new Uint8Array([mark]);
  return {
    alt: "",
    variants: [
      { width: 1600, height: 1200, bytes },
      { width: 400, height: 300, bytes },
    ],
  };
}

const pictures = [picture(1), picture(2), picture(3)];

function body(html: string): string {
  return `<!DOCTYPE html><html lang="en"><head><title>x</title></head><body><main><h1>Café</h1>${html}</main></body></html>`;
}

function sourcesIn(page: string): string[] {
  return [...page.matchAll(/<img[^>]*? src="([^"]+)"/g)].map(([, src = ""]) => src);
}

test("a slot that names a picture gets that one, other slots those that are left, in order", async () => {
  const slots = ["photo-3", "hero", "photo-1"].map((name) => `<img data-slot="${name}" alt="${name}">`);
  const { page, files } = await finish(body(slots.join("")), { pictures });
  expect(sourcesIn(page)).toEqual([
    "assets/picture-3-1600.webp",
    "assets/picture-1-1600.webp",
    "assets/picture-2-1600.webp",
  ]);
  expect(page).toContain('srcset="assets/picture-3-1600.webp 1600w, assets/picture-3-400.webp 400w"');
  expect(files.get("assets/picture-3-400.webp")).toEqual(new Uint8Array([3]));
});

test("pictures that no slot asks for are shown after all", async () => {
  const { page } = await finish(body("<p>Hello</p>"), { pictures });
  expect(sourcesIn(page)).toHaveLength(3);
  expect(page.indexOf("assets/picture-3-1600.webp")).toBeLessThan(page.indexOf("</main>"));
});

test("a slot without a picture for it is drawn, once the pictures are used up", async () => {
  const { page } = await finish(body('<img data-slot="photo-9" alt=""><img data-slot="menu" alt="">'), {
    pictures: [picture(1)],
  });
  const [first, second] = sourcesIn(page);
  expect(first).toBe("assets/picture-1-1600.webp");
  expect(second).not.toContain("picture-9");
});

test("new pictures of a changed page stand beside the old ones", async () => {
  const old = new Uint8Array([9]);
  const assets = new Map(["1600", "400"].map((width) => [`assets/picture-1-${width}.webp`, old]));
  const srcset = "assets/picture-1-1600.webp 1600w, assets/picture-1-800.webp 800w, assets/picture-1-400.webp 400w";
  const html = body(
    `<img src="assets/picture-1-1600.webp" srcset="${srcset}" alt="old"><img data-slot="photo-1" alt="new">`,
  );
  const { page, files } = await finish(html, { pictures: [picture(1)], assets });
  expect(sourcesIn(page)).toEqual(["assets/picture-1-1600.webp", "assets/picture-2-1600.webp"]);
  expect(files.get("assets/picture-1-1600.webp")).toEqual(old);
  // A browser chooses among the sizes: each that is named is there.
  expect(files.get("assets/picture-1-400.webp")).toEqual(old);
  expect(page).toContain('srcset="assets/picture-1-1600.webp 1600w, assets/picture-1-400.webp 400w"');
});
