import { at, birds, circle, ellipse, faint, hills, moving, path, rect, sprig, stroke, vessel } from "../shapes.ts";
import type { Scene } from "./scene.ts";

const mountains: Scene = {
  place: "outdoors",
  draw(random, { w, h }) {
    const peak = (x: number, y: number, s: number, tone: 1 | 2 | 3): string =>
      path(`M${x - s} ${y + s * 0.9}L${x} ${y}L${x + s} ${y + s * 0.9}Z`, tone) +
      path(
        `M${x} ${y}L${x + s} ${y + s * 0.9}L${x + s * 0.2} ${y + s * 0.9}L${x + s * 0.08} ${y + s * 0.4}Z`,
        4,
        faint(0.14),
      ) +
      path(
        `M${x} ${y}L${x - s * 0.2} ${y + s * 0.18}L${x - s * 0.06} ${y + s * 0.15}L${x + s * 0.04} ${y + s * 0.25}L${x + s * 0.2} ${y + s * 0.18}Z`,
        6,
      );
    const trees = Array.from({ length: 12 }, () =>
      at(
        random.range(-w / 2, w / 2),
        h / 2 - random.range(60, 120),
        path("M0 -90L26 0L-26 0Z", 4) + rect(-3, 0, 6, 16, 4),
        { scale: random.range(0.6, 1.2) },
      ),
    );
    return (
      peak(-w * 0.22, -110, 260, 1) +
      peak(w * 0.2, -150, 300, 2) +
      peak(-20, -30, 230, 3) +
      at(0, -210, moving("drift", birds(random, 5, 150, 4))) +
      hills(random, w, 170, 26, h / 2, 2) +
      hills(random, w, 230, 24, h / 2, 3) +
      path(`M30 ${h / 2}C-60 290 120 250 20 200C60 250 -10 290 110 ${h / 2}Z`, 6, faint(0.75)) +
      trees.join("")
    );
  },
};

const desk: Scene = {
  place: "standing",
  groundY: 170,
  draw(random, { w }) {
    const stack = [0, 1, 2, 3]
      .map((i) => rect(-88 + random.int(-12, 12), -34 * (i + 1), 176, 32, ([3, 5, 6, 2] as const)[i] ?? 2, 4))
      .join("");
    const lamp =
      rect(-60, -14, 120, 14, 4, 7) +
      stroke("M0 -14L-54 -150L40 -250", 4, 11) +
      path("M-6 -262L74 -306L128 -214L10 -196Z", 5) +
      path("M10 -196L128 -214L190 0L-60 0Z", 6, faint(0.25));
    const notebook = rect(-104, -18, 208, 18, 6, 4) + at(10, -26, rect(-80, 0, 150, 9, 5, 4), { turn: -4 });
    return (
      (w > 900 ? at(w * 0.36, 170, vessel(random, 220, 5) + at(0, -212, sprig(190, 3, 4, 5))) : "") +
      ellipse(0, 174, 310, 14, 4, faint(0.14)) +
      at(-170, 170, lamp) +
      at(150, 170, stack + at(0, -136, vessel(random, 90, 6) + at(0, -86, sprig(110, 3, 4), { turn: 8 }))) +
      at(-20, 170, notebook)
    );
  },
};

const book: Scene = {
  place: "lying",
  draw(random) {
    const lines = (x: number): string =>
      Array.from({ length: 8 }, (_, i) =>
        rect(x, -92 + i * 26, i === 7 ? 80 : random.int(132, 160), 8, 4, 4, faint(0.22)),
      ).join("");
    const picture =
      at(
        36,
        -104,
        rect(0, 0, 160, 120, 1, 4) + circle(116, 36, 20, 5) + path("M0 120L0 84L54 40L98 84L128 62L160 92L160 120Z", 3),
      ) + [0, 1, 2].map((i) => rect(36, 40 + i * 26, [160, 140, 90][i] ?? 90, 8, 4, 4, faint(0.22))).join("");
    return (
      at(
        0,
        0,
        at(10, 22, path("M-250 -160L250 -160L250 170L-250 170Z", 4, faint(0.15))) +
          rect(-256, -168, 512, 342, 3, 12) +
          path("M0 -150C-60 -176 -180 -172 -240 -154L-240 156C-180 140 -60 138 0 164Z", 6) +
          path("M0 -150C60 -176 180 -172 240 -154L240 156C180 140 60 138 0 164Z", 6) +
          path("M0 -150C20 -160 40 -165 60 -166L60 143C40 146 20 152 0 164Z", 4, faint(0.08)) +
          lines(-204) +
          picture +
          path("M-128 -172L-96 -172L-96 -40L-112 -60L-128 -40Z", 5),
        { turn: random.int(-12, 12) },
      ) +
      at(250, 250, sprig(240, 3, 4, 5), { turn: -32 }) +
      at(-240, -250, circle(0, 0, 74, 6) + circle(0, 0, 56, 3))
    );
  },
};

export const blogScenes: readonly Scene[] = [mountains, desk, book];
