import { hueOf } from "../../design/brief/wish.ts";
import { fromHex, toHex } from "../../design/direction/oklch.ts";
import { readPageParts } from "../../page/page-parts.ts";
import type { Change } from "../../page/splice.ts";

const hex = /#(?:[0-9a-f]{8}|[0-9a-f]{6}|[0-9a-f]{3,4})(?![0-9a-z_-])/gi;
const isHex = /^#(?:[0-9a-f]{6}|[0-9a-f]{3})$/i;
const colorNoun = /\s*(?:colou?r|farbe|color|cor|couleur|цвет|колір|renk|warna)\s*/iu;
const painted = new Set(["style", "fill", "stroke", "stop-color", "content"]);
/** How far two hues may lie apart and still go by one name, in degrees. */
const nearHue = 32;
/** Less chroma than this is grey to the eye. */
const leastChroma = 0.035;

/**
 * One colour for another, by number or by name. A name means every shade of it: lightness and strength stay, the hue
 * turns, so that what was readable stays so. `undefined` when these are not two colours.
 */
export function changeColor(html: string, from: string, to: string): Change[] | undefined {
  const [old, now] = [readColor(from), readColor(to)];
  if (old === undefined || now === undefined) return undefined;
  const changes: Change[] = [];
  for (const { kind, attribute, start, end } of readPageParts(html)) {
    if (kind === "text" || (kind === "attribute" && !painted.has(attribute))) continue;
    for (const match of html.slice(start, end).matchAll(hex)) {
      const text = exchange(match[0], old, now);
      if (text !== undefined)
        changes.push({ start: start + match.index, end: start + match.index + match[0].length, text });
    }
  }
  return changes;
}

type Color = { hex: string } | { hue: number };

function readColor(text: string): Color | undefined {
  const word = text.replace(colorNoun, " ").trim();
  if (isHex.test(word)) return { hex: long(word) };
  const hue = /\s/u.test(word) ? undefined : hueOf(word);
  return hue === undefined ? undefined : { hue };
}

function exchange(found: string, old: Color, now: Color): string | undefined {
  const [color, alpha] = [long(found).slice(0, 7), long(found).slice(7)];
  const shade = fromHex(color);
  if ("hex" in old) {
    if (color !== old.hex) return undefined;
    return ("hex" in now ? now.hex : toHex({ ...shade, h: now.hue })) + alpha;
  }
  const apart = Math.abs(((shade.h - old.hue + 540) % 360) - 180);
  if (shade.c < leastChroma || apart > nearHue) return undefined;
  return toHex({ ...shade, h: "hex" in now ? fromHex(now.hex).h : now.hue }) + alpha;
}

/** `#rgb` and `#rgba` written out, lower case. */
function long(color: string): string {
  const digits = color.slice(1).toLowerCase();
  return `#${digits.length < 6 ? [...digits].map((digit) => digit + digit).join("") : digits}`;
}
