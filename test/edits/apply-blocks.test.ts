import { describe, expect, test } from "bun:test";
import { applyBlocks } from "../../src/edits/apply-blocks.ts";
import { sanitize } from "../../src/sanitizer/sanitize.ts";

const page = sanitize(`<!DOCTYPE html><html lang="en"><head><title>Tom &amp; Ann’s</title><style>
:root { --ink: #112233; }
</style></head><body>
<main>
  <h1>Tom &amp; Ann’s café – 7&nbsp;days</h1>
  <ul><li>Tea</li><li>Cake</li></ul>
  <p>Price: $5 \\ cup 🍵</p>
  <p>Same</p>
  <p>Same</p>
</main>
</body></html>`).html;
const pages = new Map([["index.html", page]]);

function apply(search: string, replace: string, to: ReadonlyMap<string, string> = pages) {
  return applyBlocks(to, [{ page: undefined, readings: [{ search, replace }] }]);
}

function edited(search: string, replace: string): string {
  const applied = apply(search, replace);
  if ("problems" in applied) throw new Error(applied.problems.join("\n"));
  return applied.pages.get("index.html") ?? "";
}

function problem(search: string, replace: string): string {
  const applied = apply(search, replace);
  return "problems" in applied ? applied.problems.join("\n") : "applied";
}

describe("finds", () => {
  test.each([
    ["to the letter", "<li>Tea</li>"],
    ["with other white space at the edges", "   <li>Tea</li>\n"],
    ["with tags on lines of their own", "<ul>\n    <li>Tea</li>\n    <li>Cake</li>\n</ul>"],
  ])("%s", (_, search) => {
    const replace = search.replace("Tea", "Kaffee");
    expect(edited(search, replace).replace(/\s/g, "")).toBe(page.replace("Tea", "Kaffee").replace(/\s/g, ""));
  });

  test.each([
    ["plain signs for typographic ones", "<h1>Tom &amp; Ann's café - 7 days</h1>"],
    ["no entities", "<h1>Tom & Ann’s café – 7 days</h1>"],
    ["numbers for entities", "<h1>Tom &#38; Ann&#8217;s café &#x2013; 7&#160;days</h1>"],
  ])("with %s", (_, search) => {
    expect(edited(search, "<h1>New</h1>")).toBe(page.replace(/<h1>.*<\/h1>/, "<h1>New</h1>"));
  });

  test("the reading that stands in the page, when there are several", () => {
    const applied = applyBlocks(pages, [
      {
        page: undefined,
        readings: [
          { search: "<p>Nowhere</p>", replace: "x" },
          { search: "<li>Tea</li>", replace: "<li>Mate</li>" },
        ],
      },
    ]);
    expect("pages" in applied && applied.pages.get("index.html")).toBe(page.replace("Tea", "Mate"));
  });
});

describe("puts in", () => {
  test.each(["$&", "$1 $$ $` $'", "\\1 \\n \\\\", "&lt;b&gt; &amp;amp;", "👩‍👩‍👧‍👦 é ﷽", "{} %s"])(
    "%s as it is",
    (text) => {
      expect(edited("<li>Tea</li>", `<li>${text}</li>`)).toBe(page.split("Tea").join(text));
    },
  );

  test("nothing, and what was there is gone", () => {
    expect(edited("<li>Tea</li>", "")).toBe(page.split("<li>Tea</li>").join(""));
  });
});

describe("refuses", () => {
  test.each([
    ["what stands twice", "<p>Same</p>", "<p>Other</p>", /stands 2 times/],
    [
      "what is not there, and shows what is like it",
      "<h1>Menu</h1>\n<li>Tea</li><li>Cake</li>",
      "x",
      /does not stand.*\n.*<ul><li>Tea/s,
    ],
    ["an empty search", "  ", "x", /nothing to look for/],
    ["a change of nothing", "<li>Tea</li>", "<li>Tea</li>", /change nothing/],
    ["an end tag too many", "<li>Tea</li>", "<li>Tea</li></ul></main>", /balanced/],
    ["an element left open", "<li>Tea</li>", "<li>Tea</li><div>", /balanced/],
    ["a remark in place of the rest", "<li>Tea</li>", "<li>Tea</li><!-- rest unchanged -->", /leaves something out/],
  ])("%s", (_, search, replace, message) => {
    expect(problem(search, replace)).toMatch(message);
  });

  test("all blocks when one cannot be applied", () => {
    const applied = applyBlocks(pages, [
      { page: undefined, readings: [{ search: "<li>Tea</li>", replace: "<li>Mate</li>" }] },
      { page: undefined, readings: [{ search: "<li>Beer</li>", replace: "<li>Wine</li>" }] },
      { page: undefined, readings: [] },
    ]);
    expect(applied).toEqual({ problems: [expect.stringMatching(/^Block 2:/), expect.stringMatching(/^Block 3:/)] });
  });

  test("two blocks for the same lines, unless they are the same block", () => {
    const one = { page: undefined, readings: [{ search: "<li>Tea</li>", replace: "<li>Mate</li>" }] };
    const other = { page: undefined, readings: [{ search: "<ul><li>Tea", replace: "<ul><li>Rum" }] };
    expect(applyBlocks(pages, [one, other])).toEqual({ problems: [expect.stringContaining("same lines")] });
    expect(applyBlocks(pages, [one, one])).toHaveProperty("pages");
  });
});

test("a block changes every page that has its text, or the one it names", () => {
  const two = new Map([...pages, ["about.html", page]]);
  const block = { page: undefined, readings: [{ search: "<li>Tea</li>", replace: "<li>Mate</li>" }] };
  const both = applyBlocks(two, [block]);
  expect("pages" in both && [...both.pages.values()].every((html) => html.includes("Mate"))).toBe(true);
  const named = applyBlocks(two, [{ ...block, page: "about.html" }]);
  expect("pages" in named && named.pages.get("index.html")).toBe(page);
});
