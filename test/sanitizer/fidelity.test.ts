import { describe, expect, setDefaultTimeout, test } from "bun:test";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { DomUtils, parseDocument } from "htmlparser2";
import type { Page } from "playwright-core";
import { sanitize } from "../../src/sanitizer/sanitize.ts";
import { hasChromium, openChromium } from "../helpers/chromium.ts";
import { listLosses } from "./list-losses.ts";

setDefaultTimeout(300_000);
const directory = join(import.meta.dir, "../fixtures/sanitizer/pages");
const pages = readdirSync(directory)
  .sort()
  .map((name): [string, string] => [name, readFileSync(join(directory, name), "utf8")]);

/** All that benign pages lose, and why. */
const justified: Record<string, string[]> = {
  // A template does nothing without script, and what is in noscript is what a page without script shows.
  "app-shell.html": ["noscript", "p", "template", "template[id=t]"],
  "css-modern.html": [
    // A block in a style attribute could be read as a rule (css:syntax).
    "--x:",
    // The same comparison the other way round, because no `<` may stand in a style sheet.
    "@container(200px<width<2000px)",
    "@media(400px<=width<=9999px)",
    "a:b",
    // The same string with the `<` escaped.
    'content:"\\2014\\"has\\"<ok>"',
    'syntax:"<angle>"',
  ],
  // The one declaration of the encoding is our own.
  "dashboard.html": ["meta[charset=UTF-8]"],
  "email-like.html": ["meta[content=text/html; charset=utf-8]", "meta[http-equiv=Content-Type]"],
  "latest.html": [
    // The same comparisons the other way round, as above.
    "@containercard(inline-size>30em)and(400px<width<=700px)",
    // A type in a function's head or in attr() needs a `<`, and attr() of any type could be an address.
    "@function--double(--x<length>:1px)returns<length>",
    "color:attr(data-ctype(<color>),red)",
    "media(width<600px):blue",
    "result:calc(var(--x)*2)",
    // The same strings with the `<` escaped, the same addresses in url().
    'syntax:"<angle>"',
    'utf8,<svgxmlns="http://www.w3.org/2000/svg"width="4"height="4"><rectwidth="1"height="1"fill="%23000"/></svg>"),image-set(url("a.avif")type("image/avif"),url("b.png")2x),conic-gradient(fromvar(--angle),red,blue)',
  ],
  // The same addresses in url().
  "media.html": ['background-image:image-set("a.avif"type("image/avif"),"a.png"1x)'],
  // Data for machines is a script element, and none stays (element:script-json-ld).
  "metadata.html": ["script", "script[type=application/ld+json]"],
  // The same address as href.
  "svg.html": ["use[xlink:href=#leaf]"],
};

describe("benign pages", () => {
  test.each(pages)("%s loses only what a rule says", (name, page) => {
    expect(listLosses(page, sanitize(page).html)).toEqual(justified[name] ?? []);
  });

  test("a loss is noticed", () => {
    expect(listLosses("<p class=a style='color:red;top:0'>x<i>y</i>", "<p class=a style='color:red'>xy")).toEqual([
      "i",
      "top:0",
    ]);
  });

  test.skipIf(!hasChromium)("look as before, at least as much as after htmlparser2 alone", async () => {
    await using browser = await openChromium();
    const page = await browser.newPage({ viewport: { width: 800, height: 900 }, javaScriptEnabled: true });
    const different = { ours: 0, htmlparser2: 0 };
    for (const [, html] of pages) {
      const before = await shoot(page, html);
      const parsed = parseDocument(html);
      different.ours += await compare(page, before, await shoot(page, sanitize(html).html));
      different.htmlparser2 += await compare(page, before, await shoot(page, DomUtils.getOuterHTML(parsed)));
    }
    if (process.env["ATTACKS"] === "all") console.log(different);
    expect(different.ours / pages.length).toBeLessThanOrEqual(different.htmlparser2 / pages.length);
    expect(different.ours / pages.length).toBeLessThan(0.001);
  });
});

async function shoot(page: Page, html: string): Promise<string> {
  await page.setContent(html, { waitUntil: "load" });
  const picture = await page.screenshot({ animations: "disabled", caret: "hide" });
  return picture.toString("base64");
}

/** Mean difference of two pictures per colour of a pixel, from 0 to 1. */
async function compare(page: Page, one: string, other: string): Promise<number> {
  await page.setContent("<!DOCTYPE html>");
  return (await page.evaluate(`(async () => {
    const pixels = await Promise.all(${JSON.stringify([one, other])}.map(async (picture) => {
      const image = new Image();
      image.src = "data:image/png;base64," + picture;
      await image.decode();
      const canvas = new OffscreenCanvas(image.width, image.height);
      const context = canvas.getContext("2d");
      context.drawImage(image, 0, 0);
      return context.getImageData(0, 0, image.width, image.height).data;
    }));
    let sum = 0;
    for (let index = 0; index < pixels[0].length; index++) sum += Math.abs(pixels[0][index] - pixels[1][index]);
    return sum / pixels[0].length / 255;
  })()`)) as number;
}
