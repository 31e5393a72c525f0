import { describe, expect, test } from "bun:test";
import { drawHero, drawSecond, drawTile } from "../../src/design/art/art.ts";
import { createRandom } from "../../src/design/random.ts";

const size = { w: 320, h: 272 };
/** Colours of their own, which no palette changes. */
const own = (picture: { text: string }) => new Set(picture.text.match(/rgb\([\d,]+\)/g));

describe.each(["coffee", "bakery"] as const)("on the list of a %s", (kind) => {
  const tiles = Array.from({ length: 6 }, (_, place) => drawTile(kind, createRandom("seed"), size, place));
  test("no two things share a picture", () => expect(new Set(tiles.map(({ text }) => text)).size).toBe(6));
  test("each has colours of its own", () => {
    for (const tile of tiles) expect(own(tile).size).toBeGreaterThan(0);
  });
  test("what is not on it is not drawn as something that is", () =>
    expect(own(drawTile(kind, createRandom("seed"), size, 6)).size).toBe(0));
});

test.each(["bakery", "restaurant"] as const)("a %s shows food in the colours of food, whatever the page's", (kind) => {
  for (let i = 0; i < 12; i++) {
    expect(own(drawHero(kind, "", createRandom(`${i}`), size, "")).size).toBeGreaterThan(0);
    expect(own(drawSecond(kind, createRandom(`${i}`), size)).size).toBeGreaterThan(0);
  }
});
