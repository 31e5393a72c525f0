import type { Random } from "../../random.ts";
import { at, circle, faint, moving, path, rect, ring, sprig, stroke, type Tone, vessel } from "../shapes.ts";
import type { Scene } from "./scene.ts";

const tones: readonly Tone[] = [1, 2, 3, 4, 5, 6];

/** One square of a constructed pattern, `s` wide, from the origin. */
export function tile(random: Random, s: number): string {
  const [ground, one, two] = random.shuffle(tones);
  const base = rect(0, 0, s, s, ground ?? 1);
  const figures = [
    path(`M0 0A${s} ${s} 0 0 1 ${s} ${s}L0 ${s}Z`, one ?? 2),
    circle(s / 2, s / 2, s * 0.36, one ?? 2) + circle(s / 2, s / 2, s * 0.16, two ?? 5),
    path(`M0 ${s / 2}A${s / 2} ${s / 2} 0 0 1 ${s} ${s / 2}Z`, one ?? 2) +
      path(`M0 ${s}A${s / 2} ${s / 2} 0 0 1 ${s} ${s}Z`, two ?? 5),
    path(`M0 0L${s} 0L0 ${s}Z`, one ?? 2),
    [0, 1, 2, 3].map((i) => rect(0, (i * s) / 4, s, s / 8, one ?? 2)).join(""),
    path(`M${s} 0A${s} ${s} 0 0 0 0 ${s}L${s} ${s}Z`, one ?? 2) +
      path(`M${s} ${s / 2}A${s / 2} ${s / 2} 0 0 0 ${s / 2} ${s}L${s} ${s}Z`, two ?? 5),
    path(`M${s / 2} 0A${s / 2} ${s / 2} 0 0 1 ${s / 2} ${s}Z`, one ?? 2) +
      path(`M${s / 2} 0A${s / 2} ${s / 2} 0 0 0 ${s / 2} ${s}Z`, two ?? 5),
    Array.from({ length: 9 }, (_, i) =>
      circle(s * (0.2 + (i % 3) * 0.3), s * (0.2 + Math.floor(i / 3) * 0.3), s * 0.07, one ?? 2),
    ).join(""),
  ];
  const turn = random.pick([0, 90, 180, 270]);
  const figure = random.pick(figures);
  return base + (turn === 0 ? figure : `<g transform="rotate(${turn} ${s / 2} ${s / 2})">${figure}</g>`);
}

const mosaic: Scene = {
  place: "lying",
  draw(random, { w, h }) {
    const s = random.pick([160, 180, 216]);
    const [columns, rows] = [Math.ceil(w / s) + 1, Math.ceil(h / s) + 1];
    let out = "";
    for (let i = 0; i < columns; i++)
      for (let j = 0; j < rows; j++) out += at((i - columns / 2) * s, (j - rows / 2) * s, tile(random, s));
    return out;
  },
};

function poster(random: Random, w: number, h: number): string {
  const ground = random.pick([6, 2, 5, 3, 1] as const);
  const inks = random.shuffle(tones.filter((tone) => tone !== ground));
  const [a = 4, b = 2] = inks;
  const motifs = [
    circle(w / 2, h * 0.4, w * 0.3, a) +
      path(`M0 ${h}L0 ${h * 0.66}Q${w / 2} ${h * 0.46} ${w} ${h * 0.7}L${w} ${h}Z`, b),
    [0, 1, 2, 3, 4].map((i) => ring(w / 2, h * 0.46, w * 0.08 * (i + 1), i % 2 ? a : b, w * 0.04)).join(""),
    path(`M0 ${h}L${w} ${h}L${w} ${h * 0.3}Z`, a) + circle(w * 0.34, h * 0.32, w * 0.18, b),
    at(w / 2, h * 0.84, sprig(h * 0.62, a, a, 5)) + circle(w * 0.7, h * 0.24, w * 0.12, b),
    [0, 1, 2, 3, 4, 5]
      .map((i) => rect(w * 0.14, h * (0.14 + i * 0.1), w * (0.72 - i * 0.1), h * 0.05, i % 2 ? a : b))
      .join(""),
  ];
  return (
    at(7, 10, rect(0, 0, w, h, 4, 3, faint(0.18))) +
    rect(0, 0, w, h, ground, 3) +
    random.pick(motifs) +
    rect(w * 0.1, h * 0.9, w * 0.4, h * 0.02, a) +
    rect(w * 0.1, h * 0.935, w * 0.24, h * 0.02, a)
  );
}

const wall: Scene = {
  place: "standing",
  groundY: 240,
  draw(random, { w }) {
    const extra =
      w > 900 ? at(-w * 0.44, -230, poster(random, 190, 260)) + at(w * 0.27, -190, poster(random, 230, 320)) : "";
    return (
      extra +
      at(-280, -270, poster(random, 220, 300)) +
      at(-40, -250, poster(random, 150, 200)) +
      at(130, -284, poster(random, 170, 236)) +
      at(-30, -30, poster(random, 250, 190)) +
      at(-250, 240, vessel(random, 150, 5) + at(0, -144, sprig(150, 3, 4))) +
      at(250, 240, rect(-70, -34, 140, 34, 2, 3) + rect(-60, -62, 128, 28, 6, 3) + rect(-74, -86, 134, 24, 5, 3))
    );
  },
};

const forms: Scene = {
  place: "lying",
  draw(random) {
    const turn = random.int(-14, 14);
    return at(
      0,
      0,
      circle(-90, -70, 190, 2) +
        path("M-40 -230L270 40L-40 240Z", random.pick([5, 6] as const), faint(0.92)) +
        path("M-270 240A230 230 0 0 1 190 240Z", 3) +
        moving("spin", ring(130, -150, 66, 4, 22, ` stroke-dasharray="26 16"`)) +
        [0, 1, 2, 3, 4].map((i) => stroke(`M${-280 + i * 26} -60L${-280 + i * 26} 110`, 4, 8)).join("") +
        circle(90, 110, 40, 6),
      { turn },
    );
  },
};

/** They show nothing in particular, and so stand for anything. */
export const abstractScenes: readonly Scene[] = [mosaic, forms];

export const portfolioScenes: readonly Scene[] = [mosaic, wall, forms];
