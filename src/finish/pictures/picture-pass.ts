import type { FinishTally } from "../report.ts";
import type { Attributes, Pass, StartToken, Token } from "../token.ts";
import { type PagePicture, picturePath } from "./page-picture.ts";

type Next = (token: Token) => void;

export interface PictureOptions {
  pictures: readonly PagePicture[];
  /** The highest number that a picture of the revision that is changed has; these count on from it. */
  lastNumber: number;
  /** Files that are in the bundle whatever this page asks for, e.g. those of the revision that is changed. */
  present: (path: string) => boolean;
  /** Draws a picture for a slot. Its colours are those of the page so far. */
  draw: (slot: { name: string; alt: string; width: number; height: number }) => { path: string; bytes: Uint8Array };
  onFile: (path: string, bytes: Uint8Array) => void;
  tally: FinishTally;
}

const mostDrawn = 24;

/**
 * Fills what would be an empty frame: an `img` that names a slot, or whose file does not exist. A slot called
 * `photo-2` is for the second of the person's own pictures; other slots take those that are left, in their order, then
 * drawings. Pictures that no slot has taken stand at the end of the page's main part: they were sent to be seen.
 */
export function createPicturePass({ pictures, lastNumber, present, draw, onFile, tally }: PictureOptions): Pass {
  const left = new Set(pictures.keys());
  let drawn = 0;
  let images = 0;

  /** The picture that the slot names, or the next. */
  const choose = (name: string | undefined): number | undefined => {
    const named = Number(/^photo-(\d{1,3})$/.exec(name ?? "")?.[1]) - 1;
    return left.has(named) ? named : left.values().next().value;
  };

  const takePicture = (attributes: Attributes, index: number): void => {
    left.delete(index);
    const { variants = [], alt = "" } = pictures[index] ?? {};
    const [largest] = variants;
    if (largest === undefined) return;
    const pathOf = (width: number): string => picturePath(lastNumber + index + 1, width);
    for (const { width, bytes } of variants) onFile(pathOf(width), bytes);
    attributes.set("src", pathOf(largest.width));
    attributes.set("srcset", variants.map(({ width }) => `${pathOf(width)} ${width}w`).join(", "));
    if (!attributes.has("sizes")) attributes.set("sizes", "(min-width: 60rem) 50vw, 100vw");
    if (alt !== "" || !attributes.has("alt")) attributes.set("alt", alt);
    attributes.set("width", String(largest.width));
    attributes.set("height", String(largest.height));
    tally.fix("picture:placed");
  };

  const drawInto = (attributes: Attributes, name: string): void => {
    const size = sizeOf(attributes, name);
    const { path, bytes } = draw({ name, alt: attributes.get("alt") ?? "", ...size });
    onFile(path, bytes);
    attributes.set("src", path);
    attributes.delete("srcset");
    if (!attributes.has("width") && !attributes.has("height")) {
      attributes.set("width", String(size.width));
      attributes.set("height", String(size.height));
    }
    drawn += 1;
    tally.fix("picture:drawn");
  };

  const fill = (token: StartToken): Token | undefined => {
    const attributes: Attributes = new Map(token.attributes);
    const src = attributes.get("src");
    const isKept = src !== undefined && exists(src, present);
    if (!isKept) {
      const name = attributes.get("data-slot") ?? fileName(src) ?? `picture-${images + 1}`;
      const index = choose(name);
      if (index !== undefined) takePicture(attributes, index);
      else if (drawn < mostDrawn) drawInto(attributes, name);
      else {
        tally.find("picture:empty");
        return undefined;
      }
    }
    if (isKept) keepSizes(attributes, present);
    images += 1;
    if (!attributes.has("alt")) {
      attributes.set("alt", "");
      tally.fix("picture:alt");
    }
    if (images > 2 && !attributes.has("loading")) attributes.set("loading", "lazy");
    return { ...token, attributes };
  };

  const placeRest = (next: Next): void => {
    if (left.size === 0) return;
    next({ kind: "markup", html: galleryStart });
    for (const index of left) {
      const attributes: Attributes = new Map();
      takePicture(attributes, index);
      attributes.set("style", "display:block;width:100%;height:auto;border-radius:12px");
      attributes.set("loading", "lazy");
      next({ kind: "start", name: "img", attributes, foreign: false });
    }
    next({ kind: "markup", html: "</div>" });
  };

  return {
    see(token, next) {
      if (token.kind === "start" && token.name === "img" && !token.foreign) {
        const filled = fill(token);
        if (filled) next(filled);
        return;
      }
      if (token.kind === "start" && token.name === "source" && !exists(token.attributes.get("srcset") ?? "", present)) {
        return;
      }
      if (token.kind === "end" && (token.name === "main" || token.name === "body")) placeRest(next);
      next(token);
    },
  };
}

const galleryStart =
  '<div style="display:grid;gap:1rem;grid-template-columns:repeat(auto-fit,minmax(min(100%,18rem),1fr));max-width:74rem;margin:3rem auto;padding-inline:1.25rem">';

/** The other sizes of a picture that stays have to stay with it; a browser may choose any. */
function keepSizes(attributes: Attributes, present: (path: string) => boolean): void {
  const srcset = attributes.get("srcset");
  if (srcset === undefined) return;
  const kept = srcset.split(", ").filter((candidate) => exists(candidate.split(" ")[0] ?? "", present));
  if (kept.length > 0) attributes.set("srcset", kept.join(", "));
  else attributes.delete("srcset");
}

function exists(src: string, present: (path: string) => boolean): boolean {
  return src.startsWith("data:") || present(src.replace(/^\.\//, "").split(/[?#]/, 1)[0] ?? "");
}

/** `images/latte-art.jpg` → `latte-art`. */
function fileName(src: string | undefined): string | undefined {
  const name = src
    ?.split(/[?#]/, 1)[0]
    ?.split("/")
    .at(-1)
    ?.replace(/\.\w+$/, "");
  return name === "" ? undefined : name;
}

/** The frame's shape as far as the page tells it. */
function sizeOf(attributes: Attributes, name: string): { width: number; height: number } {
  const [across, down] = (attributes.get("data-ratio") ?? "").split(/[/:x]/).map(Number);
  const ratio = across && down ? across / down : undefined;
  const number = (key: string): number | undefined => {
    const value = Number(attributes.get(key));
    return value >= 16 && value <= 4000 ? value : undefined;
  };
  const width = number("width") ?? (/hero|banner|cover|header|background/i.test(name) ? 1200 : 800);
  const wanted = number("height") ?? width / (ratio ?? 4 / 3);
  return { width, height: Math.round(Math.min(4000, Math.max(16, wanted))) };
}
