import type { Random } from "../../random.ts";
import {
  at,
  circle,
  ellipse,
  faint,
  flower,
  hills,
  moving,
  path,
  rect,
  ring,
  sprig,
  stroke,
  type Tone,
  vessel,
} from "../shapes.ts";
import type { Scene } from "./scene.ts";

const petals: readonly Tone[] = [5, 6, 2];

function bloom(random: Random, r: number): string {
  const tone = random.pick(petals);
  return flower(r, tone, tone === 6 ? 5 : 6, random.pick([5, 6, 7])) + circle(0, 0, r * 0.12, 3);
}

/** Leaves first, blossoms over them, along an arc around the origin. */
function garland(random: Random, radius: number, from: number, to: number, count: number): string {
  const place = (i: number): { x: number; y: number; a: number } => {
    const a = from + ((to - from) * i) / (count - 1);
    return { x: Math.cos((a * Math.PI) / 180) * radius, y: Math.sin((a * Math.PI) / 180) * radius, a };
  };
  let leaves = "";
  let blossoms = "";
  for (let i = 0; i < count; i++) {
    const { x, y, a } = place(i);
    leaves += at(x, y, sprig(random.range(74, 112), random.pick([3, 2] as const), 3, 2), {
      turn: a + random.range(30, 150),
    });
    if (i % 2 === 0 || random.chance(0.4))
      blossoms += at(x + random.range(-10, 10), y + random.range(-10, 10), bloom(random, random.range(24, 46)));
  }
  return leaves + blossoms;
}

const wreath: Scene = {
  place: "lying",
  draw(random) {
    const start = random.int(0, 359);
    const gap = random.pick([0, 70, 120]);
    return (
      circle(0, 0, 236, 6, faint(0.55)) +
      ring(0, 0, 212, 3, 4) +
      garland(random, 212, start, start + 360 - gap, 15) +
      ring(-36, 16, 70, 5, 13) +
      ring(40, 16, 70, 2, 13) +
      stroke("M-14 -48A70 70 0 0 1 27 44", 5, 13) +
      path("M40 -92L22 -72L40 -50L58 -72Z", 6)
    );
  },
};

const gate: Scene = {
  place: "outdoors",
  draw(random, { w, h }) {
    const chairs = [-1, 1].map((s) =>
      [0, 1, 2]
        .map((i) =>
          at(
            s * (230 + i * 70),
            210 + i * 16,
            rect(-18, -66, 36, 40, 6, 6) +
              rect(-20, -28, 40, 9, 6, 3) +
              rect(-18, -20, 5, 34, 6) +
              rect(13, -20, 5, 34, 6),
            { scale: 1 + i * 0.12 },
          ),
        )
        .join(""),
    );
    return (
      hills(random, w, 150, 26, h / 2, 3) +
      path(`M-60 160C-50 220 -120 280 -170 ${h / 2}L170 ${h / 2}C120 280 50 220 60 160Z`, 6, faint(0.7)) +
      stroke("M-150 190L-150 -60A150 150 0 0 1 150 -60L150 190", 4, 10) +
      at(0, -60, garland(random, 150, 180, 360, 13)) +
      at(-150, 60, garland(random, 1, 0, 200, 3)) +
      at(150, 20, garland(random, 1, 100, 300, 3)) +
      chairs.join("")
    );
  },
};

const bouquet: Scene = {
  place: "standing",
  groundY: 200,
  draw(random, { w }) {
    const stems = [-50, -32, -15, 0, 16, 33, 52].map((turn, i) =>
      at(0, 20, sprig(190 + (i % 2) * 50, i % 2 === 0 ? 3 : 2, 3, 4), { turn }),
    );
    const heads = [
      [-120, -110],
      [-64, -190],
      [0, -150],
      [66, -200],
      [124, -116],
      [-56, -90],
      [58, -98],
      [2, -236],
    ].map(([x = 0, y = 0]) => at(x, y, bloom(random, random.range(40, 60))));
    return (
      (w > 900
        ? at(
            -w * 0.33,
            200,
            rect(-16, -170, 32, 170, 6, 4) +
              moving("flame", path("M0 -226C22 -200 16 -176 0 -174C-16 -176 -22 -200 0 -226Z", 5)),
          )
        : "") +
      ellipse(0, 204, 130, 14, 4, faint(0.18)) +
      moving("sway", stems.join("") + heads.join("")) +
      at(0, 200, vessel(random, 200, 6)) +
      at(
        190,
        200,
        rect(-64, -56, 128, 56, 2, 4) +
          rect(-70, -70, 140, 22, 5, 4) +
          rect(-10, -70, 20, 70, 6) +
          path("M0 -70C-40 -120 -60 -80 0 -70C60 -80 40 -120 0 -70Z", 6),
      )
    );
  },
};

export const weddingScenes: readonly Scene[] = [wreath, gate, bouquet];
