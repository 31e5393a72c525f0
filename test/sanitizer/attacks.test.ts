import { describe, expect, setDefaultTimeout, test } from "bun:test";
import { sanitize } from "../../src/sanitizer/sanitize.ts";
import { hasChromium } from "../helpers/chromium.ts";
import { openAttackStage } from "./attacks/attack-stage.ts";
import { contexts } from "./attacks/contexts.ts";
import { corpus } from "./attacks/corpus.ts";

/** `ATTACKS=all`: every attack in every place, for minutes. Otherwise each plain and in one place of its own. */
const everywhere = process.env["ATTACKS"] === "all";
setDefaultTimeout(everywhere ? 3_600_000 : 300_000);

/** What a sanitized page may do is nothing, so documents that came out alike need to be played once only. */
function sanitizedAttacks(): Map<string, string> {
  const places = Object.entries(contexts);
  const documents = new Map<string, string>();
  let turn = 0;
  for (const [name, attacks] of corpus) {
    for (const attack of attacks) {
      turn++;
      for (const [index, [place, put]] of places.entries()) {
        if (!everywhere && index !== 0 && index !== turn % places.length) continue;
        const { html } = sanitize(put(attack));
        if (!documents.has(html)) documents.set(html, `${name}, ${place}: ${attack.slice(0, 500)}`);
      }
    }
  }
  return documents;
}

describe.skipIf(!hasChromium)("in a browser without any policy", () => {
  test("nothing runs, nothing is requested, nothing navigates, whatever a visitor does", async () => {
    await using stage = await openAttackStage();
    const documents = sanitizedAttacks();
    const incidents = await stage.play([...documents.keys()]);
    const origins = [...documents.values()];
    expect(incidents.map((incident) => ({ ...incident, document: origins[incident.document] }))).toEqual([]);
  });

  test("the same attacks work where nothing is sanitized", async () => {
    await using stage = await openAttackStage();
    for (const [name, attacks] of corpus) {
      const some = attacks.filter((_, index) => everywhere || index % 3 === 0);
      const incidents = await stage.play(some);
      const worked = new Set(incidents.map(({ document }) => document).filter((document) => document >= 0));
      // The others are for other parsers and for sanitizers that repair, or need what no browser has any more.
      expect({ name, works: worked.size / some.length > 0.1 }).toEqual({ name, works: true });
    }
  });
});
