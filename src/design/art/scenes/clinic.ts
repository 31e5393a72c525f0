import { at, circle, ellipse, faint, moving, path, rect, sprig, stroke, vessel } from "../shapes.ts";
import type { Scene } from "./scene.ts";

const laurel = (height: number): string =>
  at(-64, 210, sprig(height, 3, 3, 6), { turn: -40 }) +
  at(64, 210, sprig(height, 3, 3, 6), { turn: 40 }) +
  at(-30, 220, sprig(height * 0.8, 2, 3, 5), { turn: -66 }) +
  at(30, 220, sprig(height * 0.8, 2, 3, 5), { turn: 66 });

const cross: Scene = {
  place: "lying",
  draw(random) {
    const r = random.pick([14, 34, 60]);
    return (
      moving("sway", laurel(380)) +
      circle(0, -6, 176, 6) +
      circle(0, -6, 150, 1, faint(0.4)) +
      rect(-38, -120, 76, 228, 2, Math.min(r, 38)) +
      rect(-114, -44, 228, 76, 2, Math.min(r, 38)) +
      stroke("M-104 -6L-44 -6L-24 -50L8 44L30 -6L104 -6", 6, 11)
    );
  },
};

const room: Scene = {
  place: "standing",
  groundY: 210,
  draw(random, { w }) {
    const chair =
      rect(-96, -196, 30, 150, 2, 15) +
      rect(-96, -92, 190, 50, 2, 20) +
      rect(64, -136, 30, 94, 2, 15) +
      rect(-66, -176, 132, 90, 5, 18) +
      rect(-80, -44, 12, 44, 4) +
      rect(68, -44, 12, 44, 4);
    const plant = [-58, -36, -14, 10, 34, 58].map((turn, i) =>
      at(0, -110, sprig(180 + (i % 2) * 60, i % 2 ? 2 : 3, 3, 5), { turn }),
    );
    const picture =
      rect(-60, -80, 120, 160, 6, 4) +
      rect(-46, -66, 92, 132, 1, 2) +
      circle(8, -16, 26, 5) +
      path("M-46 66L-46 26L0 -6L46 30L46 66Z", 3);
    return (
      (w > 900 ? at(w * 0.34, -110, picture) + at(-w * 0.38, -110, picture) : "") +
      ellipse(0, 214, 280, 16, 4, faint(0.16)) +
      at(
        -160,
        210,
        moving("sway", plant.join("")) +
          path("M-66 -118L66 -118L48 0L-48 0Z", 6) +
          path("M20 -118L66 -118L48 0L10 0Z", 4, faint(0.12)),
      ) +
      at(120, 210, chair) +
      at(120, -160, picture, { scale: 0.9 }) +
      at(
        250,
        210,
        rect(-44, -110, 88, 10, 4, 5) +
          rect(-5, -104, 10, 104, 4) +
          rect(-30, -8, 60, 8, 4, 4) +
          at(0, -110, vessel(random, 60, 6)),
      )
    );
  },
};

const heart: Scene = {
  place: "lying",
  draw(random) {
    const shape =
      "M0 170C-230 30 -210 -150 -96 -156C-40 -158 -8 -120 0 -92C8 -120 40 -158 96 -156C210 -150 230 30 0 170Z";
    const pills = Array.from({ length: 5 }, (_, i) =>
      at(
        [-230, 236, -206, 214, 20][i] ?? 0,
        [-170, -190, 170, 150, -250][i] ?? 0,
        rect(-44, -19, 88, 38, 6, 19) + path("M0 -19L25 -19A19 19 0 0 1 25 19L0 19Z", i % 2 ? 2 : 5),
        { turn: random.int(-50, 50) },
      ),
    );
    return (
      pills.join("") +
      at(
        0,
        20,
        moving(
          "float",
          path(shape, 2) +
            path("M60 -150C180 -140 220 20 0 170C120 60 150 -60 60 -150Z", 4, faint(0.1)) +
            stroke("M-128 -6L-56 -6L-30 -58L12 52L36 -6L128 -6", 6, 13),
        ),
        { scale: 1.1 },
      ) +
      at(-120, 260, sprig(150, 3, 3), { turn: 50 }) +
      at(120, 260, sprig(150, 3, 3), { turn: -50 })
    );
  },
};

export const clinicScenes: readonly Scene[] = [cross, room, heart];
