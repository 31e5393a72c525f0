import { converter, formatHex, type Oklch, parse, type Rgb, wcagContrast } from "culori/require";

const toRgb = converter("rgb");
const toOklch = converter("oklch");

/** An opaque or translucent colour of sRGB. */
export type Color = Rgb;

/** Any colour of CSS that stands for itself; nothing for `currentcolor`, `color-mix()` and what is no colour. */
export function readColor(value: string): Color | undefined {
  if (value.length > 100) return undefined;
  const text = value.trim().toLowerCase();
  const color = text === "transparent" || text === "" ? undefined : toRgb(parse(text));
  return color && { ...color, r: toByte(color.r), g: toByte(color.g), b: toByte(color.b) };
}

/** As a screen shows it: colours outside of sRGB are cut off, the others rounded. */
function toByte(value: number): number {
  return Math.round(Math.min(1, Math.max(0, value)) * 255) / 255;
}

/** What a translucent colour looks like on an opaque ground. */
function blend(color: Color, ground: Color): Color {
  const alpha = color.alpha ?? 1;
  const mix = (a: number, b: number): number => a * alpha + b * (1 - alpha);
  return { mode: "rgb", r: mix(color.r, ground.r), g: mix(color.g, ground.g), b: mix(color.b, ground.b) };
}

/** A ground over another; nothing if what shows through it is not known. */
export function overlay(color: Color, ground: Color | undefined): Color | undefined {
  if ((color.alpha ?? 1) >= 1) return color;
  return ground && blend(color, ground);
}

/** Lightness, chroma and hue. */
export function describeColor(color: Color): Oklch {
  return toOklch(color);
}

/** Contrast of a text colour on a ground, 1 to 21, WCAG 2. */
export function contrastOf(color: Color, ground: Color): number {
  return wcagContrast(blend(color, ground), ground);
}

/**
 * The colour moved in lightness as little as it takes to read on all the grounds, hue and chroma kept as far as sRGB
 * allows.
 *
 * @returns `#rrggbb`; nothing if no lightness will do, as on grounds of which one is light and one is dark.
 */
export function moveUntilReadable(color: Color, grounds: readonly Color[], ratio: number): string | undefined {
  const [first] = grounds;
  if (first === undefined) return undefined;
  const from = toOklch(blend(color, first));
  for (let step = 0; step <= 100; step++) {
    for (const sign of step === 0 ? [1] : [-1, 1]) {
      const l = from.l + (sign * step) / 100;
      if (l < 0 || l > 1) continue;
      const hex = formatHex({ ...from, l });
      const moved = toRgb(parse(hex));
      if (moved && grounds.every((ground) => wcagContrast(moved, ground) >= ratio)) return hex;
    }
  }
  return undefined;
}
