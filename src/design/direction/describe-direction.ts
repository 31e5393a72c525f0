import type { Direction } from "./direction.ts";
import type { Palette } from "./palette.ts";

/** What a designer would say about each choice; written for a model that has to carry it out in CSS. */
const heroes: Record<Direction["hero"], string> = {
  split: "text on the left, picture on the right, both of equal weight",
  flip: "picture on the left, text on the right",
  bleed: "a picture over the full width, the text on a card that overlaps its lower edge",
  poster: "a headline over the full width like a poster, the picture as a wide strip below it",
  center: "everything centred and quiet, the picture large below the text",
  band: "a dark coloured field over the full width, text in it, the picture cut off at its edge",
  editorial:
    "a magazine's opening: rule and small label on top, a very large headline, the lead in a narrow side column",
  frame: "one frame with a strong border that holds text and picture side by side",
};

const shapes: Record<Direction["shape"], string> = {
  soft: "rounded rectangles",
  arch: "arches",
  circle: "circles",
  square: "plain rectangles with sharp corners",
  leaf: "leaf shapes, two opposite corners rounded",
  tilt: "rectangles on a coloured sheet that is turned a few degrees",
};

const textures: Record<Direction["texture"], string> = {
  none: "flat colour, no texture",
  grain: "a faint paper grain over the page (SVG noise as a data: URL)",
  dots: "a fine grid of dots on the ground",
  grid: "thin lines of a wide square grid on the ground",
  glow: "two large, very soft spots of colour on the ground",
  stripes: "hairlines of a column grid, visible behind everything",
};

const dividers: Record<Direction["divider"], string> = {
  none: "sections follow each other by space alone",
  line: "a hairline between sections",
  wave: "a soft wave where the ground changes",
  scallop: "a scalloped edge where the ground changes",
  zigzag: "a zigzag edge where the ground changes",
};

const heads: Record<Direction["heads"], string> = {
  plain: "plain",
  bar: "with a short thick bar in the accent colour above",
  numbered: "numbered 01, 02, 03 in small type above",
  underlined: "underlined in the accent colour",
  dotted: "ending with a full stop in the accent colour",
};

const buttons: Record<Direction["button"], string> = {
  pill: "pills",
  soft: "slightly rounded",
  square: "square",
  outline: "outlined, filled on hover",
};

function colors({ bg, surface, ink, muted, accent, fill, onFill, line }: Palette): string {
  return `ground ${bg}, cards ${surface}, text ${ink}, quiet text ${muted}, accent as text ${accent}, buttons ${fill} with text ${onFill}, lines ${line}`;
}

/** The art direction of one page in words. Made of our own tables only: nothing of the person's text is in it. */
export function describeDirection({ palette, night, type, ...direction }: Direction): string {
  const style = [type.uppercase && "in capitals", type.italic && "in italics"].filter(Boolean).join(", ");
  return [
    `- Colours: ${colors(palette)}. One full-width section on ${palette.band} with text ${palette.bandInk} and accent ${palette.bandAccent}.`,
    night
      ? `- Dark scheme, under prefers-color-scheme: ${colors(night)}.`
      : `- One scheme only: the page is ${palette.dark ? "dark" : "light"}.`,
    `- Pictures and flat shapes: ${palette.art.join(", ")}.`,
    `- Type: headings in ${type.display}, weight ${type.weight}, letter spacing ${type.tracking}em, line height ${type.leading}${style && `, ${style}`}; text in ${type.body}; labels in ${type.label}.`,
    `- First screen: ${heroes[direction.hero]}. Pictures as ${shapes[direction.shape]}.`,
    `- Ground: ${textures[direction.texture]}; ${dividers[direction.divider]}.`,
    `- Corners ${direction.radius}px; buttons ${buttons[direction.button]}; headings of sections ${heads[direction.heads]}.`,
    `- Motion: ${direction.rising ? "sections rise a little as they are scrolled to" : "hover and focus only"}.`,
  ].join("\n");
}
