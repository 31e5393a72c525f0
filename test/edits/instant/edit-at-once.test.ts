import { expect, test } from "bun:test";
import { editAtOnce } from "../../../src/edits/instant/edit-at-once.ts";
import { sanitize } from "../../../src/sanitizer/sanitize.ts";

const { html } = sanitize("<!DOCTYPE html><html lang=en><title>Bar</title><h1>Night Owl</h1><p>Open daily.</p></html>");
const pages = new Map([["index.html", html]]);

test.each(["change", "please move", "make the title", "替换"])(
  "%s and a long run of white space are read at once",
  (verb) => {
    // Unbounded, this took minutes, and the worker heard nothing meanwhile.
    for (const gap of [" ", "\n", "\t \n"])
      expect(editAtOnce(pages, `${verb}${gap.repeat(380 / gap.length)}x`)).toBeUndefined();
  },
);

test("white space between the words of a wish does not matter", () => {
  const edit = editAtOnce(pages, "Change   Night Owl \n to  Day Owl");
  expect(edit?.pages.get("index.html")).toContain("<h1>Day Owl</h1>");
});
