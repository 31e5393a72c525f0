import { describe, expect, test } from "bun:test";
import { findSection, readSections } from "../../src/page/sections.ts";

const page = `<nav><a class="x" href="#kontakt">Schreib uns</a></nav>
<section id="list"><h2>What we pour</h2><section id="inner"><h3>Tea</h3></section></section>
<section id="voices" aria-label="In their words"><p>…</p></section>
<section id="kontakt"><h2>Tom &amp; Ann</h2></section>`;

test("sections are the outermost ones, with all that they are called", () => {
  expect(readSections(page).map(({ id, title, names }) => ({ id, title, names }))).toEqual([
    { id: "list", title: "What we pour", names: ["list", "what we pour"] },
    { id: "voices", title: "In their words", names: ["voices", "in their words"] },
    { id: "kontakt", title: "Tom & Ann", names: ["kontakt", "tom & ann", "schreib uns"] },
  ]);
});

describe("is found by what people call it", () => {
  test.each([
    ["the menu", "list"],
    ["our Reviews section", "voices"],
    ["die Bewertungen", "voices"],
    ["отзывы", "voices"],
    ["评价", "voices"],
    ["“Tom & Ann”", "kontakt"],
    ["Contact", "kontakt"],
    ["schreib uns", "kontakt"],
  ])("%s", (called, id) => expect(findSection(readSections(page), called)?.id).toBe(id));

  test.each(["the weather", "", "tea"])("or is not: %j", (called) => {
    expect(findSection(readSections(page), called)).toBeUndefined();
  });

  test("never when two could be meant", () => {
    const twice = readSections('<section id="faq"><h2>A</h2></section><section id="questions"><h2>B</h2></section>');
    expect(findSection(twice, "die Fragen")).toBeUndefined();
    expect(findSection(twice, "faq")?.id).toBe("faq");
  });
});

test("a page of countless sections takes no time to speak of", () => {
  const flood = '<section id="a"><h2>x</h2></section><a href="#a">x</a>'.repeat(40_000);
  expect(readSections(flood)).toEqual([]);
});
