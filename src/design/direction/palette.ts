import type { Random } from "../random.ts";
import { contrast, luminance, type Oklch, readableOn, toHex } from "./oklch.ts";

/** What a colour scheme feels like; kinds of sites and typefaces share these words. */
export type Mood = "calm" | "warm" | "bold" | "crisp" | "elegant" | "playful";

/** `paper`, `white`, `tint` are light; `pop` is a bright flat; `deep` and `night` are dark. */
export type Ground = "paper" | "white" | "tint" | "pop" | "deep" | "night";

export interface PaletteSeed {
  name: string;
  ground: Ground;
  /** Hue of the ground and the text. */
  hue: number;
  /** Hue of links and buttons. */
  accent: number;
  /** Hue of the second colour in the pictures. */
  second: number;
  /** Chroma of the accent. */
  chroma: number;
  moods: readonly Mood[];
}

/** Every colour of a page as `#rrggbb`. Text on its ground reads at 4.5:1 or better, by construction. */
export interface Palette {
  name: string;
  dark: boolean;
  bg: string;
  surface: string;
  ink: string;
  muted: string;
  /** Accent as text, on `bg` and `surface`. */
  accent: string;
  /** Accent as a filled area, with `onFill` as its text. */
  fill: string;
  onFill: string;
  line: string;
  /** A contrasting full-width section. */
  band: string;
  bandInk: string;
  bandMuted: string;
  bandAccent: string;
  /** Pictures, from far to near: sky, far, mid, near, dark, pop, light. */
  art: readonly string[];
}

const seed = (
  name: string,
  ground: Ground,
  hue: number,
  accent: number,
  second: number,
  chroma: number,
  ...moods: Mood[]
): PaletteSeed => ({ name, ground, hue, accent, second, chroma, moods });

export const paletteSeeds: readonly PaletteSeed[] = [
  seed("oat", "paper", 80, 42, 150, 0.13, "warm", "calm"),
  seed("fern", "paper", 110, 152, 60, 0.09, "calm", "warm"),
  seed("tomato", "paper", 70, 28, 95, 0.19, "warm", "bold", "playful"),
  seed("olive", "paper", 104, 118, 42, 0.09, "warm", "elegant", "calm"),
  seed("linen", "paper", 60, 255, 40, 0.1, "elegant", "crisp", "calm"),
  seed("cobalt", "white", 255, 262, 40, 0.2, "crisp", "bold"),
  seed("coral", "white", 230, 26, 225, 0.17, "crisp", "playful"),
  seed("bone", "white", 90, 60, 20, 0.02, "elegant", "crisp", "calm"),
  seed("viridian", "white", 170, 165, 85, 0.11, "crisp", "calm"),
  seed("orchid", "white", 310, 315, 60, 0.19, "crisp", "playful"),
  seed("rosewater", "tint", 15, 5, 120, 0.14, "elegant", "calm"),
  seed("lagoon", "tint", 205, 222, 50, 0.1, "calm", "crisp"),
  seed("lilac", "tint", 300, 288, 95, 0.16, "playful", "crisp", "elegant"),
  seed("sage", "tint", 140, 158, 30, 0.07, "calm", "elegant"),
  seed("apricot", "tint", 62, 35, 200, 0.15, "warm", "playful"),
  seed("powder", "tint", 245, 258, 20, 0.13, "calm", "crisp"),
  seed("lemon", "pop", 98, 98, 25, 0.15, "bold", "playful"),
  seed("blush", "pop", 8, 8, 150, 0.075, "playful", "elegant", "bold"),
  seed("mint", "pop", 165, 165, 30, 0.09, "playful", "bold", "crisp"),
  seed("tangerine", "pop", 58, 58, 260, 0.14, "bold", "warm"),
  seed("sky", "pop", 228, 228, 75, 0.09, "playful", "bold", "crisp"),
  seed("forest", "deep", 158, 96, 40, 0.11, "elegant", "calm", "warm"),
  seed("plum", "deep", 335, 50, 90, 0.11, "elegant", "bold"),
  seed("brick", "deep", 33, 82, 150, 0.12, "warm", "bold"),
  seed("ultramarine", "deep", 264, 98, 30, 0.14, "bold", "crisp"),
  seed("petrol", "deep", 205, 65, 140, 0.12, "elegant", "crisp", "calm"),
  seed("espresso", "night", 55, 72, 30, 0.12, "warm", "elegant"),
  seed("graphite", "night", 265, 155, 265, 0.15, "crisp", "bold"),
  seed("midnight", "night", 272, 60, 330, 0.13, "elegant", "crisp"),
  seed("neon", "night", 300, 340, 200, 0.2, "bold", "playful"),
];

interface GroundTone {
  bg: Oklch;
  surface: Oklch;
  ink: Oklch;
  muted: Oklch;
  line: Oklch;
  accentL: number;
}

function groundTone({ ground, hue, accent, chroma }: PaletteSeed): GroundTone {
  const light = (l: number, c: number, surfaceL: number, surfaceC: number): GroundTone => ({
    bg: { l, c, h: hue },
    surface: { l: surfaceL, c: surfaceC, h: hue },
    ink: { l: 0.23, c: Math.min(0.045, chroma * 0.4), h: accent },
    muted: { l: 0.47, c: 0.03, h: hue },
    line: { l: l - 0.1, c: c + 0.012, h: hue },
    accentL: 0.53,
  });
  const dark = (l: number, c: number): GroundTone => ({
    bg: { l, c, h: hue },
    surface: { l: l + 0.05, c: c * 1.08, h: hue },
    ink: { l: 0.965, c: 0.018, h: accent },
    muted: { l: 0.78, c: Math.min(0.05, c + 0.01), h: hue },
    line: { l: l + 0.14, c, h: hue },
    accentL: 0.83,
  });
  switch (ground) {
    case "paper":
      return light(0.968, 0.014, 0.992, 0.006);
    case "white":
      return light(0.995, 0.002, 0.968, Math.min(0.01, chroma * 0.1));
    case "tint":
      return light(0.935, 0.028, 0.975, 0.012);
    case "pop":
      return {
        ...light(0.885, hue > 75 && hue < 112 ? chroma : Math.min(chroma, 0.085), 0.955, chroma * 0.3),
        muted: { l: 0.36, c: 0.05, h: hue },
        accentL: 0.33,
      };
    case "deep":
      return dark(0.325, chroma * 0.62);
    case "night":
      return dark(0.185, 0.018);
  }
}

/** Flat colours of the pictures. The middle ones carry the accent, so that art and buttons belong together. */
function artColors({ ground, hue, accent, second, chroma }: PaletteSeed): string[] {
  const c = chroma < 0.02 ? 0.008 : Math.max(0.035, Math.min(0.15, chroma));
  const dark = ground === "deep" || ground === "night";
  const tones: Oklch[] = dark
    ? [
        { l: ground === "deep" ? 0.42 : 0.29, c: ground === "deep" ? c * 0.7 : Math.min(c, 0.035), h: hue },
        { l: 0.52, c: c * 0.7, h: hue },
        { l: 0.68, c, h: accent },
        { l: 0.47, c: c * 0.9, h: second },
        { l: 0.2, c: 0.035, h: hue },
        { l: 0.8, c: c * 1.05, h: accent },
        { l: 0.96, c: 0.02, h: accent },
      ]
    : [
        { l: ground === "pop" ? 0.8 : 0.87, c: Math.min(c, 0.1) * 0.75, h: ground === "white" ? accent : hue },
        { l: 0.78, c: c * 0.75, h: second },
        { l: 0.66, c, h: accent },
        { l: 0.47, c: c * 0.9, h: accent },
        { l: 0.27, c: Math.min(0.05, c * 0.5), h: accent },
        { l: 0.74, c: Math.min(0.16, c * 1.1), h: second },
        { l: 0.98, c: 0.012, h: hue },
      ];
  return tones.map(toHex);
}

/** The fill with a text colour on it: near-white or near-black, whichever reads better, the fill moved until it does. */
function filled(color: Oklch): { fill: string; onFill: string } {
  const fill = toHex(color);
  const [light, dark] = [toHex({ l: 0.99, c: 0.006, h: color.h }), toHex({ l: 0.2, c: 0.03, h: color.h })];
  const onFill = contrast(fill, light) >= contrast(fill, dark) ? light : dark;
  return { fill: readableOn([onFill], color), onFill };
}

/** The whole palette of one seed. Pure: the same seed gives the same colours. */
export function buildPalette(paletteSeed: PaletteSeed): Palette {
  const { ground, hue, accent, chroma } = paletteSeed;
  const tone = groundTone(paletteSeed);
  const [bg, surface] = [toHex(tone.bg), toHex(tone.surface)];
  const grounds = [bg, surface];
  const isDark = luminance(bg) < 0.18;
  const bandTone: Oklch = isDark
    ? { l: 0.93, c: Math.min(0.06, chroma * 0.5), h: accent }
    : { l: ground === "pop" ? 0.25 : 0.29, c: Math.min(0.085, chroma * 0.62), h: accent };
  const band = toHex(bandTone);
  const fill = filled(
    ground === "pop"
      ? { l: 0.25, c: Math.min(0.07, chroma * 0.5), h: accent }
      : { l: isDark ? 0.83 : 0.52, c: chroma, h: accent },
  );
  return {
    name: paletteSeed.name,
    dark: isDark,
    bg,
    surface,
    ink: readableOn(grounds, tone.ink, 9),
    muted: readableOn(grounds, tone.muted, 5),
    accent: readableOn(grounds, { l: tone.accentL, c: chroma, h: accent }),
    ...fill,
    line: toHex(tone.line),
    band,
    bandInk: readableOn([band], isDark ? { l: 0.22, c: 0.03, h: hue } : { l: 0.97, c: 0.015, h: hue }, 9),
    bandMuted: readableOn([band], isDark ? { l: 0.42, c: 0.04, h: hue } : { l: 0.82, c: 0.03, h: hue }, 5),
    bandAccent: readableOn(
      [band],
      isDark ? { l: 0.45, c: chroma, h: accent } : { l: 0.85, c: chroma * 0.8, h: paletteSeed.second },
    ),
    art: artColors(paletteSeed),
  };
}

/** A seed a few degrees beside the one in the table, so that two pages of one seed still differ. */
export function jitter(paletteSeed: PaletteSeed, random: Random): PaletteSeed {
  const turn = (h: number, by: number): number => (h + random.range(-by, by) + 360) % 360;
  return {
    ...paletteSeed,
    hue: turn(paletteSeed.hue, 7),
    accent: turn(paletteSeed.accent, 8),
    second: turn(paletteSeed.second, 18),
    chroma: paletteSeed.chroma * random.range(0.88, 1.08),
  };
}
