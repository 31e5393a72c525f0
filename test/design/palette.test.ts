import { expect, test } from "bun:test";
import { contrast, readableOn, toHex } from "../../src/design/direction/oklch.ts";
import { buildPalette, jitter, paletteSeeds } from "../../src/design/direction/palette.ts";
import { createRandom } from "../../src/design/random.ts";

test("converts OKLCH as CSS does", () => {
  expect(toHex({ l: 1, c: 0, h: 0 })).toBe("#ffffff");
  expect(toHex({ l: 0, c: 0, h: 0 })).toBe("#000000");
  expect(toHex({ l: 0.62796, c: 0.25768, h: 29.234 })).toBe("#ff0000");
});

test("measures contrast as WCAG does", () => {
  expect(contrast("#000000", "#ffffff")).toBeCloseTo(21, 5);
  expect(contrast("#777777", "#ffffff")).toBeCloseTo(4.48, 2);
});

test("moves a colour until it reads", () => {
  const yellow = { l: 0.9, c: 0.15, h: 100 };
  expect(contrast(readableOn(["#ffffff"], yellow), "#ffffff")).toBeGreaterThanOrEqual(4.5);
});

test("every text of every palette reads on its ground at 4.5:1, whatever the hue", () => {
  const failures: string[] = [];
  for (const seed of paletteSeeds) {
    const turned = Array.from({ length: 12 }, (_, i) => ({ ...seed, hue: i * 30, accent: (i * 30 + 15) % 360 }));
    const jittered = Array.from({ length: 5 }, (_, i) => jitter(seed, createRandom(`${seed.name}${i}`)));
    for (const one of [seed, ...turned, ...jittered]) {
      const p = buildPalette(one);
      const pairs: [string, string, string][] = [
        ["ink on bg", p.ink, p.bg],
        ["ink on surface", p.ink, p.surface],
        ["muted on bg", p.muted, p.bg],
        ["muted on surface", p.muted, p.surface],
        ["accent on bg", p.accent, p.bg],
        ["accent on surface", p.accent, p.surface],
        ["button", p.onFill, p.fill],
        ["ink on band", p.bandInk, p.band],
        ["muted on band", p.bandMuted, p.band],
        ["accent on band", p.bandAccent, p.band],
      ];
      for (const [pair, text, ground] of pairs) {
        if (contrast(text, ground) < 4.5) failures.push(`${seed.name}, hue ${one.hue}: ${pair} ${text} ${ground}`);
      }
    }
  }
  expect(failures).toEqual([]);
});
