import { at, circle, faint, hills, moving, path, rect, stroke } from "../shapes.ts";
import type { Scene } from "./scene.ts";

const stage: Scene = {
  place: "lying",
  draw(random, { w, h }) {
    const bottom = h / 2;
    const beams = [-0.36, -0.14, 0.14, 0.36].map((x, i) =>
      moving(
        "sway",
        path(
          `M${x * w - 8} ${-bottom - 4}L${x * w + 8} ${-bottom - 4}L${x * w * 0.3 + random.range(60, 120)} ${bottom}L${x * w * 0.3 - random.range(60, 120)} ${bottom}Z`,
          i % 2 ? 5 : 6,
          faint(0.34),
        ),
        i,
      ),
    );
    let heads = "";
    for (let row = 0; row < 3; row++)
      for (let x = -w / 2 - 30 + row * 24; x < w / 2 + 40; x += 62) {
        const y = bottom - 96 + row * 42 + random.range(-12, 8);
        const tone = row === 0 ? 2 : row === 1 ? 3 : 4;
        heads +=
          circle(x, y, 21, tone) +
          path(
            `M${x - 37} ${bottom + 10}L${x - 37} ${y + 56}A37 37 0 0 1 ${x + 37} ${y + 56}L${x + 37} ${bottom + 10}Z`,
            tone,
          );
        if (random.chance(0.2)) heads += stroke(`M${x + 26} ${y + 56}L${x + 36} ${y - 26}`, tone, 13);
      }
    return (
      rect(-w / 2, -h / 2, w, h, 4, 0, faint(0.2)) +
      circle(0, -20, 150, 5) +
      circle(0, -20, 112, 2) +
      beams.join("") +
      path(`M-46 ${bottom - 100}L-38 20A38 38 0 0 1 38 20L46 ${bottom - 100}Z`, 4) +
      circle(0, -46, 30, 4) +
      stroke("M30 30L74 -24", 4, 16) +
      rect(-230, bottom - 128, 460, 40, 4, 4) +
      heads
    );
  },
};

const arcs: Scene = {
  place: "lying",
  draw(random, { h }) {
    const y = h / 2 - 90;
    const order = random.shuffle([2, 6, 5, 3, 1, 4] as const);
    return (
      order.map((tone, i) => circle(0, y, 380 - i * 62, tone)).join("") +
      Array.from({ length: 11 }, (_, i) =>
        at(0, y, moving("twinkle", circle(0, -430, i % 2 ? 9 : 15, 5), i * 0.4), { turn: -75 + i * 15 }),
      ).join("") +
      path(`M-700 ${y}L700 ${y}L700 ${h}L-700 ${h}Z`, 4)
    );
  },
};

const lanterns: Scene = {
  place: "outdoors",
  draw(random, { w, h }) {
    const strings = [-150, -70].map((y, row) => {
      const dip = 110 - row * 20;
      const bulbs = Array.from({ length: 9 }, (_, i) => {
        const t = (i + 0.5) / 9;
        const x = -w / 2 + w * t;
        return moving("twinkle", circle(x, y - dip / 2 + dip * 4 * t * (1 - t) * 0.5 + 16, 14, i % 2 ? 5 : 6), i * 0.5);
      });
      return stroke(`M${-w / 2} ${y - dip / 2}Q0 ${y + dip / 2} ${w / 2} ${y - dip / 2}`, 4, 3) + bulbs.join("");
    });
    const tent =
      [-3, -2, -1, 0, 1, 2].map((i) => path(`M0 -70L${i * 60} 90L${(i + 1) * 60} 90Z`, i % 2 ? 6 : 5)).join("") +
      rect(-180, 90, 360, 110, 6) +
      path("M-50 200L-34 110L34 110L50 200Z", 4) +
      [-3, -2, -1, 0, 1, 2].map((i) => path(`M${i * 60} 90a30 30 0 0 0 60 0Z`, i % 2 ? 6 : 5)).join("") +
      stroke("M0 -70L0 -120", 4, 5) +
      path("M0 -120L50 -104L0 -88Z", 2);
    const people = Array.from({ length: 9 }, (_, i) =>
      at(
        -w / 2 + (w * (i + random.range(0.2, 0.8))) / 9,
        h / 2 - 10,
        circle(0, -104, 20, 4) + path("M-30 0L-30 -48A30 30 0 0 1 30 -48L30 0Z", i % 3 ? 4 : 3),
        { scale: random.range(0.8, 1.15) },
      ),
    );
    return hills(random, w, 150, 20, h / 2, 3) + at(20, 20, tent) + strings.join("") + people.join("");
  },
};

export const eventScenes: readonly Scene[] = [stage, arcs, lanterns];
