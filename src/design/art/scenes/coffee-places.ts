import { coffee, roast } from "../natural.ts";
import { at, circle, ellipse, faint, path, rect, sprig, steam, stroke, type Tone, vessel } from "../shapes.ts";
import type { Scene } from "./scene.ts";

const bean = (tone: Tone, line: Tone): string =>
  ellipse(0, 0, 13, 19, tone) + stroke("M2 -17C-6 -6 7 6 -2 17", line, 3);

/** Stripes of an awning with a scalloped edge, hanging from y = 0. */
function awning(width: number, first: Tone, second: Tone): string {
  const step = width / 8;
  return Array.from({ length: 8 }, (_, i) => {
    const x = -width / 2 + i * step;
    return path(
      `M${x} 0L${x + step} 0L${x + step} 62A${step / 2} ${step / 2} 0 0 1 ${x} 62Z`,
      i % 2 === 0 ? first : second,
    );
  }).join("");
}

/** The place from the street: awning, window with cups, a door ajar. */
export const shopFront: Scene = {
  place: "standing",
  groundY: 200,
  draw(random, { w }) {
    const wall = random.pick([6, 2] as const);
    const shelf = [-150, -96, -42].map((x) => at(x, 52, cupOutline(random.pick([5, 2, 3] as const)))).join("");
    const beside = w > 900 ? at(-w * 0.36, 200, vessel(random, 150, 3) + at(0, -146, sprig(230, 3, 4, 6))) : "";
    return (
      beside +
      rect(-240, -150, 480, 350, wall, 6) +
      rect(-240, -176, 480, 34, 4, 4) +
      rect(-204, -70, 240, 190, 4, 6) +
      rect(-194, -60, 220, 170, 0, 3) +
      circle(random.range(-140, -20), -10, 44, 5, faint(0.9)) +
      path("M-194 110L-194 60L26 20L26 110Z", 1, faint(0.6)) +
      rect(-194, 70, 220, 8, 4) +
      shelf +
      rect(76, -70, 124, 270, 3, 6) +
      rect(94, -50, 88, 130, 0, 3) +
      circle(182, 110, 7, 5) +
      rect(-214, 120, 260, 22, 4, 3) +
      at(0, -150, awning(500, random.pick([5, 3] as const), 6)) +
      at(-226, 200, vessel(random, 76, 5) + at(0, -70, sprig(120, 3, 4))) +
      at(222, 200, vessel(random, 76, 5) + at(0, -70, sprig(104, 3, 4)))
    );
  },
};

function cupOutline(tone: Tone): string {
  return (
    path("M-18 -18L18 -18C18 4 12 16 6 18L-6 18C-12 16 -18 4 -18 -18Z", tone) +
    stroke("M17 -12C32 -14 30 8 14 8", tone, 5)
  );
}

/** A bag of beans, a scoop, a cup of what becomes of them. */
export const bagOfBeans: Scene = {
  place: "standing",
  groundY: 190,
  draw(random, { w }) {
    const tone = random.pick([2, 3, 5] as const);
    const label = random.pick([
      circle(0, 40, 46, 6) + at(0, 40, bean(roast, coffee), { turn: 24, scale: 1.3 }),
      rect(-58, 0, 116, 84, 6, 6) + [20, 40, 60].map((y) => rect(-36, y, 72, 7, 4, 3, faint(0.5))).join(""),
      path("M0 -8L52 84L-52 84Z", 6) + circle(0, 50, 15, 4),
    ]);
    const spilled = Array.from({ length: 11 }, () =>
      at(random.range(90, 250), random.range(196, 236), bean(roast, coffee), { turn: random.int(0, 180) }),
    ).join("");
    return (
      (w > 900 ? at(-w * 0.33, 190, vessel(random, 240, 5) + at(0, -232, sprig(170, 3, 4, 5))) : "") +
      ellipse(-20, 192, 170, 16, 4, faint(0.2)) +
      path("M-120 -150L100 -150L118 190L-138 190Z", tone) +
      path("M52 -150L100 -150L118 190L62 190Z", 4, faint(0.14)) +
      path("M-120 -150L100 -150L92 -196L-112 -196Z", 4) +
      rect(-124, -160, 228, 14, 6, 5) +
      at(-10, 0, label) +
      at(
        206,
        190,
        path("M-54 -84L54 -84L42 0L-42 0Z", 6) +
          path("M10 -84L54 -84L42 0L0 0Z", 4, faint(0.12)) +
          stroke("M50 -66C92 -70 88 -16 46 -22", 6, 11),
      ) +
      at(206, 96, steam(6, 90)) +
      spilled
    );
  },
};

/** The machine behind the counter. */
export const espressoMachine: Scene = {
  place: "standing",
  groundY: 180,
  draw(random, { w }) {
    const tone = random.pick([6, 2, 5] as const);
    const gauge = (x: number): string =>
      circle(x, -78, 24, 4) + circle(x, -78, 18, 6) + stroke(`M${x} -78L${x + random.range(-9, 9)} -90`, 5, 3.5);
    const cups = [-150, -104, -58, 58, 104]
      .map((x) => at(x, -170, cupOutline(random.pick([3, 2, 5] as const))))
      .join("");
    const group = (x: number): string =>
      rect(x - 26, -26, 52, 30, 6, 5) + rect(x - 6, 4, 12, 20, 6) + stroke(`M${x} -6L${x - 54} 22`, 2, 13);
    return (
      (w > 900 ? at(w * 0.36, 180, vessel(random, 210, 3) + at(0, -202, sprig(180, 3, 4, 5))) : "") +
      cups +
      rect(-216, -152, 432, 130, tone, 18) +
      rect(-216, -60, 432, 38, 4, 0, faint(0.12)) +
      rect(-190, -26, 380, 130, 4, 0) +
      rect(-216, 100, 432, 50, tone, 10) +
      rect(-196, 92, 392, 14, 3, 4) +
      [-170, 140].map((x) => rect(x, 150, 30, 30, 4, 4)).join("") +
      gauge(-150) +
      gauge(-92) +
      [60, 104, 148].map((x, i) => circle(x, -78, 13, i === 1 ? 5 : 3)).join("") +
      group(-84) +
      group(84) +
      at(-84, 74, cupOutline(6)) +
      at(84, 74, cupOutline(6)) +
      stroke("M-84 26L-84 54M84 26L84 54", 3, 4) +
      stroke("M216 -92C252 -92 250 -10 238 40", 4, 9) +
      at(236, 40, steam(6, 90))
    );
  },
};
