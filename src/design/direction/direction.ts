import type { Kind } from "../brief/kind.ts";
import type { Wish } from "../brief/wish.ts";
import type { Random } from "../random.ts";
import {
  buildPalette,
  type Ground,
  jitter,
  type Mood,
  type Palette,
  type PaletteSeed,
  paletteSeeds,
} from "./palette.ts";
import { type Typeface, typefaces } from "./typefaces.ts";

export type HeroLayout = "split" | "flip" | "bleed" | "poster" | "center" | "band" | "editorial" | "frame";
export type ArtShape = "soft" | "arch" | "circle" | "square" | "leaf" | "tilt";
type Texture = "none" | "grain" | "dots" | "grid" | "glow" | "stripes";
type Divider = "none" | "line" | "wave" | "scallop" | "zigzag";
type Heads = "plain" | "bar" | "numbered" | "underlined" | "dotted";
type Header = "plain" | "ruled" | "center" | "pill";

/** Everything about the look of one page. The axes are drawn independently of each other. */
export interface Direction {
  palette: Palette;
  /** The same hues on a dark ground, for readers who prefer it; only beside a light palette. */
  night: Palette | undefined;
  type: Typeface;
  hero: HeroLayout;
  header: Header;
  shape: ArtShape;
  texture: Texture;
  divider: Divider;
  /** How the headings of sections are set off. */
  heads: Heads;
  /** Corner radius of cards, px. */
  radius: number;
  button: "pill" | "soft" | "square" | "outline";
  /** Parts of the hero picture move. */
  moving: boolean;
  /** Sections rise into place as they are scrolled to. */
  rising: boolean;
  /** The menu on a phone. */
  menu: "popover" | "chips";
}

const moods: Record<Kind, readonly Mood[]> = {
  coffee: ["warm", "calm", "bold", "playful", "elegant"],
  bakery: ["warm", "playful", "calm"],
  restaurant: ["elegant", "warm", "bold"],
  wedding: ["elegant", "calm"],
  saas: ["crisp", "bold"],
  portfolio: ["crisp", "bold", "elegant"],
  event: ["bold", "playful", "crisp"],
  shop: ["calm", "playful", "elegant", "warm"],
  blog: ["calm", "warm", "crisp", "elegant"],
  clinic: ["calm", "crisp"],
  business: ["crisp", "warm", "calm", "bold"],
  plain: ["calm", "elegant", "bold", "playful", "warm"],
};

const heroes: Record<Kind, readonly HeroLayout[]> = {
  coffee: ["split", "flip", "bleed", "poster", "center", "band", "editorial", "frame"],
  bakery: ["split", "flip", "bleed", "poster", "center", "band", "editorial", "frame"],
  restaurant: ["split", "bleed", "poster", "band", "editorial", "frame", "center"],
  wedding: ["center", "frame", "flip", "bleed", "editorial"],
  saas: ["split", "center", "band", "editorial", "poster"],
  portfolio: ["poster", "editorial", "split", "frame", "bleed"],
  event: ["poster", "band", "bleed", "split", "frame", "center"],
  shop: ["split", "flip", "bleed", "editorial", "band", "frame"],
  blog: ["editorial", "split", "poster", "bleed", "flip"],
  clinic: ["split", "flip", "band", "editorial", "center"],
  business: ["split", "flip", "band", "editorial", "poster", "frame"],
  plain: ["center", "poster", "bleed", "frame", "band"],
};

const sharesMood = (one: readonly Mood[], other: readonly Mood[]): boolean => one.some((mood) => other.includes(mood));

const dark: readonly Ground[] = ["night", "deep"];
const light: readonly Ground[] = ["paper", "white", "tint"];

function groundsFor(wish: Wish): readonly Ground[] | undefined {
  if (wish.scheme === "dark") return dark;
  if (wish.scheme === "light") return light;
  return wish.hue === undefined ? undefined : ["paper", "white", "tint", "pop", "deep", "night"];
}

function choosePalette(kind: Kind, wish: Wish, random: Random): PaletteSeed {
  const grounds = groundsFor(wish);
  const fitting = paletteSeeds.filter(
    (seed) => sharesMood(seed.moods, moods[kind]) && (grounds === undefined || grounds.includes(seed.ground)),
  );
  const seed = jitter(random.pick(fitting.length > 0 ? fitting : paletteSeeds), random);
  if (wish.hue === undefined) return wish.colorless ? { ...seed, chroma: 0.012 } : seed;
  const hue = wish.hue;
  return {
    ...seed,
    hue: seed.ground === "paper" ? seed.hue : hue,
    accent: seed.ground === "night" || light.includes(seed.ground) || seed.ground === "pop" ? hue : seed.accent,
    second: random.pick([hue + 40, hue + 180, hue - 50, hue + 120]) % 360,
    chroma: Math.max(seed.chroma, 0.1),
  };
}

/**
 * Draws the look of a page: seeded by the prompt, fitting the kind of site, with the colours that were asked for.
 *
 * @param language Decides whether the typeface needs Cyrillic letters.
 */
export function chooseDirection(kind: Kind, wish: Wish, random: Random, language = "en"): Direction {
  const seed = choosePalette(kind, wish, random.fork("palette"));
  const palette = buildPalette(seed);
  const of = <T>(axis: string, items: readonly T[]): T => random.fork(axis).pick(items);
  const type = of(
    "type",
    typefaces.filter(
      (face) =>
        sharesMood(face.moods, moods[kind]) &&
        sharesMood(face.moods, seed.moods) &&
        (face.cyrillic || !/^(?:ru|uk)$/.test(language)),
    ),
  );
  return {
    palette,
    night:
      palette.dark || wish.scheme === "light" || seed.ground === "pop"
        ? undefined
        : buildPalette({ ...seed, ground: "night" }),
    type,
    hero: of("hero", heroes[kind]),
    header: of("header", ["plain", "ruled", "center", "pill"]),
    shape: of("shape", ["soft", "arch", "circle", "square", "leaf", "tilt"]),
    texture: of("texture", ["none", "grain", "dots", "grid", "glow", "stripes", "none"]),
    divider: of("divider", ["none", "line", "wave", "scallop", "zigzag", "none"]),
    heads: of("heads", ["plain", "bar", "numbered", "underlined", "dotted", "plain"]),
    radius: of("radius", [0, 0, 6, 14, 22, 30]),
    button: of("button", ["pill", "soft", "square", "outline"]),
    moving: random.fork("moving").chance(0.75),
    rising: random.fork("rising").chance(0.7),
    menu: of("menu", ["popover", "popover", "chips"]),
  };
}
