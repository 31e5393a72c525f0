import { describe, expect, setDefaultTimeout, test } from "bun:test";
import { createSanitizer, sanitize } from "../../src/sanitizer/sanitize.ts";

/** `ATTACKS=all`: the full ten megabytes. */
const inputChars = process.env["ATTACKS"] === "all" ? 10_000_000 : 1_000_000;
setDefaultTimeout(180_000);

describe(`${inputChars / 1e6} million characters`, () => {
  const endless: Record<string, string> = {
    "open tags": "<div>",
    "formatting tags": "<b><i>",
    "links around blocks": "<a href=x><p>",
    "nested tables": "<table><tr><td>",
    "misplaced rows": "<table><b>x<tr>",
    svg: "<svg><g>",
    math: "<math><mtext>",
    "end tags": "</div></p></b>",
    "less-than signs": "<",
    ampersands: "&",
    "half references": "&am",
    comments: "<!--",
    "closed comments": "<!---->",
    CDATA: "<svg><![CDATA[",
    quotes: "<p a=\"'",
    lists: "<ul><li>",
    forms: "<form><div></form>",
    options: "<select><option>",
    rulers: "<p><hr>",
    NULs: "\0",
    "raw text": "<style></styl",
    "skipped content": "<script><iframe>",
  };

  test.each(Object.entries(endless))("of %s take linear time and give bounded output", (_, piece) => {
    const input = piece.repeat(Math.ceil(inputChars / piece.length));
    let written = 0;
    const before = process.memoryUsage().rss;
    const start = performance.now();
    const sanitizer = createSanitizer((chunk) => {
      written += chunk.length;
    });
    for (let from = 0; from < input.length; from += 65_536) sanitizer.write(input.slice(from, from + 65_536));
    sanitizer.end();
    // Quadratic time would be hours; the limits leave room for a machine under load.
    expect(performance.now() - start).toBeLessThan(120_000);
    expect(written).toBeLessThan(12 * input.length);
    expect(process.memoryUsage().rss - before).toBeLessThan(600_000_000);
  });

  test.each([
    ["an attribute", "<p title='", "x"],
    ["attributes", "<p", " a=b"],
    ["distinct attributes", "<p", ""],
    ["a tag name", "<", "a"],
    ["braces", "<style>", "{"],
    ["brackets", "<style>", "("],
    ["at-rules", "<style>", "@media x{"],
    ["comparisons", "<style>@media (", "a<"],
    ["declarations", "<style>a{", "b:url(//c);"],
    ["style attributes", "", "<p style='a:url(//b)'>"],
    ["a srcset", "<img srcset='", "//a 1x,"],
    ["white space in an address", "<a href='a", " "],
    ["digits in a srcset", "<img srcset='a.png 1", "1"],
    ["white space in a srcset", "<img srcset='a.png z", " "],
    ["commas in a srcset", "<img srcset='a", ","],
  ])("of %s take linear time", (name, beginning, piece) => {
    const names = Array.from({ length: inputChars / 10 }, (_, index) => ` a${index}=b`).join("");
    const filler = name === "distinct attributes" ? names : piece.repeat(Math.ceil(inputChars / piece.length));
    const start = performance.now();
    expect(sanitize(`${beginning}${filler}z'>`).html).toEndWith("</html>");
    expect(performance.now() - start).toBeLessThan(120_000);
  });
});
