import { describe, expect, setDefaultTimeout, test } from "bun:test";
import { sanitize } from "../../src/sanitizer/sanitize.ts";
import { hasChromium, openChromium } from "../helpers/chromium.ts";
import { playAttacks } from "./attacks/attack-stage.ts";
import { contexts } from "./attacks/contexts.ts";
import { corpus } from "./attacks/corpus.ts";
import { readCanonicalTree } from "./trees/canonical-tree.ts";
import { describeInBrowser } from "./trees/describe-in-browser.ts";

/** `ATTACKS=all`: every attack in every place, for minutes. Otherwise each plain and in one place of its own. */
const everywhere = process.env["ATTACKS"] === "all";
setDefaultTimeout(everywhere ? 3_600_000 : 300_000);

interface Sanitized {
  html: string;
  /** Where it comes from, for people. */
  origin: string;
}

/** What the attacks have become, without repetitions. */
function sanitizeAttacks(): Sanitized[] {
  const places = Object.entries(contexts);
  const origins = new Map<string, string>();
  let turn = 0;
  for (const [name, attacks] of corpus) {
    for (const attack of attacks) {
      turn++;
      for (const [index, [place, put]] of places.entries()) {
        if (!everywhere && index !== 0 && index !== turn % places.length) continue;
        const { html } = sanitize(put(attack));
        if (!origins.has(html)) origins.set(html, `${name}, ${place}: ${attack.slice(0, 500)}`);
      }
    }
  }
  return [...origins].map(([html, origin]) => ({ html, origin }));
}

const text = /(<style[^>]*>[^<]*<)|>[^<]+</g;
const description = / (?:title|alt|placeholder|data-[a-z-]+)="[^"]*"/g;

/** One of all those that differ only in what is there to be read. */
function withoutLookalikes(documents: readonly Sanitized[]): Sanitized[] {
  const skeletons = new Map<string, Sanitized>();
  for (const sanitized of documents) {
    const skeleton = sanitized.html.replace(text, (_, style?: string) => style ?? ">text<").replace(description, "");
    if (!skeletons.has(skeleton)) skeletons.set(skeleton, sanitized);
  }
  return [...skeletons.values()];
}

describe.skipIf(!hasChromium)("in a browser without any policy", () => {
  const documents = sanitizeAttacks();

  // What is only text to us is only text to Chromium, so lookalikes need not be played.
  test("every document is the tree that was written", async () => {
    await using browser = await openChromium();
    const page = await browser.newPage();
    for (let from = 0; from < documents.length; from += 200) {
      const some = documents.slice(from, from + 200);
      const trees = await page.evaluate(`${JSON.stringify(some.map(({ html }) => html))}.map(${describeInBrowser})`);
      expect(trees).toEqual(some.map(({ html }) => readCanonicalTree(html)));
    }
  });

  test("nothing runs, nothing is requested, nothing navigates, whatever a visitor does", async () => {
    const distinct = withoutLookalikes(documents);
    const incidents = await playAttacks(
      distinct.map(({ html }) => html),
      { onProgress: (done) => everywhere && console.log(`${done} of ${distinct.length} documents`) },
    );
    expect(incidents.map((incident) => ({ ...incident, document: distinct[incident.document] }))).toEqual([]);
  });

  test("the same attacks work where nothing is sanitized", async () => {
    const attacks = [...corpus].flatMap(([name, all]) =>
      all.filter((_, index) => everywhere || index % 6 === 0).map((attack) => ({ name, attack })),
    );
    const incidents = await playAttacks(attacks.map(({ attack }) => attack));
    const worked = new Set(incidents.map(({ document }) => document));
    for (const name of corpus.keys()) {
      const ofName = [...attacks.entries()].filter(([, attack]) => attack.name === name);
      const share = ofName.filter(([index]) => worked.has(index)).length / ofName.length;
      // The others are for other parsers and for sanitizers that repair, or need what no browser has any more.
      expect({ name, works: share > 0.1 }).toEqual({ name, works: true });
    }
  });

  test("what happens under the pointer is seen", async () => {
    const attack = "<style>p:hover { background: url(http://outside.test/hover) }</style><p>point at me</p>";
    expect(await playAttacks([attack])).toMatchObject([{ document: 0, kind: "requested" }]);
  });
});
