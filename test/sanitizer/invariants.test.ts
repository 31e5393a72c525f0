import { describe, expect, setDefaultTimeout, test } from "bun:test";
import fc from "fast-check";
import { parse } from "parse5";
import { sanitize } from "../../src/sanitizer/sanitize.ts";
import { checkInput } from "./check-input.ts";
import { findDangers } from "./find-dangers.ts";
import { foundInputs } from "./found-inputs.ts";
import { hostileMarkup, misnestedMarkup } from "./hostile-markup.ts";
import { readCanonicalTree } from "./trees/canonical-tree.ts";
import { readParse5Tree, toTreeNode } from "./trees/parse5-tree.ts";

setDefaultTimeout(120_000);

describe("whatever comes in", () => {
  test("comes out canonical, as the tree that was meant, the same in pieces and the second time, with nothing dangerous", () => {
    fc.assert(
      fc.property(hostileMarkup, fc.array(fc.nat({ max: 400 }), { maxLength: 5 }), (parts, cuts) => {
        expect(checkInput(parts.join(""), cuts)).toEqual([]);
      }),
      { seed: 1, numRuns: 400 },
    );
  });

  test.each(foundInputs())("%s stays fixed", (_name, { input, cuts }) => {
    expect(checkInput(input, cuts)).toEqual([]);
  });

  test("the checks see what is wrong", () => {
    const hostile =
      '<!DOCTYPE html><html><head></head><body><img src="//evil.test/a" onerror="x"><p>a<p>b</p></body></html>';
    expect(findDangers(hostile)).toEqual(["<img>: loads //evil.test/a", "<img>: attribute onerror"]);
    expect(() => readCanonicalTree(hostile)).toThrow("does not end what is open");
    const nested = "<!DOCTYPE html><html><head></head><body><p>a<p>b</p></p></body></html>";
    expect(readParse5Tree(nested, true)).not.toBe(readCanonicalTree(nested));
  });
});

test("mis-nested markup ends up as a browser shows it", () => {
  const documents = fc.sample(misnestedMarkup, { seed: 1, numRuns: 3000 }).map((parts) => parts.join(""));
  const others = documents.filter((html) => shape(`<!DOCTYPE html>${html}`) !== shape(sanitize(html).html));
  // What is left is what no markup can say: a form in a form or between the rows of a table, a link around a link.
  expect(others.length / documents.length).toBeLessThan(0.005);
});

/** Elements and text of a document's body, without attributes. */
function shape(html: string): string {
  const show = (nodes: ReturnType<typeof toTreeNode>): string =>
    nodes.map((node) => (typeof node === "string" ? node : `<${node.name}>${show(node.children)}</>`)).join("");
  const [root] = parse(html).childNodes.flatMap(toTreeNode);
  return typeof root === "object" ? show(root.children.slice(1)) : "";
}
