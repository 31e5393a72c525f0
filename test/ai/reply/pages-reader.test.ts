import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { createPagesReader } from "../../../src/ai/reply/pages-reader.ts";
import { OutputError } from "../../../src/errors.ts";

const style = "<style>h1{color:red}</style>";
const page = (name: string, css = "") =>
  `<!DOCTYPE html>\n<html lang="en"><head><title>${name}</title>${css}</head><body><h1>${name} page</h1>\n<p>=== not a page: x ===</p></body></html>`;
const site = `${page("Home", style)}\n\n=== page: about.html ===\n${page("About")}\n=== page: menu.html ===\n${page("Menu")}\n`;

function read(pieces: readonly string[], finish: "stop" | "length" | "unknown" = "stop") {
  const html: string[] = [];
  const reader = createPagesReader((chunk) => void html.push(chunk), { onRestart: () => void html.splice(0) });
  for (const piece of pieces) reader.write(piece);
  const { repairs, morePages } = reader.end(finish);
  return {
    index: html.join("").trim(),
    pages: new Map([...morePages].map(([path, text]) => [path, text.trim()])),
    repairs,
  };
}

const styled = (name: string) => page(name, `${style}\n`);

test("several pages come out of one reply, with the style sheet of the first", () => {
  expect(read([site])).toEqual({
    index: page("Home", style),
    pages: new Map([
      ["about.html", styled("About")],
      ["menu.html", styled("Menu")],
    ]),
    repairs: [],
  });
});

test("a page with rules of its own gets the common ones before them", () => {
  const own = page("About", "<style>p{margin:0}</style>");
  const { pages } = read([`${page("Home", style)}\n=== page: about ===\n${own}`]);
  expect(pages.get("about.html")).toBe(page("About", `${style}\n<style>p{margin:0}</style>`));
});

test("one page is one page", () => {
  expect(read([page("Home", style)])).toEqual({ index: page("Home", style), pages: new Map(), repairs: [] });
});

describe("slips that models make", () => {
  test.each([
    ["a line for the first page", `=== page: index.html ===\n${site}`],
    ["fences around each page", site.replace(/(<!DOCTYPE)/g, "```html\n$1").replace(/(<\/html>)/g, "$1\n```")],
    ["line ends of Windows", site.replace(/\n(?==== page)|(?<====)\n/g, "\r\n")],
    ["more signs, other case, no ending", site.replace("=== page: about.html ===", "===== Page: About =====")],
    ["marked up", site.replace("=== page: about.html ===", "### `=== page: about.html ===`")],
  ])("%s", (_, reply) => {
    const { index, pages } = read([reply]);
    expect(index).toBe(page("Home", style));
    expect(pages.get("about.html")).toBe(styled("About"));
    expect([...pages.keys()]).toEqual(["about.html", "menu.html"]);
  });

  test("a page that comes twice, or too many, is dropped", () => {
    const more = Array.from(
      { length: 9 },
      (_, number) => `\n=== page: p${number}.html ===\n${page(`P${number}`)}`,
    ).join("");
    const { pages, repairs } = read([`${site}=== page: about.html ===\n${page("Again")}${more}`]);
    expect(pages.get("about.html")).toBe(styled("About"));
    expect(pages.size).toBe(5);
    expect(repairs).toEqual(["pages_dropped"]);
  });
});

test.each([
  ["cut off in a later page", site.slice(0, -60), "length", "truncated"],
  ["without a finish reason", site, "unknown", "unfinished"],
  [
    "broken off in the first page",
    site.replace("</h1>\n<p>=== not a page: x ===</p></body></html>", "\n"),
    "stop",
    "truncated",
  ],
] as const)("a reply %s is not taken for a site", (_, reply, finish, reason) => {
  expect(() => read([reply], finish)).toThrow(OutputError);
  expect(() => read([reply], finish)).toThrow(expect.objectContaining({ reason }));
});

test("any chunking of a reply gives the same pages", () => {
  const whole = read([site]);
  const sizes = fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 1, maxLength: 20 });
  fc.assert(
    fc.property(sizes, (chosen) => {
      const pieces: string[] = [];
      for (let at = 0, turn = 0; at < site.length; turn++) {
        const size = chosen[turn % chosen.length] ?? 1;
        pieces.push(site.slice(at, at + size));
        at += size;
      }
      expect(read(pieces)).toEqual(whole);
    }),
    { numRuns: 200, seed: 6 },
  );
});
