import type { Mood } from "./palette.ts";

/** Fonts that are shipped with the program, each with what stands in for it until it is there or where it lacks a letter. */
const stacks = {
  bricolage: `"Bricolage Grotesque",system-ui,sans-serif`,
  cormorant: `Cormorant,Garamond,Georgia,serif`,
  dmSans: `"DM Sans",system-ui,sans-serif`,
  fraunces: `Fraunces,Georgia,serif`,
  geologica: `Geologica,system-ui,sans-serif`,
  inter: `Inter,system-ui,sans-serif`,
  lora: `Lora,Georgia,serif`,
  manrope: `Manrope,system-ui,sans-serif`,
  mono: `"JetBrains Mono",ui-monospace,monospace`,
  montserrat: `Montserrat,system-ui,sans-serif`,
  nunito: `Nunito,system-ui,sans-serif`,
  onest: `Onest,system-ui,sans-serif`,
  oswald: `Oswald,"Arial Narrow",sans-serif`,
  outfit: `Outfit,system-ui,sans-serif`,
  playfair: `"Playfair Display",Georgia,serif`,
  slab: `"Roboto Slab",Rockwell,serif`,
  spaceGrotesk: `"Space Grotesk",system-ui,sans-serif`,
  unbounded: `Unbounded,system-ui,sans-serif`,
} as const;

type Stack = keyof typeof stacks;

/** Families without Cyrillic letters. */
const latinOnly: readonly Stack[] = ["bricolage", "dmSans", "fraunces", "outfit", "spaceGrotesk"];

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
  /** Mean width of a letter of the headings, em. */
  letterEm: number;
  uppercase: boolean;
  italic: boolean;
  /** Whether every one of its families has Cyrillic letters. */
  cyrillic: boolean;
  moods: readonly Mood[];
}

const face = (
  name: string,
  families: readonly [display: Stack, body: Stack, label: Stack],
  shape: Partial<Omit<Typeface, "name" | "display" | "body" | "label" | "cyrillic" | "moods">>,
  ...moods: Mood[]
): Typeface => ({
  name,
  display: stacks[families[0]],
  body: stacks[families[1]],
  label: stacks[families[2]],
  weight: 600,
  tracking: -0.015,
  leading: 1.06,
  scale: 1,
  letterEm: 0.54,
  uppercase: false,
  italic: false,
  ...shape,
  cyrillic: !families.some((family) => latinOnly.includes(family)),
  moods,
});

/** Pairs of faces with what they feel like; a direction picks one that shares a mood with subject and palette. */
export const typefaces: readonly Typeface[] = [
  face(
    "almanac",
    ["fraunces", "dmSans", "dmSans"],
    { weight: 600, tracking: -0.02, leading: 1.04 },
    "warm",
    "elegant",
    "playful",
  ),
  face(
    "whisper",
    ["fraunces", "dmSans", "dmSans"],
    { weight: 300, tracking: -0.025, scale: 1.12, leading: 1.02 },
    "elegant",
    "calm",
  ),
  face(
    "salon",
    ["playfair", "manrope", "manrope"],
    { weight: 500, tracking: -0.015, scale: 1.06, leading: 1.05 },
    "elegant",
    "warm",
  ),
  face(
    "gazette",
    ["playfair", "lora", "onest"],
    { weight: 800, tracking: -0.015, leading: 1.04 },
    "warm",
    "crisp",
    "bold",
  ),
  face(
    "letter",
    ["cormorant", "onest", "onest"],
    { weight: 500, tracking: -0.02, italic: true, scale: 1.3, leading: 0.98, letterEm: 0.44 },
    "elegant",
    "calm",
    "warm",
  ),
  face(
    "column",
    ["cormorant", "manrope", "manrope"],
    { weight: 600, tracking: -0.02, scale: 1.28, leading: 0.98, letterEm: 0.46 },
    "elegant",
    "calm",
  ),
  face("book", ["lora", "lora", "onest"], { weight: 500, tracking: -0.015, scale: 0.98 }, "warm", "calm", "elegant"),
  face("quarterly", ["lora", "inter", "inter"], { weight: 700, tracking: -0.02 }, "calm", "crisp", "warm"),
  face(
    "signpost",
    ["slab", "onest", "mono"],
    { weight: 700, tracking: -0.03, scale: 0.94, letterEm: 0.58 },
    "bold",
    "warm",
    "playful",
  ),
  face(
    "swiss",
    ["inter", "inter", "inter"],
    { weight: 700, tracking: -0.045, leading: 1, letterEm: 0.56 },
    "crisp",
    "bold",
  ),
  face(
    "feather",
    ["geologica", "geologica", "geologica"],
    { weight: 300, tracking: -0.04, scale: 1.02, leading: 1.04, letterEm: 0.58 },
    "crisp",
    "elegant",
    "calm",
  ),
  face(
    "poster",
    ["oswald", "onest", "oswald"],
    { weight: 600, tracking: -0.005, uppercase: true, scale: 1.28, leading: 1, letterEm: 0.5 },
    "bold",
    "playful",
  ),
  face(
    "marquee",
    ["unbounded", "onest", "onest"],
    { weight: 700, tracking: -0.04, scale: 0.78, leading: 1.06, letterEm: 0.74 },
    "bold",
    "playful",
    "crisp",
  ),
  face(
    "modern",
    ["manrope", "manrope", "manrope"],
    { weight: 800, tracking: -0.04, letterEm: 0.57 },
    "crisp",
    "playful",
    "calm",
  ),
  face("bauhaus", ["outfit", "outfit", "outfit"], { weight: 600, tracking: -0.03 }, "playful", "bold", "crisp"),
  face("pebble", ["nunito", "nunito", "nunito"], { weight: 900, tracking: -0.025, letterEm: 0.56 }, "playful", "warm"),
  face(
    "terminal",
    ["mono", "inter", "mono"],
    { weight: 700, tracking: -0.06, scale: 0.84, leading: 1.1, letterEm: 0.58 },
    "crisp",
    "bold",
  ),
  face(
    "workshop",
    ["bricolage", "dmSans", "dmSans"],
    { weight: 700, tracking: -0.03, leading: 0.98 },
    "bold",
    "playful",
    "warm",
    "crisp",
  ),
  face(
    "orbit",
    ["spaceGrotesk", "spaceGrotesk", "mono"],
    { weight: 600, tracking: -0.045, leading: 1.02, letterEm: 0.56 },
    "crisp",
    "bold",
  ),
  face(
    "avenue",
    ["montserrat", "onest", "onest"],
    { weight: 700, tracking: -0.035, scale: 0.94, letterEm: 0.61 },
    "crisp",
    "bold",
    "calm",
  ),
  face(
    "plain speech",
    ["onest", "onest", "onest"],
    { weight: 600, tracking: -0.035, letterEm: 0.56 },
    "calm",
    "crisp",
    "warm",
  ),
];
