import { expect, test } from "bun:test";
import { loadUtilityCompiler } from "../../src/finish/utilities/utility-compiler.ts";
import { finish } from "./finish.ts";

const sheetsBefore = (page: string, mark: string): string => page.slice(0, page.indexOf(mark));

test("rules stand in front of the first element that needs them", async () => {
  const { page } = await finish('<body class="bg-slate-50"><main class="p-4"><p class="mt-2 p-4">x</p></main>');
  expect(sheetsBefore(page, "</head>")).toContain(".bg-slate-50{background-color:var(--color-slate-50)}");
  expect(sheetsBefore(page, '<main class="p-4">')).toContain(".p-4{padding:calc(var(--spacing) * 4)}");
  expect(sheetsBefore(page, '<main class="p-4">')).not.toContain(".mt-2");
  expect(page.match(/\.p-4\{/g)?.length).toBe(1);
});

test("what wins does not depend on what comes first", async () => {
  const { page } = await finish('<main><p class="md:p-2 pt-8 hover:p-1 p-4">x</p></main>');
  const layer = (rule: string): string =>
    [...page.slice(0, page.indexOf(rule)).matchAll(/@layer utilities\.([\w-]+\.\w+)\{/g)].at(-1)?.[1] ?? "";
  expect(layer(".p-4{")).toBe("u.a1");
  expect(layer(".pt-8{")).toBe("u.a3");
  expect(layer(".hover\\:p-1:hover{")).toBe("u.c1");
  expect(layer(".md\\:p-2{")).toBe("md.a1");
  expect(page).toContain("@layer utilities{@layer u,max,sm,md,lg,xl,xxl,print,u-dark");
});

test("classes that the page defines itself are left to it", async () => {
  const { page } = await finish(
    "<style>.mt-4{margin:9px}.grid{display:flex}</style><main class='mt-4 grid gap-2'>x</main>",
  );
  expect(page.match(/\.mt-4\{/g)?.length).toBe(1);
  expect(page).not.toContain("display:grid");
  expect(page).toContain(".gap-2{");
});

test("a page without utility classes gets nothing, whatever its classes are called", async () => {
  const { page } = await finish('<style>.hero{color:red}</style><main class="container hero flex hidden">x</main>');
  expect(page).not.toContain("@layer utilities");
});

test("no style element stands in a list or a table", async () => {
  const { page } = await finish(
    '<main><ul class="space-y-2"><li class="p-1">a</li><li class="p-2">b</li></ul><table><tr><td class="p-3">x</table></main>',
  );
  expect(page).not.toMatch(/<(?:ul|table|tbody|tr)[^>]*>[^<]*<style/);
  expect(page).not.toMatch(/<\/li><style/);
});

test("style elements do not count as siblings", async () => {
  const { page } = await finish('<main><div class="first:mt-0 odd:p-1 only:p-2">x</div></main>');
  expect(page).toContain(".first\\:mt-0:nth-child(1 of :not(:where(style)))");
  expect(page).toContain(".odd\\:p-1:nth-child(odd of :not(:where(style)))");
});

test("a style sheet of the page's own keeps its base, an unstyled page gets one", async () => {
  const own = `<style>${"p{color:#111}".repeat(400)}</style>`;
  expect((await finish(`${own}<main class="p-4">x</main>`)).page).not.toContain("@layer base{*");
  expect((await finish('<main class="p-4">x</main>')).page).toContain("@layer base{*");
});

test("the theme's animations come with their key frames", async () => {
  const { page } = await finish('<main class="animate-pulse">x</main>');
  expect(page).toContain("@keyframes pulse{");
  expect(page).toContain("--animate-pulse:");
});

test("a class beyond any real one is none", async () => {
  const { compile } = await loadUtilityCompiler();
  expect(compile(`p-[${"1".repeat(300)}px]`)).toBeUndefined();
  expect(compile("no-such-thing")).toBeUndefined();
});

test("the opacity classes of Tailwind 3 thin the colour beside them", async () => {
  const { page } = await finish('<main class="bg-black bg-opacity-50 hover:bg-opacity-75">x</main>');
  expect(page).toContain(
    ".bg-black.bg-opacity-50{background-color:color-mix(in oklab, var(--color-black) 50%, transparent)}",
  );
  expect(page).toMatch(
    /\.bg-black\.hover\\:bg-opacity-75:hover\{background-color:color-mix\(in oklab, var\(--color-black\) 75%/,
  );
});

test("running text in `prose` has headings, lists and distances; narrower classes win over it", async () => {
  const { page } = await finish(
    '<main class="p-4"><article class="prose prose-lg max-w-none"><h2>H</h2><ul><li>x</li></ul></article></main>',
  );
  expect(page).toMatch(/@layer utilities\.u\.a1\{[^@]*\.prose\{max-width:65ch/);
  expect(page).toContain(".prose :where(ul){list-style:disc}");
  expect(page).toMatch(/@layer utilities\.u\.a2\{[^@]*\.max-w-none\{/);
  expect(page).toContain(".prose-lg{font-size:1.125rem}");
  const own = await finish('<style>.prose{color:red}</style><main class="p-4 prose">x</main>');
  expect(own.page).not.toContain("65ch");
});
