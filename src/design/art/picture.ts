import { detectKind, type Kind } from "../brief/kind.ts";
import type { Random } from "../random.ts";
import { drawHero, drawSecond, drawTile } from "./art.ts";

export interface DrawnPicture {
  /** What the page is about. */
  kind: Kind;
  /** What this picture is to show, in the page's own words. */
  subject: string;
  /** Place among the pictures of the page; neighbours differ. */
  index: number;
  width: number;
  height: number;
  /** Sky, far, mid, near, dark, pop, light. */
  colors: readonly string[];
}

const food: readonly Kind[] = ["coffee", "bakery", "restaurant"];
/** Pages about one thing, on which a stray word of an alt text ("ceramic cup") shall not bring in another. */
const certain: readonly Kind[] = [...food, "wedding", "clinic", "event"];

function kindShown(page: Kind, told: Kind): Kind {
  if (told === "plain" || told === "business") return page;
  if (!certain.includes(page)) return told;
  return food.includes(page) && food.includes(told) ? told : page;
}

/** A picture as a file of its own: a scene of the subject's kind, in the page's colours. */
export function drawPicture(random: Random, { kind, subject, index, width, height, colors }: DrawnPicture): string {
  const shown = kindShown(kind, detectKind(subject));
  // Scenes are drawn for a frame of about this area, so that strokes and subjects keep their size.
  const scale = Math.sqrt(520_000 / (width * height));
  const size = { w: Math.round(width * scale), h: Math.round(height * scale) };
  const draw = [drawHero, drawSecond, drawTile][index % 3] as typeof drawHero | typeof drawSecond | typeof drawTile;
  const art =
    draw === drawHero
      ? drawHero(shown, subject, random, size, subject)
      : draw === drawSecond
        ? drawSecond(shown, random, size)
        : drawTile(shown, random, size, index);
  const rules = colors.map((color, tone) => `.f${tone}{fill:${color}}.k${tone}{stroke:${color}}`).join("");
  return art.text
    .replace(
      /^<svg [^>]*?viewBox/,
      `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox`,
    )
    .replace(">", `><style>[class^=k]{fill:none;stroke-linecap:round;stroke-linejoin:round}${rules}</style>`);
}
