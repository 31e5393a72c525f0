import type { FinishTally } from "../report.ts";
import type { Pass, Token } from "../token.ts";
import { mendContrast } from "./mend-contrast.ts";
import { hasMotion, stillness } from "./stillness.ts";

interface StyleOptions {
  /** Whether the bundle has a file of this name. */
  present: (path: string) => boolean;
  /** Sees each sheet of the page as it will be. */
  onSheet: (css: string) => void;
  tally: FinishTally;
}

/** Contrast of a sheet beyond this size is nobody's to compute while others wait. */
const maxMendedChars = 200_000;

/**
 * What no page should be without, and every page may override: it stands first, in a layer, on selectors without
 * weight. Media never wider than their column, words that break before they push the page sideways.
 */
const guard =
  "@layer guard{:where(img,svg,video,canvas){max-width:100%}:where(img,video){height:auto}:where(pre){overflow-x:auto}:where(body){overflow-wrap:break-word;overflow-x:clip}}";

/** Mends style sheets: contrast, motion nobody asked for, pictures that are not there; and puts the guard first. */
export function createStylePass({ present, onSheet, tally }: StyleOptions): Pass {
  let guarded = false;
  let moving = false;
  let stilled = false;

  const emit = (css: string, next: (token: Token) => void): void =>
    next({ kind: "style", attributes: new Map(), css, foreign: false });

  const ensureGuard = (next: (token: Token) => void): void => {
    if (!guarded) emit(guard, next);
    guarded = true;
  };

  const still = (next: (token: Token) => void): void => {
    if (stilled || !moving) return;
    stilled = true;
    tally.fix("motion:reduced");
    emit(stillness, next);
  };

  const mend = (css: string): string => {
    const whole = withoutMissing(css);
    if (whole.length > maxMendedChars) return whole;
    const { css: mended, fixed, left } = mendContrast(whole);
    if (fixed > 0) tally.fix("contrast", fixed);
    if (left > 0) tally.find("contrast", left);
    return mended;
  };

  const withoutMissing = (css: string): string =>
    css.replace(/url\("(?!data:|#)([^"]*)"\)/g, (all, path: string) => {
      if (present(path)) return all;
      tally.fix("picture:missing");
      return "none";
    });

  return {
    see(token, next) {
      if (token.kind === "style") {
        if (token.css.startsWith("@layer guard{")) guarded = true;
        ensureGuard(next);
        const css = token.foreign ? token.css : mend(token.css);
        onSheet(css);
        next({ ...token, css });
        stilled ||= css.includes("prefers-reduced-motion");
        moving ||= hasMotion(css);
        return;
      }
      if (token.kind === "end" && (token.name === "head" || token.name === "body")) {
        ensureGuard(next);
        still(next);
      }
      next(token);
    },
  };
}
