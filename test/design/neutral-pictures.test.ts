import { expect, test } from "bun:test";
import { drawHero } from "../../src/design/art/art.ts";
import { createRandom } from "../../src/design/random.ts";

const draw = (kind: "plain" | "business", sentence: string, seed: number) =>
  drawHero(kind, sentence, createRandom(`${seed}`), { w: 640, h: 720 }, "").text;

/** The hull of the sailing boat, a wheel of the bicycle, the toolbox. */
const parts = { boat: "M-70 0L70 0L46 34", wheel: 'r="105"', tools: "C-50 -172 50 -172" };
const has = (part: keyof typeof parts, kind: "plain" | "business", sentence: string) =>
  Array.from({ length: 12 }, (_, seed) => draw(kind, sentence, seed)).filter((art) => art.includes(parts[part])).length;

test("no boat sails on a page that says nothing of the sea", () => {
  expect(has("boat", "plain", "Museum of broken toys")).toBe(0);
  expect(has("boat", "plain", "I love the sea")).toBe(12);
});

test("a Monday is no night", () => {
  const nights = Array.from({ length: 6 }, (_, seed) => draw("plain", "every Monday", seed)).filter((art) =>
    art.includes("twinkle"),
  );
  expect(nights).toEqual([]);
});

test("tools and bicycles are where they are spoken of", () => {
  expect(has("tools", "business", "law firm in Leeds")).toBe(0);
  expect(has("tools", "business", "plumber in Leeds")).toBe(12);
  expect(has("wheel", "business", "Fahrradwerkstatt in Köln")).toBe(12);
  expect(has("wheel", "business", "plumber in Leeds")).toBe(0);
});
