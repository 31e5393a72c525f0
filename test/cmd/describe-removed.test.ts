import { expect, test } from "bun:test";
import { describeRemoved } from "../../cmd/describe-removed.ts";
import { sanitize } from "../../src/sanitizer/sanitize.ts";

test("what was left out is named by rule, without content", () => {
  const { report } = sanitize('<p onclick="secret()" onfocus=x><script>secret</script>');
  expect(describeRemoved(report)).toBe("Left out for safety: attribute:handler (2), element:script\n");
});

test("a page that came through whole is not worth a word", () => {
  expect(describeRemoved(sanitize("<p>x").report)).toBe("");
});
