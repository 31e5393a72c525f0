import { fishSkin, flameInner, flameOuter, golden, herb, lemon, milk, tomato, wine, wood } from "../natural.ts";
import { at, circle, ellipse, faint, moving, path, rect, ring, sprig, stroke, vessel } from "../shapes.ts";
import type { Scene } from "./scene.ts";

const fork =
  rect(-6, -30, 12, 200, 6, 6) +
  path(
    "M-26 -150L-26 -76C-26 -44 -10 -30 0 -30C10 -30 26 -44 26 -76L26 -150L17 -150L17 -80L5 -80L5 -150L-5 -150L-5 -80L-17 -80L-17 -150Z",
    6,
  );
const knife = rect(-7, 0, 14, 170, 6, 7) + path("M-8 8L-8 -160C16 -140 24 -60 14 8Z", 6);

const plate: Scene = {
  place: "lying",
  draw(random) {
    const food = random.pick([
      [0, 72, 144, 216, 288]
        .map((a) =>
          at(
            Math.cos(a) * 44,
            Math.sin(a) * 44,
            circle(0, 0, 40, a % 144 === 0 ? tomato : lemon) + circle(-8, -8, 14, 6, faint(0.5)),
          ),
        )
        .join("") + at(-20, 60, sprig(130, herb, herb), { turn: 40 }),
      at(
        0,
        0,
        path("M-130 10C-80 -70 40 -74 92 -6L140 -46L132 62L92 16C40 84 -80 80 -130 10Z", fishSkin) +
          circle(-88, 0, 8, 4) +
          [-40, 0, 40].map((x) => stroke(`M${x} -34Q${x + 20} 6 ${x} 42`, 6, 5, faint(0.6))).join(""),
        { turn: -16 },
      ) +
        at(60, 110, circle(0, 0, 34, lemon) + ring(0, 0, 24, milk, 4)) +
        at(-70, 120, sprig(110, herb, herb), { turn: 70 }),
      [0, 1, 2, 3]
        .map((i) => ring(random.range(-14, 14), random.range(-10, 10), 88 - i * 22, i % 2 === 0 ? golden : lemon, 15))
        .join("") +
        at(10, 18, sprig(90, herb, herb, 3), { turn: 24 }) +
        circle(-34, 24, 14, tomato) +
        circle(40, -30, 14, tomato),
    ]);
    return (
      circle(8, 14, 204, 4, faint(0.16)) +
      circle(0, 0, 200, 6) +
      ring(0, 0, 150, 1, 5) +
      food +
      at(-262, 10, fork) +
      at(262, 10, knife) +
      at(-196, -226, circle(0, 0, 66, 6, faint(0.9)) + circle(0, 0, 52, wine)) +
      at(212, 236, sprig(200, 3, 4, 5), { turn: -50 })
    );
  },
};

const table: Scene = {
  place: "standing",
  groundY: 170,
  draw(random, { w }) {
    const bottle =
      path("M-46 0L-46 -190C-46 -240 -18 -240 -18 -290L-18 -350L18 -350L18 -290C18 -240 46 -240 46 -190L46 0Z", 3) +
      path("M10 0L46 0L46 -190C46 -240 18 -240 18 -290L18 -350L6 -350C8 -240 22 -230 10 0Z", 4, faint(0.2)) +
      rect(-46, -150, 92, 84, 6) +
      circle(0, -108, 22, 5) +
      rect(-20, -362, 40, 34, 5, 4);
    const glass =
      path("M-58 -230L58 -230C64 -150 40 -110 0 -110C-40 -110 -64 -150 -58 -230Z", 6, faint(0.6)) +
      path("M-60 -184L60 -184C56 -136 34 -110 0 -110C-34 -110 -56 -136 -60 -184Z", wine) +
      rect(-4, -112, 8, 106, 6) +
      ellipse(0, -4, 46, 8, 6);
    const bowl =
      [-64, -10, 48]
        .map(
          (x, i) =>
            circle(x, -84 - (i % 2) * 26, 42, i === 1 ? tomato : lemon) +
            stroke(`M${x} ${-120 - (i % 2) * 26}q6 -14 14 -16`, herb, 4),
        )
        .join("") +
      path("M-128 -76L128 -76C120 -20 76 0 0 0C-76 0 -120 -20 -128 -76Z", 6) +
      path("M50 -76L128 -76C120 -20 76 0 20 0C70 -16 70 -40 50 -76Z", 4, faint(0.1));
    const candle =
      rect(-12, -120, 24, 120, 6, 3) +
      moving("flame", path("M0 -168C18 -146 14 -126 0 -124C-14 -126 -18 -146 0 -168Z", flameOuter));
    const flip = random.chance(0.5) ? -1 : 1;
    return (
      (w > 900 ? at(-w * 0.35, 170, vessel(random, 220, 2) + at(0, -214, sprig(170, 3, 4))) : "") +
      ellipse(0, 174, 290, 18, 4, faint(0.16)) +
      at(-150 * flip, 170, bottle) +
      at(-30 * flip, 170, glass) +
      at(-240 * flip, 170, candle) +
      at(140 * flip, 170, bowl)
    );
  },
};

const fire: Scene = {
  place: "standing",
  groundY: 180,
  draw(random) {
    const flame = (s: number): string =>
      path(
        `M0 0C${-70 * s} ${-10 * s} ${-80 * s} ${-90 * s} ${-20 * s} ${-150 * s}C${-24 * s} ${-100 * s} ${14 * s} ${-100 * s} ${10 * s} ${-190 * s}C${80 * s} ${-120 * s} ${90 * s} ${-10 * s} 0 0Z`,
        flameOuter,
      ) +
      path(
        `M0 0C${-34 * s} ${-6 * s} ${-40 * s} ${-50 * s} ${-4 * s} ${-92 * s}C${44 * s} ${-60 * s} ${40 * s} ${-6 * s} 0 0Z`,
        flameInner,
        faint(0.9),
      );
    const bricks = Array.from({ length: 9 }, (_, i) =>
      at(0, 60, rect(-27, -268, 54, 56, i % 2 === 0 ? 2 : 1, 6), { turn: -88 + i * 22 }),
    );
    return (
      path("M-290 180L-290 60A290 290 0 0 1 290 60L290 180Z", 3) +
      bricks.join("") +
      path("M-196 180L-196 60A196 196 0 0 1 196 60L196 180Z", 4) +
      at(-84, 176, moving("flame", flame(0.75))) +
      at(84, 176, moving("flame", flame(0.8)), {}) +
      at(0, 178, moving("flame", flame(1.15))) +
      at(-10, 170, rect(-140, -8, 270, 30, wood, 15), { turn: 5 }) +
      at(10, 170, rect(-140, -6, 270, 30, wood, 15), { turn: -6 }) +
      circle(-120, 172, 15, wood) +
      [0, 1, 2, 3]
        .map((i) => moving("steam", circle(random.range(-80, 80), -60 - i * 26, random.range(3, 6), flameOuter), i))
        .join("")
    );
  },
};

export const restaurantScenes: readonly Scene[] = [plate, table, fire];
