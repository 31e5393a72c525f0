import { expect, test } from "bun:test";
import { mendLinks } from "../../src/page/page-links.ts";

const pages = (link: string) =>
  new Map([
    ["index.html", `<p><a href="${link}">x</a></p>`],
    ["about.html", "<p>about</p>"],
  ]);

test.each([
  ["about.html", "about.html"],
  ["./about.html", "about.html"],
  ["/about", "about.html"],
  ["About.html#team", "about.html#team"],
  ["about/", "about.html"],
  ["/", "index.html"],
  ["missing.html", "index.html"],
  ["#menu", "#menu"],
  ["https://example.com/about", "https://example.com/about"],
  ["mailto:a@b.example", "mailto:a@b.example"],
])("a link to %s leads to %s", (written, mended) => {
  expect(mendLinks(pages(written))).toEqual(pages(mended));
});

test("a site of one page is left as it is", () => {
  const one = new Map([["index.html", '<a href="missing.html">x</a>']]);
  expect(mendLinks(one)).toEqual(one);
});
