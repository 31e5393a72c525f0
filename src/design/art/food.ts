import { butter, coffee, crema, crumb, crust, golden, milk, plum, roast, rye, tea } from "./natural.ts";
import { croissantShape } from "./scenes/bakery.ts";
import { at, circle, ellipse, faint, path, rect, ring, stroke } from "./shapes.ts";

const wisps = [-22, 8, 38].map((x) => stroke(`M${x} 0q-14 -20 0 -36t0 -34`, 6, 7)).join("");

const espresso =
  ellipse(0, 96, 124, 18, 6) +
  stroke("M62 0C122 -10 118 62 46 56", 6, 17) +
  path("M-74 -30L74 -30C74 46 46 92 16 92L-16 92C-46 92 -74 46 -74 -30Z", 6) +
  ellipse(0, -30, 74, 16, 6) +
  ellipse(0, -29, 64, 12, coffee) +
  ellipse(-4, -28, 44, 7, crema) +
  at(-8, -56, wisps);
const flatWhite =
  circle(0, 0, 118, 6) +
  rect(66, -20, 92, 40, 6, 20) +
  circle(0, 0, 96, coffee) +
  circle(0, 0, 88, crema) +
  path("M0 66C-78 10 -50 -62 0 -26C50 -62 78 10 0 66Z", milk) +
  path("M0 40C-44 4 -28 -34 0 -12C28 -34 44 4 0 40Z", crema) +
  path("M0 20C-20 0 -12 -18 0 -6C12 -18 20 0 0 20Z", milk);
const dripper =
  path("M-42 0L42 0C46 46 88 62 88 104C88 130 70 138 46 138L-46 138C-70 138 -88 130 -88 104C-88 62 -46 46 -42 0Z", 6) +
  path("M-86 90L86 90C96 126 72 138 46 138L-46 138C-72 138 -96 126 -86 90Z", coffee) +
  circle(0, 54, 6, coffee) +
  path("M-96 -106L96 -106L38 -8L-38 -8Z", 3) +
  path("M-78 -106L78 -106L66 -86L-66 -86Z", roast) +
  rect(-106, -120, 212, 18, 4, 9) +
  rect(-52, -12, 104, 16, 4, 8);
const iced =
  stroke("M26 -150L-8 100", 5, 11) +
  path("M-68 -124L68 -124L52 132L-52 132Z", 6, faint(0.7)) +
  path("M-62 -70L62 -70L50 124L-50 124Z", coffee) +
  [
    [-26, -58, 14],
    [24, -44, -20],
    [-12, -8, 38],
  ]
    .map(([x = 0, y = 0, turn = 0]) => at(x, y, rect(-21, -21, 42, 42, 6, 8, faint(0.75)), { turn }))
    .join("");
const chai =
  stroke("M66 -26C128 -34 122 62 58 60", 6, 15) +
  path("M-76 -70L76 -70L62 122L-62 122Z", 6) +
  path("M-66 -44L66 -44L55 112L-55 112Z", tea) +
  ellipse(0, -44, 66, 11, milk, faint(0.7)) +
  at(-28, -60, rect(-10, -66, 20, 96, rye, 10) + stroke("M0 -60V20", roast, 3), { turn: -22 }) +
  at(14, -80, wisps);
const bananaBread =
  path("M-112 -20C-152 -92 -62 -132 0 -110C62 -132 152 -92 112 -20L112 104C112 112 -112 112 -112 104Z", crust) +
  path("M-92 -20C-122 -76 -56 -106 0 -88C56 -106 122 -76 92 -20L92 90L-92 90Z", crumb) +
  [
    [-50, -30],
    [10, -54],
    [56, -8],
    [-14, 14],
    [-60, 52],
    [36, 58],
  ]
    .map(([x = 0, y = 0]) => circle(x, y, 9, rye, faint(0.7)))
    .join("") +
  at(28, 14, rect(-40, -26, 80, 52, butter, 9), { turn: -12 });

const roundLoaf =
  circle(0, 0, 122, crust) +
  circle(0, 0, 98, golden, faint(0.5)) +
  [0, 90].map((turn) => at(0, 0, path("M-84 0C-40 -20 40 -20 84 0C40 20 -40 20 -84 0Z", crumb), { turn })).join("");
const seededRye = at(
  0,
  0,
  rect(-78, -126, 156, 252, rye, 72) +
    Array.from({ length: 16 }, (_, i) => {
      // Each a golden angle further, as seeds lie in a sunflower.
      const [angle, far] = [i * 2.4, 5 + Math.sqrt(i) * 27];
      const seed = ellipse(0, 0, 4, 9, i % 3 === 0 ? butter : crumb);
      return at(Math.cos(angle) * far * 0.55, Math.sin(angle) * far * 0.95, seed, { turn: (i * 53) % 180 });
    }).join(""),
  { turn: 62 },
);
const baguette = at(
  0,
  0,
  rect(-36, -144, 72, 288, golden, 36) +
    [-96, -40, 16, 72]
      .map((y) => path(`M-20 ${y + 30}Q-14 ${y - 6} 22 ${y - 10}Q16 ${y + 24} -20 ${y + 30}Z`, crumb))
      .join(""),
  { turn: 48 },
);
const croissant = at(0, 12, croissantShape(), { scale: 0.62, turn: -8 });
const cinnamonKnot =
  circle(0, 0, 114, golden) +
  [88, 58, 28].map((r) => ring(0, 0, r, rye, 11, ` stroke-dasharray="${r * 5} ${r}"`)).join("") +
  [20, 150, 270].map((turn) => at(0, 0, ellipse(0, -76, 9, 5, milk), { turn })).join("");
const plumTart =
  circle(0, 0, 122, crust) +
  circle(0, 0, 100, butter) +
  Array.from({ length: 9 }, (_, i) => at(0, 0, ellipse(0, -64, 19, 33, plum), { turn: i * 40 })).join("") +
  circle(0, 0, 26, plum);

/** The six things on the list of a place, in the order in which the copy of every language has them. */
export const menus = {
  coffee: [espresso, flatWhite, dripper, iced, chai, bananaBread],
  bakery: [roundLoaf, seededRye, baguette, croissant, cinnamonKnot, plumTart],
};
