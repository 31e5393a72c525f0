import type { Random } from "../../random.ts";
import { coffee, crema, crust, milk, roast, rye } from "../natural.ts";
import {
  at,
  circle,
  ellipse,
  faint,
  moving,
  path,
  rect,
  ring,
  sprig,
  steam,
  stroke,
  type Tone,
  vessel,
} from "../shapes.ts";
import { bagOfBeans, espressoMachine, shopFront } from "./coffee-places.ts";
import type { Scene } from "./scene.ts";

function bean(tone: Tone, line: Tone): string {
  return ellipse(0, 0, 13, 19, tone) + stroke("M2 -17C-6 -6 7 6 -2 17", line, 3);
}

function beans(random: Random, count: number, area: { x: number; y: number; w: number; h: number }): string {
  return Array.from({ length: count }, () =>
    at(area.x + random.range(0, area.w), area.y + random.range(0, area.h), bean(roast, coffee), {
      turn: random.int(0, 180),
    }),
  ).join("");
}

const cup: Scene = {
  place: "standing",
  groundY: 140,
  draw(random, { w }) {
    const tone = random.pick([6, 6, 2, 5] as const);
    const band = random.pick([
      "",
      rect(-127, 8, 245, 26, tone === 6 ? 2 : 6, 0, ` clip-path="url(#cup)"`),
      [-96, -48, 0, 48, 96].map((x) => circle(x, 22, 11, tone === 6 ? 5 : 6)).join(""),
    ]);
    const body = "M-130 -50L130 -50C130 55 92 130 32 130L-32 130C-92 130 -130 55 -130 -50Z";
    const beside = random.pick([
      at(
        215,
        140,
        vessel(random, 190, 3) +
          at(0, -184, sprig(150, 3, 4), { turn: 6 }) +
          at(0, -184, sprig(120, 2, 4), { turn: -18 }),
      ),
      at(210, 140, rect(-70, -26, 150, 26, 2, 4) + rect(-62, -50, 138, 24, 5, 4) + rect(-78, -72, 146, 22, 3, 4)),
      beans(random, 9, { x: 150, y: 152, w: 120, h: 50 }),
    ]);
    const left =
      w > 900 ? at(-w * 0.33, 140, vessel(random, 230, 2) + at(0, -224, sprig(190, 3, 4, 5), { turn: -8 })) : "";
    return (
      `<clipPath id="cup"><path d="${body}"/></clipPath>` +
      left +
      beside +
      ellipse(0, 142, 205, 24, 4, faint(0.18)) +
      ellipse(0, 134, 190, 22, tone === 6 ? 1 : 6) +
      ellipse(0, 130, 120, 12, 4, faint(0.15)) +
      stroke("M112 -18C196 -34 200 82 84 84", tone, 24) +
      path(body, tone) +
      band +
      path("M46 -50L130 -50C130 55 92 130 32 130L-4 130C66 110 64 30 46 -50Z", 4, faint(0.12)) +
      ellipse(0, -50, 130, 25, tone) +
      ellipse(0, -48, 113, 18, coffee) +
      ellipse(-10, -46, 84, 11, crema, faint(0.6)) +
      at(0, -84, steam(6, 140))
    );
  },
};

const latte: Scene = {
  place: "lying",
  draw(random) {
    const turn = random.int(-40, 40);
    const rosette = [0, 1, 2, 3].map((i) => {
      const [y, s] = [70 - i * 42, 1 - i * 0.2];
      return path(
        `M0 ${y + 34 * s}C${-120 * s} ${y - 8} ${-86 * s} ${y - 62 * s} 0 ${y - 20 * s}C${86 * s} ${y - 62 * s} ${120 * s} ${y - 8} 0 ${y + 34 * s}Z`,
        i % 2 === 0 ? milk : crema,
      );
    });
    const spoon = at(232, 20, rect(-7, -20, 14, 190, 6, 7) + ellipse(0, -46, 25, 40, 6) + ellipse(0, -46, 17, 30, 1), {
      turn: 14,
    });
    const biscuit = at(
      -170,
      178,
      rect(-62, -24, 124, 48, crust, 22) + [-34, 0, 34].map((x) => circle(x, 0, 5, rye)).join(""),
      { turn: -18 },
    );
    return (
      circle(10, 16, 240, 4, faint(0.14)) +
      circle(0, 0, 236, 6) +
      ring(0, 0, 196, 1, 6) +
      biscuit +
      spoon +
      at(
        0,
        0,
        rect(120, -22, 92, 44, random.pick([2, 5] as const), 22) +
          circle(0, 0, 150, random.pick([2, 5] as const)) +
          circle(0, 0, 130, coffee) +
          circle(0, 0, 122, crema) +
          rosette.join("") +
          circle(0, -76, 12, milk),
        { turn },
      ) +
      beans(random, 7, { x: -290, y: -260, w: 150, h: 110 })
    );
  },
};

const pourOver: Scene = {
  place: "standing",
  groundY: 190,
  draw(random, { w }) {
    const carafe =
      "M-58 -36L58 -36C62 40 132 60 132 132C132 176 104 190 70 190L-70 190C-104 190 -132 176 -132 132C-132 60 -62 40 -58 -36Z";
    const level = random.int(86, 120);
    return (
      `<clipPath id="jug"><path d="${carafe}"/></clipPath>` +
      at(-225, 190, vessel(random, 150, 5)) +
      at(
        w > 900 ? -w * 0.34 : -225,
        w > 900 ? 190 : 44,
        w > 900 ? vessel(random, 260, 2) + at(0, -250, sprig(150, 3, 4)) : sprig(170, 3, 4),
      ) +
      at(
        218,
        190,
        path("M-62 -96L62 -96L48 0L-48 0Z", 6) +
          path("M10 -96L62 -96L48 0L0 0Z", 4, faint(0.12)) +
          stroke("M56 -74C104 -78 98 -18 52 -24", 6, 13),
      ) +
      at(218, 84, steam(6, 90)) +
      path(carafe, 6, faint(0.55)) +
      rect(-140, level, 280, 110, coffee, 0, ` clip-path="url(#jug)"`) +
      rect(-140, level, 280, 12, crema, 0, ` clip-path="url(#jug)"`) +
      stroke("M-92 92C-104 120 -98 150 -84 166", 6, 9, faint(0.6)) +
      rect(-66, -62, 132, 30, 3, 12) +
      path("M-130 -210L130 -210L54 -62L-54 -62Z", random.pick([5, 2] as const)) +
      path("M40 -210L130 -210L54 -62L10 -62Z", 4, faint(0.13)) +
      rect(-142, -224, 284, 20, 3, 10) +
      moving("drip", circle(0, -18, 6, coffee)) +
      at(0, -236, steam(6, 76))
    );
  },
};

export const coffeeScenes: readonly Scene[] = [cup, latte, pourOver, shopFront, bagOfBeans, espressoMachine];
