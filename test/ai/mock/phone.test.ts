import { afterAll, beforeAll, describe, expect, setDefaultTimeout, test } from "bun:test";
import type { Browser, Page } from "playwright-core";
import { writePage } from "../../../src/ai/mock/write-page.ts";
import { hasBrowser, openBrowser } from "../../helpers/browser.ts";

setDefaultTimeout(60_000);

/** The first page of a hundred that has what is looked for. */
function pageWith(prompt: string, ...parts: RegExp[]): string {
  const pages = Array.from({ length: 100 }, (_, i) =>
    writePage(`${prompt} number ${i}`, [{ width: 1600, height: 1200 }]),
  );
  const found = pages.find((html) => parts.every((part) => part.test(html)));
  if (found === undefined) throw new Error(`no page of “${prompt}” has ${parts.join(" and ")}`);
  return found;
}

describe.skipIf(!hasBrowser)("on a phone", () => {
  let browser: Browser;
  let page: Page;
  beforeAll(async () => {
    browser = await openBrowser();
    page = await browser.newPage({ viewport: { width: 390, height: 844 } });
  });
  afterAll(() => browser.close());

  test("a picture cut to a circle keeps away from both edges", async () => {
    await page.setContent(pageWith("coffee shop", /hero hero-center/, /hero-art shape-circle/));
    const { left, right } = (await page.evaluate(
      "document.querySelector('.crop').getBoundingClientRect().toJSON()",
    )) as { left: number; right: number };
    expect(left).toBeGreaterThanOrEqual(20);
    expect(right).toBeLessThanOrEqual(370);
  });

  test("no line of words begins or ends with a dot", async () => {
    await page.setContent(
      pageWith("wedding", /flex-wrap:wrap;margin-inline|flex-wrap:wrap;justify-content:center\}/, /id="words"/),
    );
    const words = (await page.evaluate(`[...document.querySelectorAll(".words li")].map((li) => ({
      top: li.getBoundingClientRect().top,
      after: getComputedStyle(li, "::after").content,
      dotEnds: li.getBoundingClientRect().left + parseFloat(getComputedStyle(li, "::before").left) + parseFloat(getComputedStyle(li, "::before").width),
      edge: li.closest(".words>div").getBoundingClientRect().left,
    }))`)) as { top: number; after: string; dotEnds: number; edge: number }[];
    const first = words.filter(({ top }, i) => top !== words[i - 1]?.top);
    expect(first.length).toBeGreaterThan(1);
    expect(words.filter(({ after }) => after !== "none")).toEqual([]);
    for (const { dotEnds, edge } of first) expect(dotEnds).toBeLessThanOrEqual(edge);
  });
});
