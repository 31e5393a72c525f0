import type { Random } from "../../random.ts";
import { at, circle, ellipse, faint, path, rect, sprig, stroke, type Tone, vessel } from "../shapes.ts";
import type { Scene } from "./scene.ts";

const bowl = (tone: Tone): string =>
  path("M-70 -62L70 -62C68 -16 40 0 0 0C-40 0 -68 -16 -70 -62Z", tone) +
  path("M20 -62L70 -62C68 -16 40 0 10 0C40 -16 40 -40 20 -62Z", 4, faint(0.12)) +
  rect(-26, -4, 52, 8, tone);
const mug = (tone: Tone): string =>
  stroke("M38 -66C78 -70 78 -16 36 -20", tone, 12) +
  rect(-44, -88, 88, 88, tone, 12) +
  rect(14, -88, 30, 88, 4, 12, faint(0.12));
const candle = (tone: Tone): string =>
  rect(-34, -70, 68, 70, tone, 6) +
  rect(-34, -50, 68, 30, 6) +
  path("M0 -104C12 -88 8 -76 0 -74C-8 -76 -12 -88 0 -104Z", 5);
const books = (random: Random): string =>
  [0, 1, 2].map((i) => rect(-70 + random.int(-8, 8), -26 * (i + 1), 140, 24, ([2, 6, 5] as const)[i] ?? 2, 3)).join("");
const plant = (random: Random): string =>
  [-40, -14, 12, 38].map((turn) => at(0, -66, sprig(random.range(90, 140), 3, 3, 3), { turn })).join("") +
  path("M-44 -72L44 -72L34 0L-34 0Z", 2) +
  rect(-50, -84, 100, 20, 2, 4);

const blanket = (tone: Tone): string =>
  [0, 1, 2].map((i) => rect(-78 + i * 3, -34 * (i + 1), 156 - i * 6, 32, i === 1 ? 5 : tone, 15)).join("") +
  [-60, -36, -12, 12, 36, 60].map((x) => stroke(`M${x} -4v14`, tone, 4)).join("");
const tray = (tone: Tone): string =>
  path("M-86 -34L86 -34L74 0L-74 0Z", tone) +
  rect(-92, -44, 184, 14, tone, 7) +
  at(-24, -44, mug(6), { scale: 0.7 }) +
  circle(44, -64, 20, 5);

/**
 * One thing that a shop sells, standing on the origin, at most 150 high and 190 wide: by its place in
 * the copy's list (vase, bowl, throw, tray, candle, cup), or any.
 */
export function ware(random: Random, index?: number): string {
  const tone = random.pick([2, 3, 5, 6] as const);
  const wares = [
    () => vessel(random, random.range(130, 150), tone),
    () => bowl(tone),
    () => blanket(tone),
    () => tray(3),
    () => candle(tone),
    () => mug(tone),
    () => books(random),
    () => plant(random),
    () => vessel(random, random.range(80, 130), tone) + at(0, -100, sprig(70, 3, 4, 3)),
  ];
  return (index === undefined ? random.pick(wares) : (wares[index % wares.length] ?? random.pick(wares)))();
}

const shelf: Scene = {
  place: "standing",
  groundY: 330,
  draw(random, { w }) {
    const wide = Math.max(600, w * 0.62);
    const rows = [-96, 90, 276].map((y) => {
      const count = Math.floor(wide / 165);
      const things = Array.from({ length: count }, (_, i) =>
        at(-wide / 2 + (wide / count) * (i + 0.5), y, ware(random)),
      );
      return (
        rect(-wide / 2, y + 9, wide, 10, 4, 0, faint(0.2)) +
        things.join("") +
        rect(-wide / 2 - 20, y, wide + 40, 14, 4, 3)
      );
    });
    return rows.join("");
  },
};

const still: Scene = {
  place: "standing",
  groundY: 190,
  draw(random, { w }) {
    const block = (x: number, bw: number, h: number, tone: Tone, thing: string): string =>
      at(
        x,
        190,
        rect(-bw / 2, -h, bw, h, tone) + rect(bw * 0.18, -h, bw * 0.32, h, 4, 0, faint(0.12)) + at(0, -h, thing),
      );
    return (
      (w > 900 ? block(-w * 0.36, 170, 120, 2, ware(random)) : "") +
      ellipse(0, 194, 330, 16, 4, faint(0.14)) +
      block(
        -190,
        150,
        90,
        3,
        at(0, 0, vessel(random, 220, 6) + at(0, -212, sprig(150, 3, 4), { turn: -10 }), { scale: 0.9 }),
      ) +
      block(-20, 180, 170, 6, at(0, 0, vessel(random, 190, 5))) +
      block(160, 150, 60, 2, at(0, 0, bowl(6), { scale: 1.2 })) +
      at(262, 190, circle(0, -40, 40, 5))
    );
  },
};

const bags: Scene = {
  place: "standing",
  groundY: 180,
  draw(random, { w }) {
    const bag = (tone: Tone, bw: number, h: number, content: string): string =>
      at(0, -h, content) +
      stroke(`M${-bw * 0.22} ${-h}C${-bw * 0.22} ${-h - 84} ${bw * 0.22} ${-h - 84} ${bw * 0.22} ${-h}`, 4, 8) +
      rect(-bw / 2, -h, bw, h, tone, 3) +
      rect(bw * 0.22, -h, bw * 0.28, h, 4, 0, faint(0.12));
    const mark = random.pick([
      circle(0, -120, 42, 5),
      at(0, -70, sprig(120, 3, 3)),
      path("M-40 -90A40 40 0 0 1 40 -90Z", 5) + path("M-40 -100A40 40 0 0 0 40 -100Z", 3),
    ]);
    return (
      (w > 900
        ? at(-w * 0.34, 180, ware(random), { scale: 1.5 }) + at(w * 0.36, 180, ware(random), { scale: 1.4 })
        : "") +
      ellipse(0, 184, 290, 16, 4, faint(0.16)) +
      at(
        -130,
        180,
        bag(2, 200, 250, at(-30, 10, sprig(170, 3, 4, 5), { turn: -14 }) + at(40, 10, sprig(130, 3, 4), { turn: 16 })),
      ) +
      at(70, 180, bag(6, 220, 210, "") + mark) +
      at(220, 180, ware(random))
    );
  },
};

export const shopScenes: readonly Scene[] = [shelf, still, bags];
