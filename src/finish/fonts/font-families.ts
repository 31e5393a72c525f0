import bricolageGrotesqueLatinExt from "@fontsource-variable/bricolage-grotesque/files/bricolage-grotesque-latin-ext-wght-normal.woff2" with {
  type: "file",
};
import bricolageGrotesqueLatin from "@fontsource-variable/bricolage-grotesque/files/bricolage-grotesque-latin-wght-normal.woff2" with {
  type: "file",
};
import cormorantCyrillicItalic from "@fontsource-variable/cormorant/files/cormorant-cyrillic-wght-italic.woff2" with {
  type: "file",
};
import cormorantCyrillic from "@fontsource-variable/cormorant/files/cormorant-cyrillic-wght-normal.woff2" with {
  type: "file",
};
import cormorantLatinExtItalic from "@fontsource-variable/cormorant/files/cormorant-latin-ext-wght-italic.woff2" with {
  type: "file",
};
import cormorantLatinExt from "@fontsource-variable/cormorant/files/cormorant-latin-ext-wght-normal.woff2" with {
  type: "file",
};
import cormorantLatinItalic from "@fontsource-variable/cormorant/files/cormorant-latin-wght-italic.woff2" with {
  type: "file",
};
import cormorantLatin from "@fontsource-variable/cormorant/files/cormorant-latin-wght-normal.woff2" with {
  type: "file",
};
import dmSansLatinExt from "@fontsource-variable/dm-sans/files/dm-sans-latin-ext-wght-normal.woff2" with {
  type: "file",
};
import dmSansLatin from "@fontsource-variable/dm-sans/files/dm-sans-latin-wght-normal.woff2" with { type: "file" };
import frauncesLatinExtItalic from "@fontsource-variable/fraunces/files/fraunces-latin-ext-wght-italic.woff2" with {
  type: "file",
};
import frauncesLatinExt from "@fontsource-variable/fraunces/files/fraunces-latin-ext-wght-normal.woff2" with {
  type: "file",
};
import frauncesLatinItalic from "@fontsource-variable/fraunces/files/fraunces-latin-wght-italic.woff2" with {
  type: "file",
};
import frauncesLatin from "@fontsource-variable/fraunces/files/fraunces-latin-wght-normal.woff2" with { type: "file" };
import geologicaCyrillic from "@fontsource-variable/geologica/files/geologica-cyrillic-wght-normal.woff2" with {
  type: "file",
};
import geologicaLatinExt from "@fontsource-variable/geologica/files/geologica-latin-ext-wght-normal.woff2" with {
  type: "file",
};
import geologicaLatin from "@fontsource-variable/geologica/files/geologica-latin-wght-normal.woff2" with {
  type: "file",
};
import interCyrillic from "@fontsource-variable/inter/files/inter-cyrillic-wght-normal.woff2" with { type: "file" };
import interLatinExt from "@fontsource-variable/inter/files/inter-latin-ext-wght-normal.woff2" with { type: "file" };
import interLatin from "@fontsource-variable/inter/files/inter-latin-wght-normal.woff2" with { type: "file" };
import jetbrainsMonoCyrillic from "@fontsource-variable/jetbrains-mono/files/jetbrains-mono-cyrillic-wght-normal.woff2" with {
  type: "file",
};
import jetbrainsMonoLatinExt from "@fontsource-variable/jetbrains-mono/files/jetbrains-mono-latin-ext-wght-normal.woff2" with {
  type: "file",
};
import jetbrainsMonoLatin from "@fontsource-variable/jetbrains-mono/files/jetbrains-mono-latin-wght-normal.woff2" with {
  type: "file",
};
import loraCyrillicItalic from "@fontsource-variable/lora/files/lora-cyrillic-wght-italic.woff2" with { type: "file" };
import loraCyrillic from "@fontsource-variable/lora/files/lora-cyrillic-wght-normal.woff2" with { type: "file" };
import loraLatinExtItalic from "@fontsource-variable/lora/files/lora-latin-ext-wght-italic.woff2" with { type: "file" };
import loraLatinExt from "@fontsource-variable/lora/files/lora-latin-ext-wght-normal.woff2" with { type: "file" };
import loraLatinItalic from "@fontsource-variable/lora/files/lora-latin-wght-italic.woff2" with { type: "file" };
import loraLatin from "@fontsource-variable/lora/files/lora-latin-wght-normal.woff2" with { type: "file" };
import manropeCyrillic from "@fontsource-variable/manrope/files/manrope-cyrillic-wght-normal.woff2" with {
  type: "file",
};
import manropeLatinExt from "@fontsource-variable/manrope/files/manrope-latin-ext-wght-normal.woff2" with {
  type: "file",
};
import manropeLatin from "@fontsource-variable/manrope/files/manrope-latin-wght-normal.woff2" with { type: "file" };
import montserratCyrillic from "@fontsource-variable/montserrat/files/montserrat-cyrillic-wght-normal.woff2" with {
  type: "file",
};
import montserratLatinExt from "@fontsource-variable/montserrat/files/montserrat-latin-ext-wght-normal.woff2" with {
  type: "file",
};
import montserratLatin from "@fontsource-variable/montserrat/files/montserrat-latin-wght-normal.woff2" with {
  type: "file",
};
import nunitoCyrillic from "@fontsource-variable/nunito/files/nunito-cyrillic-wght-normal.woff2" with { type: "file" };
import nunitoLatinExt from "@fontsource-variable/nunito/files/nunito-latin-ext-wght-normal.woff2" with { type: "file" };
import nunitoLatin from "@fontsource-variable/nunito/files/nunito-latin-wght-normal.woff2" with { type: "file" };
import onestCyrillic from "@fontsource-variable/onest/files/onest-cyrillic-wght-normal.woff2" with { type: "file" };
import onestLatinExt from "@fontsource-variable/onest/files/onest-latin-ext-wght-normal.woff2" with { type: "file" };
import onestLatin from "@fontsource-variable/onest/files/onest-latin-wght-normal.woff2" with { type: "file" };
import oswaldCyrillic from "@fontsource-variable/oswald/files/oswald-cyrillic-wght-normal.woff2" with { type: "file" };
import oswaldLatinExt from "@fontsource-variable/oswald/files/oswald-latin-ext-wght-normal.woff2" with { type: "file" };
import oswaldLatin from "@fontsource-variable/oswald/files/oswald-latin-wght-normal.woff2" with { type: "file" };
import outfitLatinExt from "@fontsource-variable/outfit/files/outfit-latin-ext-wght-normal.woff2" with { type: "file" };
import outfitLatin from "@fontsource-variable/outfit/files/outfit-latin-wght-normal.woff2" with { type: "file" };
import playfairDisplayCyrillicItalic from "@fontsource-variable/playfair-display/files/playfair-display-cyrillic-wght-italic.woff2" with {
  type: "file",
};
import playfairDisplayCyrillic from "@fontsource-variable/playfair-display/files/playfair-display-cyrillic-wght-normal.woff2" with {
  type: "file",
};
import playfairDisplayLatinExtItalic from "@fontsource-variable/playfair-display/files/playfair-display-latin-ext-wght-italic.woff2" with {
  type: "file",
};
import playfairDisplayLatinExt from "@fontsource-variable/playfair-display/files/playfair-display-latin-ext-wght-normal.woff2" with {
  type: "file",
};
import playfairDisplayLatinItalic from "@fontsource-variable/playfair-display/files/playfair-display-latin-wght-italic.woff2" with {
  type: "file",
};
import playfairDisplayLatin from "@fontsource-variable/playfair-display/files/playfair-display-latin-wght-normal.woff2" with {
  type: "file",
};
import robotoSlabCyrillic from "@fontsource-variable/roboto-slab/files/roboto-slab-cyrillic-wght-normal.woff2" with {
  type: "file",
};
import robotoSlabLatinExt from "@fontsource-variable/roboto-slab/files/roboto-slab-latin-ext-wght-normal.woff2" with {
  type: "file",
};
import robotoSlabLatin from "@fontsource-variable/roboto-slab/files/roboto-slab-latin-wght-normal.woff2" with {
  type: "file",
};
import spaceGroteskLatinExt from "@fontsource-variable/space-grotesk/files/space-grotesk-latin-ext-wght-normal.woff2" with {
  type: "file",
};
import spaceGroteskLatin from "@fontsource-variable/space-grotesk/files/space-grotesk-latin-wght-normal.woff2" with {
  type: "file",
};
import unboundedCyrillic from "@fontsource-variable/unbounded/files/unbounded-cyrillic-wght-normal.woff2" with {
  type: "file",
};
import unboundedLatin from "@fontsource-variable/unbounded/files/unbounded-latin-wght-normal.woff2" with {
  type: "file",
};

/** Parts a family is divided into, so that a page loads only the letters it uses. */
export const subsets = {
  latin:
    "U+0000-00FF,U+0131,U+0152-0153,U+02BB-02BC,U+02C6,U+02DA,U+02DC,U+0304,U+0308,U+0329,U+2000-206F,U+20AC,U+2122,U+2191,U+2193,U+2212,U+2215,U+FEFF,U+FFFD",
  latinExt:
    "U+0100-02BA,U+02BD-02C5,U+02C7-02CC,U+02CE-02D7,U+02DD-02FF,U+0304,U+0308,U+0329,U+1D00-1DBF,U+1E00-1E9F,U+1EF2-1EFF,U+2020,U+20A0-20AB,U+20AD-20C0,U+2113,U+2C60-2C7F,U+A720-A7FF",
  cyrillic: "U+0301,U+0400-045F,U+0490-0491,U+04B0-04B1,U+2116",
} as const;

export type Subset = keyof typeof subsets;

export interface FontFamily {
  family: string;
  slug: string;
  /** Range of the weight axis. */
  weights: string;
  /** Files by subset; embedded in the compiled binary. */
  normal: Partial<Record<Subset, string>>;
  italic?: Partial<Record<Subset, string>>;
}

/** Variable fonts under the SIL Open Font License 1.1, as packaged by Fontsource. */
export const fontFamilies: readonly FontFamily[] = [
  {
    family: "Bricolage Grotesque",
    slug: "bricolage-grotesque",
    weights: "200 800",
    normal: { latin: bricolageGrotesqueLatin, latinExt: bricolageGrotesqueLatinExt },
  },
  {
    family: "Cormorant",
    slug: "cormorant",
    weights: "300 700",
    normal: { latin: cormorantLatin, latinExt: cormorantLatinExt, cyrillic: cormorantCyrillic },
    italic: { latin: cormorantLatinItalic, latinExt: cormorantLatinExtItalic, cyrillic: cormorantCyrillicItalic },
  },
  { family: "DM Sans", slug: "dm-sans", weights: "100 1000", normal: { latin: dmSansLatin, latinExt: dmSansLatinExt } },
  {
    family: "Fraunces",
    slug: "fraunces",
    weights: "100 900",
    normal: { latin: frauncesLatin, latinExt: frauncesLatinExt },
    italic: { latin: frauncesLatinItalic, latinExt: frauncesLatinExtItalic },
  },
  {
    family: "Geologica",
    slug: "geologica",
    weights: "100 900",
    normal: { latin: geologicaLatin, latinExt: geologicaLatinExt, cyrillic: geologicaCyrillic },
  },
  {
    family: "Inter",
    slug: "inter",
    weights: "100 900",
    normal: { latin: interLatin, latinExt: interLatinExt, cyrillic: interCyrillic },
  },
  {
    family: "JetBrains Mono",
    slug: "jetbrains-mono",
    weights: "100 800",
    normal: { latin: jetbrainsMonoLatin, latinExt: jetbrainsMonoLatinExt, cyrillic: jetbrainsMonoCyrillic },
  },
  {
    family: "Lora",
    slug: "lora",
    weights: "400 700",
    normal: { latin: loraLatin, latinExt: loraLatinExt, cyrillic: loraCyrillic },
    italic: { latin: loraLatinItalic, latinExt: loraLatinExtItalic, cyrillic: loraCyrillicItalic },
  },
  {
    family: "Manrope",
    slug: "manrope",
    weights: "200 800",
    normal: { latin: manropeLatin, latinExt: manropeLatinExt, cyrillic: manropeCyrillic },
  },
  {
    family: "Montserrat",
    slug: "montserrat",
    weights: "100 900",
    normal: { latin: montserratLatin, latinExt: montserratLatinExt, cyrillic: montserratCyrillic },
  },
  {
    family: "Nunito",
    slug: "nunito",
    weights: "200 1000",
    normal: { latin: nunitoLatin, latinExt: nunitoLatinExt, cyrillic: nunitoCyrillic },
  },
  {
    family: "Onest",
    slug: "onest",
    weights: "100 900",
    normal: { latin: onestLatin, latinExt: onestLatinExt, cyrillic: onestCyrillic },
  },
  {
    family: "Oswald",
    slug: "oswald",
    weights: "200 700",
    normal: { latin: oswaldLatin, latinExt: oswaldLatinExt, cyrillic: oswaldCyrillic },
  },
  { family: "Outfit", slug: "outfit", weights: "100 900", normal: { latin: outfitLatin, latinExt: outfitLatinExt } },
  {
    family: "Playfair Display",
    slug: "playfair-display",
    weights: "400 900",
    normal: { latin: playfairDisplayLatin, latinExt: playfairDisplayLatinExt, cyrillic: playfairDisplayCyrillic },
    italic: {
      latin: playfairDisplayLatinItalic,
      latinExt: playfairDisplayLatinExtItalic,
      cyrillic: playfairDisplayCyrillicItalic,
    },
  },
  {
    family: "Roboto Slab",
    slug: "roboto-slab",
    weights: "100 900",
    normal: { latin: robotoSlabLatin, latinExt: robotoSlabLatinExt, cyrillic: robotoSlabCyrillic },
  },
  {
    family: "Space Grotesk",
    slug: "space-grotesk",
    weights: "300 700",
    normal: { latin: spaceGroteskLatin, latinExt: spaceGroteskLatinExt },
  },
  {
    family: "Unbounded",
    slug: "unbounded",
    weights: "200 900",
    normal: { latin: unboundedLatin, cyrillic: unboundedCyrillic },
  },
];
