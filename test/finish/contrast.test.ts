import { expect, test } from "bun:test";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import axe from "axe-core/axe.min.js" with { type: "text" };
import { hasBrowser, openBrowser } from "../helpers/browser.ts";
import { finish } from "./finish.ts";

/** Classes of the element that has the text `x`, after finishing. */
async function classesOf(body: string, head = ""): Promise<string> {
  const { page } = await finish(`<head><title>T</title>${head}</head><body class="bg-white">${body}</body>`);
  return / class="([^"]*)">x</.exec(page)?.[1] ?? "";
}

test.each([
  ["on its own ground", '<p class="bg-gray-100 text-gray-400">x</p>', "bg-gray-100 text-[#676e7b]"],
  ["on the nearest ground around it", '<div class="bg-slate-900"><p class="text-slate-600">x</p></div>', "text-[#"],
  ["on the page", '<p class="p-2 text-gray-400">x</p>', "p-2 text-[#"],
  ["white on a button of a light colour", '<a class="bg-amber-400 text-white">x</a>', "bg-amber-400 text-[#"],
  ["inherited by a new ground", '<div class="text-gray-500"><p class="bg-gray-400">x</p></div>', "bg-gray-400 text-[#"],
  ["half transparent", '<p class="text-black/40">x</p>', "text-[#"],
  [
    "in dark mode only",
    '<p class="text-gray-700 dark:bg-gray-900">x</p>',
    "text-gray-700 dark:bg-gray-900 dark:text-[#",
  ],
  [
    "of a class for dark mode",
    '<p class="bg-white text-gray-700 dark:bg-black dark:text-gray-800">x</p>',
    "dark:bg-black dark:text-[#",
  ],
])("faint text is moved: %s", async (_, body, expected) => {
  expect(await classesOf(body)).toContain(expected);
});

test.each([
  ["what can be read", '<p class="text-gray-600">x</p>', "text-gray-600"],
  ["large text that needs less", '<p class="text-gray-500 text-4xl">x</p>', "text-gray-500 text-4xl"],
  [
    "white text on a picture",
    '<section class="relative"><img class="absolute inset-0" src="a.jpg" alt=""><p class="text-white">x</p></section>',
    "text-white",
  ],
  [
    "pale text over a veil",
    '<section class="relative bg-white"><div class="absolute inset-0 bg-black/60"></div><div class="relative"><p class="text-gray-200">x</p></div></section>',
    "text-gray-200",
  ],
  [
    "text on a gradient",
    '<div class="bg-gradient-to-r from-black to-blue-900"><p class="text-gray-300">x</p></div>',
    "text-gray-300",
  ],
  [
    "text cut out of a gradient",
    '<h1 class="bg-clip-text text-transparent bg-gradient-to-r from-red-500 to-blue-500">x</h1>',
    "bg-clip-text text-transparent bg-gradient-to-r from-red-500 to-blue-500",
  ],
  ["text in a state", '<p class="hover:text-gray-300">x</p>', "hover:text-gray-300"],
])("left alone: %s", async (_, body, expected) => {
  expect(await classesOf(body)).toBe(expected);
});

test("rules of the page's own are not second-guessed", async () => {
  const dark = "<style>.panel{background:#111}.dim{color:#eee}</style>";
  expect(await classesOf('<div class="panel"><p class="text-gray-300">x</p></div>', dark)).toBe("text-gray-300");
  expect(await classesOf('<p class="dim bg-white">x</p>', dark)).toBe("dim bg-white");
});

test("a page on the ground of its own style sheet is mended too", async () => {
  const { page } = await finish(
    "<head><title>T</title><style>body{background:#101010;color:#fff}</style></head><body><p class='mt-2 text-gray-600'>x</p></body>",
  );
  expect(page).toMatch(/class="mt-2 text-\[#[\da-f]{6}\]">x/);
});

test("what was mended is counted, and stays as it is", async () => {
  const { page, finished } = await finish('<body class="bg-white"><p class="text-gray-300">x</p><p class="mt-1">y</p>');
  expect(finished.fixed["contrast"]).toBe(1);
  const again = await finish(page);
  expect(again.page).toBe(page);
  expect(again.finished.fixed["contrast"]).toBeUndefined();
});

const replies = join(import.meta.dir, "../fixtures/utilities");

test.skipIf(!hasBrowser)("what a browser shows of pages that models like to write can be read", async () => {
  const browser = await openBrowser();
  const page = await browser.newPage({ bypassCSP: true });
  const faint = `axe.run(document, { runOnly: ["color-contrast"] }).then(({ violations }) =>
    violations.flatMap(({ nodes }) => nodes.map((node) => node.html)))`;
  for (const name of await readdir(replies)) {
    await page.setContent((await finish(await Bun.file(join(replies, name)).text())).page);
    await page.evaluate(axe);
    for (const colorScheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme });
      expect([name, colorScheme, await page.evaluate(faint)]).toEqual([name, colorScheme, []]);
    }
  }
  await browser.close();
});
