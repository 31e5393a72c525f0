import type { Random } from "../../random.ts";
import { crumb, crust, golden, grain, rye } from "../natural.ts";
import { at, ellipse, faint, path, rect, stroke, type Tone, vessel, wheat } from "../shapes.ts";
import type { Scene } from "./scene.ts";

const sheaf = (count: number, height: number): string =>
  Array.from({ length: count }, (_, i) =>
    at(0, 0, wheat(height, grain, rye), { turn: (i - (count - 1) / 2) * 15 }),
  ).join("");

const loaf: Scene = {
  place: "standing",
  groundY: 130,
  draw(random, { w }) {
    const slashes = [-110, -40, 30, 100].map((x) =>
      path(
        `M${x} -56C${x + 30} -60 ${x + 52} -14 ${x + 54} 44C${x + 28} 24 ${x + 4} -18 ${x} -56Z`,
        crumb,
        faint(0.85),
      ),
    );
    const side = w > 900 ? at(-w * 0.34, 130, vessel(random, 210, 3) + at(0, -206, sheaf(5, 190))) : "";
    return (
      side +
      at(196, 130, vessel(random, 170, 6) + at(0, -160, sheaf(5, 210))) +
      ellipse(-20, 134, 250, 20, 4, faint(0.18)) +
      rect(-270, 112, 430, 22, 3, 8) +
      path("M-220 112C-262 60 -236 -70 -30 -76C176 -82 200 60 160 112Z", crust) +
      slashes.join("") +
      path("M60 -60C190 -40 196 66 160 112L70 112C130 60 120 0 60 -60Z", 4, faint(0.1)) +
      at(-196, 112, ellipse(0, -34, 62, 38, golden) + stroke("M-34 -46C-12 -60 14 -60 34 -46", crumb, 6))
    );
  },
};

/** A croissant from above, about 400 wide. */
export function croissantShape(): string {
  return [-3, -2, 2, 3, -1, 1, 0]
    .map((i) => {
      const angle = (i * 23 * Math.PI) / 180;
      const size = 1 - Math.abs(i) * 0.2;
      return at(
        Math.sin(angle) * 190,
        150 - Math.cos(angle) * 190,
        ellipse(0, 0, 50 * size + 14, 104 * size, i % 2 === 0 ? crust : golden) +
          stroke(`M${18 * size} ${-78 * size}Q${34 * size} 0 ${18 * size} ${78 * size}`, rye, 5, faint(0.35)),
        { turn: i * 23 },
      );
    })
    .join("");
}

const croissant: Scene = {
  place: "lying",
  draw(random) {
    return (
      at(8, 14, rect(-250, -190, 500, 390, 4, 44, faint(0.14))) +
      rect(-250, -190, 500, 390, 6, 44) +
      rect(-226, -166, 452, 342, 1, 30, faint(0.4)) +
      at(0, 20, croissantShape(), { turn: random.int(-24, 24) }) +
      at(-232, 232, sheaf(3, 230), { turn: 38 }) +
      at(224, -236, ellipse(0, 0, 76, 76, 6) + ellipse(0, 0, 56, 56, 3))
    );
  },
};

function stick(random: Random, tone: Tone): string {
  const cuts = [-230, -180, -130, -80].map((y) => stroke(`M-14 ${y}L18 ${y - 26}`, crumb, 7, faint(0.8)));
  return rect(-29, -290, 58, 300 + random.int(0, 20), tone, 29) + cuts.join("");
}

const basket: Scene = {
  place: "standing",
  groundY: 190,
  draw(random, { w }) {
    const weave = [-10, 40, 90, 140].map((y, row) =>
      Array.from({ length: 7 }, (_, i) =>
        rect(-168 + i * 50 + (row % 2) * 12, y, 34, 36, row % 2 === 0 ? 5 : 1, 10, faint(0.65)),
      ).join(""),
    );
    return (
      `<clipPath id="basket"><path d="M-180 -20L180 -20L150 190L-150 190Z"/></clipPath>` +
      (w > 900 ? at(-w * 0.33, 190, vessel(random, 250, 2) + at(0, -244, sheaf(5, 200))) : "") +
      ellipse(0, 192, 200, 18, 4, faint(0.18)) +
      at(-104, 40, stick(random, crust), { turn: -16 }) +
      at(106, 40, stick(random, golden), { turn: 18 }) +
      at(-34, 30, stick(random, golden), { turn: -4 }) +
      at(40, 40, stick(random, crust), { turn: 7 }) +
      path("M-180 -20L180 -20L150 190L-150 190Z", 3) +
      `<g clip-path="url(#basket)">${weave.join("")}</g>` +
      rect(-192, -38, 384, 34, 3, 17) +
      rect(-192, -38, 384, 14, 6, 7, faint(0.25))
    );
  },
};

export const bakeryScenes: readonly Scene[] = [loaf, croissant, basket];
