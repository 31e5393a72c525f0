import { buildPalette, type PaletteSeed } from "../../design/direction/palette.ts";
import { type Color, describeColor, readColor } from "../css/color.ts";
import { Palette } from "../css/palette.ts";
import { readRules } from "../css/rules.ts";

const accentNames = /accent|primary|brand|main|highlight|theme/;
const groundNames = /^--(?:bg|background|paper|surface|base|ground|color-bg|color-background)$/;
const maxSheetChars = 200_000;

/** The colours of a page as its style sheets tell them, for the pictures that are drawn into it. */
export class PageColors {
  #accent: { hue: number; chroma: number } | undefined;
  #second: number | undefined;
  #ground: { l: number; hue: number } | undefined;

  add(css: string): void {
    if (css.length > maxSheetChars || this.#accent) return;
    const rules = readRules(css);
    const palette = new Palette();
    palette.add(rules);
    const body = rules.findLast(({ selectors }) => selectors.some((name) => /^(?:body|html|:root)$/.test(name)));
    const background = body?.declarations.findLast(({ name }) => /^background(?:-color)?$/.test(name));
    this.#noteGround(background && palette.resolve(background.value, "light"));
    const colorful: { name: string; hue: number; chroma: number }[] = [];
    for (const name of palette.names()) {
      const color = palette.resolve(`var(${name})`, "light");
      if (color === undefined) continue;
      const { c, h = 0 } = describeColor(color);
      if (groundNames.test(name)) this.#noteGround(color);
      else if (c > 0.04) colorful.push({ name, hue: h, chroma: c });
    }
    if (colorful.length === 0) colorful.push(...colorsIn(css));
    const accent =
      colorful.find(({ name }) => accentNames.test(name)) ?? colorful.toSorted((a, b) => b.chroma - a.chroma)[0];
    if (accent === undefined) return;
    this.#accent = accent;
    this.#second = colorful.find(({ hue }) => Math.abs(hue - accent.hue) > 25)?.hue;
  }

  /** Sky, far, mid, near, dark, pop, light; nothing if the page is without colour so far. */
  get art(): readonly string[] | undefined {
    if (this.#accent === undefined) return undefined;
    const { hue, chroma } = this.#accent;
    const isDark = (this.#ground?.l ?? 1) < 0.5;
    const seed: PaletteSeed = {
      name: "page",
      ground: isDark ? "night" : "paper",
      hue: this.#ground?.hue ?? hue,
      accent: hue,
      second: this.#second ?? (hue + 45) % 360,
      chroma: Math.min(0.16, Math.max(0.05, chroma)),
      moods: [],
    };
    return buildPalette(seed).art;
  }

  #noteGround(color: Color | undefined): void {
    if (color === undefined || this.#ground) return;
    const { l, h = 80 } = describeColor(color);
    this.#ground = { l, hue: h };
  }
}

/** Colours of a sheet that has no custom properties. */
function colorsIn(css: string): { name: string; hue: number; chroma: number }[] {
  return [...css.matchAll(/#[\da-f]{6}\b/gi)].slice(0, 200).flatMap(([hex]) => {
    const color = readColor(hex);
    const { c = 0, h = 0 } = color ? describeColor(color) : {};
    return c > 0.06 ? [{ name: "", hue: h, chroma: c }] : [];
  });
}
