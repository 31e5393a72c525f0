import type { Mood } from "./palette.ts";

/** Faces that exist on phones and desktops; no file is ever fetched. Each stack ends in a generic family. */
const stacks = {
  oldStyle: `"Iowan Old Style","Palatino Linotype",Palatino,"URW Palladio L","Noto Serif",serif`,
  transitional: `Charter,"Bitstream Charter","Sitka Text",Cambria,"Noto Serif",serif`,
  didone: `Didot,"Bodoni 72","Bodoni MT","Noto Serif Display","URW Palladio L",P052,serif`,
  georgia: `Georgia,"Noto Serif","Liberation Serif",serif`,
  slab: `Rockwell,"Rockwell Nova","Roboto Slab","DejaVu Serif","Sitka Small",serif`,
  humanist: `Optima,Candara,"Gill Sans Nova","Gill Sans","Noto Sans",sans-serif`,
  geometric: `"Avenir Next",Avenir,Montserrat,Corbel,"URW Gothic",sans-serif`,
  futura: `Futura,"Century Gothic","Avenir Next","URW Gothic",sans-serif`,
  grotesque: `"Helvetica Neue",Helvetica,Arial,"Liberation Sans",sans-serif`,
  system: `system-ui,-apple-system,"Segoe UI",Roboto,sans-serif`,
  rounded: `ui-rounded,"SF Pro Rounded","Hiragino Maru Gothic ProN",Quicksand,Nunito,"Arial Rounded MT Bold",system-ui,sans-serif`,
  condensed: `"Avenir Next Condensed","Roboto Condensed",sans-serif-condensed,"Arial Narrow","Liberation Sans Narrow","Franklin Gothic Medium",sans-serif`,
  mono: `ui-monospace,"SF Mono",Menlo,"Cascadia Code",Consolas,"Roboto Mono","DejaVu Sans Mono",monospace`,
} as const;

export interface Typeface {
  name: string;
  display: string;
  body: string;
  /** Face of small labels. */
  label: string;
  weight: number;
  /** Letter spacing of headings, em. */
  tracking: number;
  leading: number;
  /** Size of headings against the page's normal ones. */
  scale: number;
  uppercase: boolean;
  italic: boolean;
  moods: readonly Mood[];
}

type Stack = keyof typeof stacks;

const face = (
  name: string,
  [display, body, label]: readonly [Stack, Stack, Stack],
  shape: Partial<Pick<Typeface, "weight" | "tracking" | "leading" | "scale" | "uppercase" | "italic">>,
  ...moods: Mood[]
): Typeface => ({
  name,
  display: stacks[display],
  body: stacks[body],
  label: stacks[label],
  weight: 600,
  tracking: -0.015,
  leading: 1.06,
  scale: 1,
  uppercase: false,
  italic: false,
  ...shape,
  moods,
});

export const typefaces: readonly Typeface[] = [
  face("book", ["oldStyle", "oldStyle", "humanist"], { weight: 500, tracking: -0.01 }, "warm", "calm", "elegant"),
  face("quarterly", ["transitional", "system", "system"], { weight: 700, tracking: -0.02 }, "calm", "crisp", "warm"),
  face(
    "salon",
    ["didone", "humanist", "humanist"],
    { weight: 400, tracking: -0.02, scale: 1.12, leading: 1 },
    "elegant",
  ),
  face(
    "letter",
    ["oldStyle", "system", "system"],
    { weight: 400, italic: true, scale: 1.08 },
    "elegant",
    "calm",
    "warm",
  ),
  face("gazette", ["georgia", "georgia", "grotesque"], { weight: 700, tracking: -0.025 }, "warm", "crisp", "calm"),
  face(
    "signpost",
    ["slab", "system", "mono"],
    { weight: 700, tracking: -0.03, scale: 0.94 },
    "bold",
    "warm",
    "playful",
  ),
  face(
    "swiss",
    ["grotesque", "grotesque", "grotesque"],
    { weight: 700, tracking: -0.045, leading: 1 },
    "crisp",
    "bold",
  ),
  face(
    "feather",
    ["grotesque", "grotesque", "grotesque"],
    { weight: 300, tracking: -0.035, scale: 1.06 },
    "crisp",
    "elegant",
    "calm",
  ),
  face(
    "poster",
    ["condensed", "system", "condensed"],
    { weight: 700, tracking: -0.01, uppercase: true, scale: 1.22, leading: 0.95 },
    "bold",
    "playful",
  ),
  face(
    "marquee",
    ["grotesque", "system", "mono"],
    { weight: 900, tracking: -0.05, scale: 1.1, leading: 0.95 },
    "bold",
    "crisp",
    "playful",
  ),
  face(
    "modern",
    ["geometric", "geometric", "geometric"],
    { weight: 700, tracking: -0.025 },
    "crisp",
    "playful",
    "calm",
  ),
  face("bauhaus", ["futura", "humanist", "futura"], { weight: 500, tracking: -0.03 }, "playful", "elegant", "bold"),
  face("pebble", ["rounded", "rounded", "rounded"], { weight: 800, tracking: -0.02 }, "playful", "warm"),
  face(
    "terminal",
    ["mono", "system", "mono"],
    { weight: 600, tracking: -0.05, scale: 0.86, leading: 1.12 },
    "crisp",
    "bold",
  ),
  face("column", ["humanist", "oldStyle", "humanist"], { weight: 600, tracking: -0.02 }, "calm", "elegant", "warm"),
];
