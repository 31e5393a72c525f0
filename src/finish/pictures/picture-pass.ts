import type { FinishTally } from "../report.ts";
import type { Attributes, Pass, StartToken, Token } from "../token.ts";
import { type PagePicture, picturePath } from "./page-picture.ts";

type Next = (token: Token) => void;

export interface PictureOptions {
  pictures: readonly PagePicture[];
  /** Files that are in the bundle whatever this page asks for, e.g. those of the revision that is changed. */
  present: (path: string) => boolean;
  /** Draws a picture for a slot. Its colours are those of the page so far. */
  draw: (slot: { name: string; alt: string; width: number; height: number }) => { path: string; bytes: Uint8Array };
  onFile: (path: string, bytes: Uint8Array) => void;
  tally: FinishTally;
}

const mostDrawn = 24;

/**
 * Fills what would be an empty frame: an `img` that names a slot, or whose file does not exist. The person's own
 * pictures come first, in their order; then drawings. Pictures that no slot has taken stand at the end of the page's
 * main part: they were sent to be seen.
 */
export function createPicturePass({ pictures, present, draw, onFile, tally }: PictureOptions): Pass {
  let used = 0;
  let drawn = 0;
  let images = 0;

  const takePicture = (attributes: Attributes): void => {
    const picture = pictures[used];
    if (picture === undefined) return;
    used += 1;
    for (const { width, bytes } of picture.variants) onFile(picturePath(used, width), bytes);
    const [largest] = picture.variants;
    if (largest === undefined) return;
    attributes.set("src", picturePath(used, largest.width));
    attributes.set("srcset", picture.variants.map(({ width }) => `${picturePath(used, width)} ${width}w`).join(", "));
    if (!attributes.has("sizes")) attributes.set("sizes", "(min-width: 60rem) 50vw, 100vw");
    if (picture.alt !== "" || !attributes.has("alt")) attributes.set("alt", picture.alt);
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
      if (used < pictures.length) takePicture(attributes);
      else if (drawn < mostDrawn) drawInto(attributes, name);
      else {
        tally.find("picture:empty");
        return undefined;
      }
    }
    images += 1;
    if (!attributes.has("alt")) {
      attributes.set("alt", "");
      tally.fix("picture:alt");
    }
    if (images > 2 && !attributes.has("loading")) attributes.set("loading", "lazy");
    return { ...token, attributes };
  };

  const placeRest = (next: Next): void => {
    const frames: string[] = [];
    while (used < pictures.length) {
      const attributes: Attributes = new Map();
      takePicture(attributes);
      attributes.set("style", "display:block;width:100%;height:auto;border-radius:12px");
      attributes.set("loading", "lazy");
      frames.push("");
      if (frames.length === 1) next({ kind: "markup", html: galleryStart });
      next({ kind: "start", name: "img", attributes, foreign: false });
    }
    if (frames.length > 0) next({ kind: "markup", html: "</div>" });
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
