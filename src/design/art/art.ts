import type { Kind } from "../brief/kind.ts";
import { html, type Markup, raw } from "../markup.ts";
import type { Random } from "../random.ts";
import { drawBackdrop, drawGround, type Size } from "./backdrops.ts";
import { menus } from "./food.ts";
import { drawMotif } from "./motifs.ts";
import { bakeryScenes } from "./scenes/bakery.ts";
import { blogScenes } from "./scenes/blog.ts";
import { businessScenes } from "./scenes/business.ts";
import { clinicScenes } from "./scenes/clinic.ts";
import { coffeeScenes } from "./scenes/coffee.ts";
import { eventScenes } from "./scenes/event.ts";
import { plainScenes } from "./scenes/plain.ts";
import { portfolioScenes, tile } from "./scenes/portfolio.ts";
import { restaurantScenes } from "./scenes/restaurant.ts";
import { saasScenes } from "./scenes/saas.ts";
import type { Scene } from "./scenes/scene.ts";
import { shopScenes, ware } from "./scenes/shop.ts";
import { weddingScenes } from "./scenes/wedding.ts";
import { at, rect } from "./shapes.ts";

const scenes: Record<Kind, readonly Scene[]> = {
  coffee: coffeeScenes,
  bakery: bakeryScenes,
  restaurant: restaurantScenes,
  wedding: weddingScenes,
  saas: saasScenes,
  portfolio: portfolioScenes,
  event: eventScenes,
  shop: shopScenes,
  blog: blogScenes,
  clinic: clinicScenes,
  business: businessScenes,
  plain: plainScenes,
};

const usual = (kind: Kind): Scene[] => scenes[kind].filter(({ words }) => words === undefined);

function frame({ w, h }: Size, label: string | undefined, content: string): Markup {
  const role = label === undefined ? raw('aria-hidden="true"') : html`role="img" aria-label="${label}"`;
  return html`<svg ${role} viewBox="${raw(`${-w / 2} ${-h / 2} ${w} ${h}`)}" preserveAspectRatio="xMidYMid slice">${raw(content)}</svg>`;
}

/** The big picture of a page: a subject of its kind before a backdrop, both drawn by the seed. */
export function drawHero(kind: Kind, sentence: string, random: Random, size: Size, label: string): Markup {
  const told = scenes[kind].find(({ words }) => words?.test(sentence));
  const scene = told ?? random.fork("scene").pick(usual(kind));
  const ground = scene.groundY === undefined ? "" : drawGround(random.fork("ground"), size, scene.groundY);
  const content =
    drawBackdrop(random.fork("backdrop"), size, scene.place) + ground + scene.draw(random.fork("subject"), size);
  return frame(size, label, content);
}

/** A second picture of the same kind, another subject than {@link drawHero} draws with the same random source. */
export function drawSecond(kind: Kind, random: Random, size: Size): Markup {
  const [scene] = random
    .fork("second")
    .shuffle(usual(kind).filter((one) => one !== random.fork("scene").pick(usual(kind))));
  if (scene === undefined) return frame(size, undefined, "");
  const ground = scene.groundY === undefined ? "" : drawGround(random.fork("ground2"), size, scene.groundY);
  // Both pictures stand in one document, where an id may occur once.
  const content = (
    drawBackdrop(random.fork("backdrop2"), size, scene.place) +
    ground +
    scene.draw(random.fork("subject2"), size)
  )
    .replaceAll('id="', 'id="b')
    .replaceAll("url(#", "url(#b");
  return frame(size, undefined, content);
}

/**
 * A small picture for a card or a gallery. `index` is the place in the copy's list: what is on a menu, goods
 * and articles are drawn as what they are, and by a pattern where the place is past a menu's end; elsewhere it keeps neighbours different.
 */
export function drawTile(kind: Kind, random: Random, size: Size, index: number): Markup {
  const { w, h } = size;
  const ground = rect(-w / 2, -h / 2, w, h, random.pick([0, 1, 0] as const));
  if (kind === "shop") {
    const floor = rect(-w / 2, 70, w, h, random.pick([1, 2] as const));
    return frame(size, undefined, ground + floor + at(0, 88, ware(random, index), { scale: 1.45 }));
  }
  const isMenu = kind === "coffee" || kind === "bakery";
  const patterned = kind === "portfolio" || (isMenu ? index >= menus[kind].length : kind !== "blog" && index === 0);
  return frame(size, undefined, patterned ? pattern(random, size) : ground + drawMotif(kind, random, index));
}

function pattern(random: Random, { w, h }: Size): string {
  const s = random.pick([w / 2, w / 2, w / 3]);
  let out = "";
  for (let x = -w / 2; x < w / 2 - 1; x += s)
    for (let y = -h / 2; y < h / 2 - 1; y += s) out += at(x, y, tile(random, s + 0.6));
  return out;
}

/** The mark beside the name, and the favicon: one tile of a constructed pattern, 40 × 40. */
export function drawMark(random: Random): string {
  return tile(random, 40);
}
