import { at, circle, ellipse, faint, path, rect, ring, stroke, vessel } from "../shapes.ts";
import type { Scene } from "./scene.ts";

const wheel = (x: number): string =>
  at(
    x,
    85,
    ring(0, 0, 105, 4, 13) +
      [0, 30, 60, 90, 120, 150].map((turn) => at(0, 0, stroke("M-98 0L98 0", 6, 2.5), { turn })).join("") +
      circle(0, 0, 14, 4),
  );

export const bicycle: Scene = {
  place: "standing",
  groundY: 196,
  draw(random, { w }) {
    const tone = random.pick([5, 3, 2] as const);
    return (
      (w > 900 ? at(-w * 0.36, 196, vessel(random, 220, 3)) : "") +
      ellipse(0, 198, 270, 14, 4, faint(0.18)) +
      wheel(-148) +
      wheel(148) +
      stroke("M148 85L104 -64", 4, 12) +
      stroke("M-148 85L-14 85L102 -56L-52 -64L-148 85M-52 -64L-14 85", tone, 15) +
      stroke("M-52 -64L-60 -96M104 -64L94 -106L136 -122", 4, 11) +
      path("M-112 -112C-80 -118 -40 -114 -22 -102C-40 -92 -66 -88 -82 -88C-100 -90 -110 -100 -112 -112Z", 4) +
      ring(-14, 85, 27, 4, 9) +
      stroke("M-14 85L16 130M4 130L34 130", 4, 9) +
      rect(128, -130, 34, 15, tone, 7)
    );
  },
};

export const car: Scene = {
  place: "standing",
  groundY: 170,
  draw(random, { w }) {
    const tone = random.pick([5, 3, 2] as const);
    const tyre = (x: number): string => circle(x, 124, 54, 4) + circle(x, 124, 27, 6) + circle(x, 124, 9, 4);
    return (
      (w > 900 ? at(-w * 0.38, 170, vessel(random, 200, 3)) : "") +
      ellipse(0, 176, 290, 14, 4, faint(0.2)) +
      path("M-150 20C-132 -66 -104 -96 -60 -98L66 -98C112 -96 140 -50 168 20Z", tone) +
      path("M-126 14C-112 -50 -92 -74 -58 -74L-8 -74L-8 14Z", 6) +
      path("M12 14L12 -74L62 -74C96 -72 116 -38 136 14Z", 6) +
      path("M-268 126L-268 70C-262 30 -214 16 -156 12L170 12C234 18 268 44 270 126Z", tone) +
      path("M-268 126L270 126L270 98L-268 98Z", 4, faint(0.16)) +
      rect(-30, 34, 40, 9, 4, 4) +
      ellipse(250, 66, 16, 20, 6) +
      rect(-268, 56, 16, 28, 6, 6) +
      tyre(-156) +
      tyre(158)
    );
  },
};
