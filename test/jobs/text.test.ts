import { describe, expect, setDefaultTimeout, test } from "bun:test";
import { cleanPrompt } from "../../src/jobs/clean-prompt.ts";
import { pageTitle } from "../../src/jobs/page-title.ts";

setDefaultTimeout(60_000);

describe("prompt", () => {
  test.each([
    ["  a page\r\nfor me\r", "a page\nfor me"],
    ["nul\u0000 and bell\u0007", "nul and bell"],
    ["half \ud83d of one", "half \ufffd of one"],
    ["family 👩‍👩‍👧‍👦 page", "family 👩‍👩‍👧‍👦 page"],
    ["صفحة هبوط", "صفحة هبوط"],
  ])("%j becomes %j", (given, expected) => {
    expect(cleanPrompt(given)).toBe(expected);
  });

  test.each(["", "   \n\t", "\u200b\u200d\ufeff", "\u3164\u2800", "\u00a0\u202e", "\ufe0f\u0301\u20dd", "\ud800"])(
    "nothing visible is nothing: %j",
    (given) => {
      expect(cleanPrompt(given)).toBe("");
    },
  );
});

describe("title", () => {
  test("is the text of the title element", () => {
    expect(pageTitle("<head><title>Tea &amp; &lt;Toast&gt; &amp;amp;</title></head>")).toBe("Tea & <Toast> &amp;");
  });

  test("cannot move a terminal's cursor or turn a chat's text around", () => {
    expect(pageTitle("<title>a\u001b[2Jb\u202ec\nd</title>")).toBe("a[2Jbc d");
  });

  test("has a name for a page without one", () => {
    expect(pageTitle("<body>no title</body>")).toBe("Untitled page");
    expect(pageTitle("<title>  </title>")).toBe("Untitled page");
  });

  test("is bounded", () => {
    expect(pageTitle(`<title>${"x".repeat(5000)}</title>`)).toHaveLength(200);
  });
});
