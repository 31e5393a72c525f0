import { expect, test } from "bun:test";
import { finish } from "./finish.ts";

const styled = (css: string, text = "x") => `<style>${css}</style><main>${text}</main>`;

test("a page gets the fonts it names, before the sheet that uses them", async () => {
  const { page, files } = await finish(
    styled(':root{--serif:"Playfair Display",serif}p{font-family:Manrope,sans-serif}'),
  );
  expect([...files.keys()].sort()).toEqual([
    "assets/fonts/manrope-latin.woff2",
    "assets/fonts/playfair-display-latin-italic.woff2",
    "assets/fonts/playfair-display-latin.woff2",
  ]);
  expect(page.indexOf('@font-face{font-family:"Manrope"')).toBeLessThan(page.indexOf("--serif"));
  for (const bytes of files.values()) expect(new TextDecoder("latin1").decode(bytes.slice(0, 4))).toBe("wOF2");
});

test("every rule has its file, and every file its rule", async () => {
  const { page, files } = await finish(styled("p{font-family:Inter}", "Ďábelské ódy и кофе"), { prompt: "Сайт" });
  const named = [...page.matchAll(/url\("(assets\/fonts\/[^"]+)"\)/g)].map(([, path = ""]) => path);
  expect(named.sort()).toEqual([...files.keys()].sort());
  expect(named.length).toBe(3);
});

test("letters of another script than the page's language get their rules at the end", async () => {
  const { page } = await finish(styled("p{font-family:Lora}", "Привет"), { prompt: "a page" });
  expect(page.indexOf("lora-cyrillic.woff2")).toBeGreaterThan(page.indexOf("Привет"));
  const russian = await finish(styled("p{font-family:Lora}", "Привет"), { prompt: "страница" });
  expect(russian.page.indexOf("lora-cyrillic.woff2")).toBeLessThan(russian.page.indexOf("Привет"));
});

test("a family that is not shipped, or only named in passing, brings no file", async () => {
  const { files } = await finish(styled(".inter{color:red}.outfit-card{margin:0}p{font-family:Comic Sans MS}"));
  expect(files.size).toBe(0);
});
