import type { Kind } from "../brief/kind.ts";
import { html, type Markup, raw } from "../markup.ts";
import type { Random } from "../random.ts";
import { drawBackdrop, drawGround, type Size } from "./backdrops.ts";
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
import { at, circle, flower, rect, sprig, wheat } from "./shapes.ts";

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

function frame({ w, h }: Size, label: string | undefined, content: string): Markup {
  const role = label === undefined ? raw('aria-hidden="true"') : html`role="img" aria-label="${label}"`;
  return html`<svg ${role} viewBox="${raw(`${-w / 2} ${-h / 2} ${w} ${h}`)}" preserveAspectRatio="xMidYMid slice">${raw(content)}</svg>`;
}

/** The big picture of a page: a subject of its kind before a backdrop, both drawn by the seed. */
export function drawHero(kind: Kind, sentence: string, random: Random, size: Size, label: string): Markup {
  const told = kind === "plain" ? plainScenes.find(({ words }) => words.test(sentence)) : undefined;
  const scene = told ?? random.fork("scene").pick(scenes[kind]);
  const ground = scene.groundY === undefined ? "" : drawGround(random.fork("ground"), size, scene.groundY);
  const content =
    drawBackdrop(random.fork("backdrop"), size, scene.place) + ground + scene.draw(random.fork("subject"), size);
  return frame(size, label, content);
}

/** A second picture of the same kind, another subject than {@link drawHero} draws with the same random source. */
export function drawSecond(kind: Kind, random: Random, size: Size): Markup {
  const [scene] = random
    .fork("second")
    .shuffle(scenes[kind].filter((one) => one !== random.fork("scene").pick(scenes[kind])));
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

/** A small picture for a card or a gallery: goods for a shop, else a motif or a pattern. */
export function drawTile(kind: Kind, random: Random, size: Size): Markup {
  const ground = rect(-size.w / 2, -size.h / 2, size.w, size.h, random.pick([0, 1, 0] as const));
  if (kind === "shop") {
    const floor = rect(-size.w / 2, 70, size.w, size.h, random.pick([1, 2] as const));
    return frame(size, undefined, ground + floor + at(0, 84, ware(random), { scale: 1.5 }));
  }
  if (kind === "portfolio" || kind === "saas" || kind === "event") return frame(size, undefined, pattern(random, size));
  return frame(size, undefined, random.chance(0.4) ? pattern(random, size) : ground + motif(kind, random));
}

function pattern(random: Random, { w, h }: Size): string {
  const s = random.pick([w / 2, w / 3]);
  let out = "";
  for (let x = -w / 2; x < w / 2 - 1; x += s)
    for (let y = -h / 2; y < h / 2 - 1; y += s) out += at(x, y, tile(random, s + 0.6));
  return out;
}

function motif(kind: Kind, random: Random): string {
  const disk = circle(0, 0, 118, random.pick([6, 1, 5] as const));
  if (kind === "bakery") return disk + [-24, 0, 24].map((turn) => at(0, 120, wheat(250, 3, 4), { turn })).join("");
  if (kind === "wedding") return disk + at(0, 0, flower(96, 5, 6, 7)) + at(-20, 150, sprig(150, 3, 3), { turn: -50 });
  return disk + at(0, 140, sprig(280, random.pick([3, 2] as const), 4, 5), { turn: random.int(-16, 16) });
}

/** The mark beside the name, and the favicon: one tile of a constructed pattern, 40 × 40. */
export function drawMark(random: Random): string {
  return tile(random, 40);
}
