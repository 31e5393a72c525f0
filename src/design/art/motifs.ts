import type { Kind } from "../brief/kind.ts";
import type { Random } from "../random.ts";
import { menus } from "./food.ts";
import { fishSkin, lemon as lemonYellow, milk, wine } from "./natural.ts";
import { at, circle, ellipse, faint, flower, path, rect, ring, sprig, stroke } from "./shapes.ts";

type Motif = (random: Random) => string;

const branch: Motif = (random) =>
  at(0, 140, sprig(280, random.pick([3, 2] as const), 4, 5), { turn: random.int(-16, 16) });
const lemon: Motif = () =>
  circle(0, 0, 112, lemonYellow) +
  circle(0, 0, 94, milk) +
  Array.from({ length: 8 }, (_, i) =>
    at(0, 0, path("M0 -12L30 -78A84 84 0 0 0 -30 -78Z", lemonYellow), { turn: i * 45 }),
  ).join("");
const fish: Motif = () =>
  at(
    0,
    0,
    path("M-130 0C-70 -84 50 -80 92 0C50 80 -70 84 -130 0Z", fishSkin) +
      path("M80 0L146 -56L132 0L146 56Z", fishSkin) +
      circle(-84, -12, 9, 6) +
      [-30, 6, 42].map((x) => stroke(`M${x} -36Q${x + 24} 0 ${x} 36`, 6, 6)).join(""),
    { turn: -18 },
  );
const glass: Motif = () =>
  path("M-70 -130L70 -130C78 -30 44 10 0 10C-44 10 -78 -30 -70 -130Z", 6) +
  path("M-73 -70L73 -70C64 -16 38 10 0 10C-38 10 -64 -16 -73 -70Z", wine) +
  rect(-5, 6, 10, 106, 6) +
  ellipse(0, 116, 58, 11, 6);
const blossom: Motif = (random) =>
  flower(random.range(90, 110), random.pick([2, 6] as const), 5, 7) + at(-20, 150, sprig(150, 3, 3), { turn: -50 });
const rings: Motif = () =>
  ring(-42, 8, 74, 3, 16) + ring(42, 8, 74, 2, 16) + stroke("M-20 -63A74 74 0 0 1 32 8", 3, 16);
const train: Motif = () =>
  rect(-130, -70, 260, 120, 3, 34) +
  rect(-130, 10, 260, 18, 5) +
  [-100, -36, 28].map((x) => rect(x, -44, 48, 38, 6, 8)).join("") +
  [-80, 0, 80].map((x) => circle(x, 62, 20, 4)).join("") +
  rect(-170, 86, 340, 7, 4);
const pot: Motif = () =>
  rect(-100, -40, 200, 120, 3, 24) +
  rect(-140, -24, 60, 22, 4, 11) +
  rect(80, -24, 60, 22, 4, 11) +
  rect(-112, -60, 224, 28, 2, 14) +
  circle(0, -74, 16, 4) +
  [-40, 10, 56].map((x) => stroke(`M${x} -104q-16 -22 0 -40t0 -34`, 6, 8)).join("");
const tree: Motif = () =>
  rect(-12, 0, 24, 130, 4) +
  circle(0, -70, 84, 3) +
  circle(-62, -20, 56, 3) +
  circle(62, -20, 58, 2) +
  stroke("M0 70L0 -40M0 20L36 -14", 4, 8);
const letter: Motif = () =>
  at(
    0,
    0,
    rect(-130, -84, 260, 170, 6, 8) +
      path("M-130 -80L0 20L130 -80Z", 1) +
      stroke("M-130 -80L0 20L130 -80", 4, 6) +
      circle(0, 20, 22, 5),
    { turn: -8 },
  );
const keys: Motif = () =>
  rect(-140, -90, 280, 180, 4, 10) +
  [0, 1, 2, 3, 4, 5].map((i) => rect(-128 + i * 43, -78, 40, 156, 6, 4)).join("") +
  [0, 1, 3, 4].map((i) => rect(-100 + i * 43, -78, 27, 92, 3, 3)).join("");
const needle: Motif = () =>
  stroke("M-120 110L90 -100", 4, 9) +
  ring(100, -110, 14, 4, 7) +
  stroke("M106 -118C170 -40 40 20 90 80C120 116 40 140 -20 90", 5, 7) +
  circle(-70, -60, 42, 2) +
  [-12, 12].map((x) => circle(-70 + x, -60, 6, 6)).join("");

const note: Motif = () =>
  stroke("M-60 70L-60 -100L80 -130L80 40", 3, 18) + ellipse(-88, 76, 40, 30, 3) + ellipse(52, 46, 40, 30, 3);
const ticket: Motif = () =>
  at(
    0,
    0,
    path("M-140 -70L140 -70L140 -24A24 24 0 0 0 140 24L140 70L-140 70L-140 24A24 24 0 0 0 -140 -24Z", 6) +
      stroke("M60 -60V60", 3, 5, ` stroke-dasharray="1 14"`) +
      circle(-50, 0, 36, 3) +
      [-24, 0, 24].map((y) => rect(84, y - 5, 34, 10, 2, 5)).join(""),
    { turn: -14 },
  );
const burst: Motif = (random) => {
  const count = random.pick([10, 12, 16]);
  return (
    Array.from({ length: count }, (_, i) =>
      at(0, 0, path("M-9 -56L9 -56L3 -136L-3 -136Z", i % 2 === 0 ? 3 : 2), { turn: (360 / count) * i }),
    ).join("") + circle(0, 0, 38, 6)
  );
};
const microphone: Motif = () =>
  rect(-46, -140, 92, 170, 3, 46) +
  [-100, -66, -32].map((y) => stroke(`M-24 ${y}H24`, 6, 7)).join("") +
  stroke("M-80 -20A80 80 0 0 0 80 -20M0 60V124M-52 126H52", 4, 13);

const articles: readonly Motif[] = [train, pot, tree, letter, keys, needle];

const motifs: Partial<Record<Kind, readonly Motif[]>> = {
  coffee: menus.coffee.map((drawing) => () => drawing),
  bakery: menus.bakery.map((drawing) => () => drawing),
  restaurant: [lemon, fish, glass, branch],
  wedding: [blossom, rings, branch, glass],
  event: [note, ticket, burst, microphone],
  blog: articles,
};

/** A small picture before a disk. `index` walks through the motifs of the kind, so that neighbours differ. */
export function drawMotif(kind: Kind, random: Random, index: number): string {
  const choice = motifs[kind] ?? [branch];
  const disk = circle(0, 0, 142, random.pick([1, 5, 2] as const), faint(0.55));
  return disk + (choice[index % choice.length] ?? branch)(random);
}
