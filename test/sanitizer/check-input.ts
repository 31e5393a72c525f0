import { createSanitizer, sanitize } from "../../src/sanitizer/sanitize.ts";
import { findDangers } from "./find-dangers.ts";
import { readCanonicalTree } from "./trees/canonical-tree.ts";
import { readParse5Tree } from "./trees/parse5-tree.ts";

/** Sanitizes a text cut at these places. */
function sanitizeInPieces(input: string, cuts: readonly number[]): { html: string; report: unknown } {
  let html = "";
  const sanitizer = createSanitizer((chunk) => {
    html += chunk;
  });
  let from = 0;
  for (const cut of [...cuts].sort((one, other) => one - other)) {
    sanitizer.write(input.slice(from, cut));
    from = Math.max(from, cut);
  }
  sanitizer.write(input.slice(from));
  const report = sanitizer.end();
  return { html, report };
}

/**
 * Holds the sanitizer to its promises for one input.
 *
 * @returns What is broken, in words; empty if nothing is.
 */
export function checkInput(input: string, cuts: readonly number[] = []): string[] {
  const broken: string[] = [];
  const { html, report } = sanitize(input);
  let tree = "";
  try {
    tree = readCanonicalTree(html);
  } catch (error) {
    broken.push(`canonical: ${error}`);
  }
  for (const scripting of [true, false]) {
    const read = readParse5Tree(html, scripting);
    if (read !== tree) broken.push(`parse5 (scripting ${scripting}) reads another tree:\n${read}instead of\n${tree}`);
  }
  const again = sanitize(html);
  if (again.html !== html) broken.push(`not idempotent:\n${again.html}\nafter\n${html}`);
  else if (again.report.removed > 0) broken.push(`removes from its own output: ${JSON.stringify(again.report.rules)}`);
  const everyCharacter = Array.from({ length: Math.min(input.length, 2000) }, (_, index) => index);
  for (const places of [cuts, everyCharacter]) {
    const pieces = sanitizeInPieces(input, places);
    if (pieces.html !== html)
      broken.push(`cut at ${places.length > 20 ? "every character" : places}: ${pieces.html}\ninstead of ${html}`);
    else if (JSON.stringify(pieces.report) !== JSON.stringify(report)) broken.push("another report in pieces");
  }
  broken.push(...findDangers(html));
  return broken;
}
