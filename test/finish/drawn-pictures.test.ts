import { describe, expect, test } from "bun:test";
import { finish } from "./finish.ts";

const images = (page: string): string[] => [...page.matchAll(/<img[^>]*>/g)].map(([tag]) => tag);

describe("a slot", () => {
  test("is drawn into when nobody sent a picture, in the page's colours and shape", async () => {
    const { page, files } = await finish(
      '<style>:root{--bg:#fff;--accent:#0a7d3c}</style><main><img data-slot="hero" data-ratio="2/1" alt="cup of espresso"></main>',
    );
    const [, path = ""] = /src="(assets\/drawn-\w+\.svg)" width="1200" height="600"/.exec(page) ?? [];
    const svg = new TextDecoder().decode(files.get(path));
    expect(svg).toStartWith('<svg xmlns="http://www.w3.org/2000/svg" width="1200" height="600" viewBox');
    expect(svg).not.toContain("undefined");
    expect(svg).toMatch(/\.f3\{fill:#[0-9a-f]{6}\}/);
  });

  test("differs from its neighbours", async () => {
    const { files } = await finish(`<main>${'<img data-slot="a" alt="bread">'.repeat(6)}</main>`);
    expect(files.size).toBe(6);
  });
});

test("an address that leads nowhere is a slot, a picture in the page is not", async () => {
  const { page } = await finish(
    '<main><img src="https://images.example/latte.jpg" alt="latte"><img src="img/gone.png"><img src="data:image/png;base64,AA==" alt=""></main>',
  );
  const [remote, missing, inline] = images(page);
  expect(remote).toContain('src="assets/drawn-');
  expect(missing).toContain('src="assets/drawn-');
  expect(missing).toContain('alt=""');
  expect(inline).toBe('<img src="data:image/png;base64,AA==" alt="" loading="lazy">');
});

test("a background that leads nowhere is none", async () => {
  const { page } = await finish("<style>.a{background-image:url(img/gone.jpg)}</style><main>x</main>");
  expect(page).toContain(".a{background-image:none}");
});
