import { detectKind } from "../brief/kind.ts";
import { readWish } from "../brief/wish.ts";
import { chooseDirection } from "../direction/direction.ts";
import { createRandom } from "../random.ts";
import { drawMark } from "./art.ts";

/** A small mark for a browser's tab, drawn by the seed, as a `data:` URL. */
export function drawIcon(seed: string): string {
  const random = createRandom(seed.toLowerCase());
  const { palette } = chooseDirection(detectKind(seed), readWish(seed), random);
  return iconUrl(drawMark(random.fork("mark")), palette.art);
}

/** @param art Shapes whose colours are classes of the palette. */
export function iconUrl(art: string, colors: readonly string[]): string {
  const painted = art.replace(/class="f(\d)"/g, (_, index: string) => `fill="${colors[Number(index)] ?? ""}"`);
  return `data:image/svg+xml,${encodeURIComponent(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 40">${painted}</svg>`)}`;
}
