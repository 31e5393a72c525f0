import type { Attributes, Pass, Token } from "../token.ts";
import { type FontFamily, fontFamilies, type Subset, subsets } from "./font-families.ts";

export interface FontOptions {
  /** BCP 47 tag, for a page that does not say its language. */
  language: string;
  /** A file that the page refers to from now on. */
  onFile: (path: string, embedded: string) => void;
}

const cyrillicLanguages = /^(?:ru|uk|be|bg|mk|sr|kk|ky|mn|tg)\b/i;
const extendedLanguages = /^(?:az|bs|cs|cy|eo|et|hr|hu|ku|lt|lv|mt|pl|ro|sk|sl|sq|tk|tr|uz|vi)\b/i;
const cyrillic = /[\u0400-\u045f\u0490\u0491]/;
const extended = /[\u0100-\u0130\u0132-\u0151\u0154-\u02ba\u1e00-\u1eff\u20aa\u20b4\u20ba\u20bd]/;

const fontPath = ({ slug }: FontFamily, style: "normal" | "italic", subset: Subset): string =>
  `assets/fonts/${slug}-${subset === "latinExt" ? "latin-ext" : subset}${style === "italic" ? "-italic" : ""}.woff2`;

const pattern = ({ family }: FontFamily): RegExp => new RegExp(`(?<=[\\s:,"'(])${family}(?=\\s*["',;}!])`, "i");
const known = fontFamilies.map((family) => ({ family, pattern: pattern(family) }));

/**
 * Gives a page the fonts it names, from the set that is shipped: rules in front of the style sheet that uses them, and
 * the files for the bundle. Letters of another script than the page's language promised get their rules at the end.
 */
export function createFontPass({ language, onFile }: FontOptions): Pass & { rulesFor(css: string): string } {
  const used = new Set<FontFamily>();
  const declared = new Set<string>();
  const wanted = new Set<Subset>(["latin"]);

  const want = (tag: string): void => {
    if (cyrillicLanguages.test(tag)) wanted.add("cyrillic");
    if (extendedLanguages.test(tag)) wanted.add("latinExt");
  };
  want(language);

  /** Rules for what is used and wanted and has none yet. */
  const rules = (): string => {
    let css = "";
    for (const family of used) {
      for (const style of ["normal", "italic"] as const) {
        for (const subset of wanted) {
          const embedded = family[style]?.[subset];
          const path = fontPath(family, style, subset);
          if (embedded === undefined || declared.has(path)) continue;
          declared.add(path);
          onFile(path, embedded);
          css += fontFace(family, style, subset, path);
        }
      }
    }
    return css;
  };

  const emit = (next: (token: Token) => void): void => {
    const css = rules();
    if (css !== "") next({ kind: "style", attributes: new Map(), css, foreign: false });
  };

  const noteStyle = (css: string): void => {
    for (const { family, pattern } of known) if (!used.has(family) && pattern.test(css)) used.add(family);
    // A page that was finished before has these rules already.
    for (const [, path = ""] of css.matchAll(/url\("(assets\/fonts\/[\w-]+\.woff2)"\)/g)) {
      const embedded = embeddedFile(path);
      if (embedded !== undefined && !declared.has(path)) onFile(path, embedded);
      declared.add(path);
    }
  };

  const noteText = (text: string): void => {
    if (!wanted.has("cyrillic") && cyrillic.test(text)) wanted.add("cyrillic");
    if (!wanted.has("latinExt") && extended.test(text)) wanted.add("latinExt");
  };

  return {
    /** Rules for what a sheet names that comes into the page further on. */
    rulesFor(css) {
      noteStyle(css);
      return rules();
    },
    see(token, next) {
      if (token.kind === "text") noteText(token.html);
      else if (token.kind === "style") {
        noteStyle(token.css);
        emit(next);
      } else if (token.kind === "start" && token.name === "html") want(languageOf(token.attributes));
      else if (token.kind === "end" && token.name === "body") emit(next);
      next(token);
    },
  };
}

function languageOf(attributes: Attributes): string {
  return attributes.get("lang") ?? "";
}

function embeddedFile(path: string): string | undefined {
  for (const family of fontFamilies) {
    for (const style of ["normal", "italic"] as const) {
      for (const subset of Object.keys(family[style] ?? {}) as Subset[]) {
        if (fontPath(family, style, subset) === path) return family[style]?.[subset];
      }
    }
  }
  return undefined;
}

function fontFace({ family, weights }: FontFamily, style: string, subset: Subset, path: string): string {
  return `@font-face{font-family:"${family}";font-style:${style};font-weight:${weights};font-display:swap;src:url("${path}") format("woff2");unicode-range:${subsets[subset]}}`;
}
