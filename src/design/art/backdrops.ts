import type { Random } from "../random.ts";
import { at, birds, circle, faint, hills, path, rect, ring, stroke, type Tone } from "./shapes.ts";

export interface Size {
  w: number;
  h: number;
}

type Backdrop = (random: Random, size: Size) => string;

const full = ({ w, h }: Size, tone: Tone): string => rect(-w / 2, -h / 2, w, h, tone);

const disk: Backdrop = (random, size) => {
  const r = random.range(210, 265);
  const x = random.range(-70, 70);
  return (
    full(size, 0) +
    circle(x, -40, r, 1, faint(0.75)) +
    (random.chance(0.5) ? ring(x, -40, r + 34, 1, 5, faint(0.7)) : "")
  );
};

const arch: Backdrop = (random, size) => {
  const w = random.range(170, 215);
  const top = -270;
  const frame = `M${-w} 400L${-w} ${top + w}A${w} ${w} 0 0 1 ${w} ${top + w}L${w} 400Z`;
  return (
    full(size, 0) +
    path(frame, 6) +
    at(0, 0, circle(random.range(-80, 80), random.range(-140, -70), 62, 5)) +
    path(
      `M${-w} 400L${-w} 20C${-w * 0.4} ${random.range(-70, -20)} ${w * 0.3} 60 ${w} ${random.range(-30, 20)}L${w} 400Z`,
      1,
    )
  );
};

const panes: Backdrop = (random, size) => {
  const [w, h] = [random.range(300, 380), 380];
  const [x, y] = [-w / 2 + random.range(-60, 60), -290];
  const view = birds(random, 3, 80, 4);
  return (
    full(size, 0) +
    rect(x - 16, y - 16, w + 32, h + 32, 6, 8) +
    rect(x, y, w, h, 1, 2) +
    circle(x + w * random.range(0.25, 0.75), y + 120, 56, 6, faint(0.9)) +
    at(x + w / 2, y + 90, view) +
    rect(x + w / 2 - 6, y, 12, h, 6) +
    rect(x, y + h * 0.45, w, 12, 6)
  );
};

const rays: Backdrop = (random, size) => {
  const count = random.pick([16, 20, 24]);
  const reach = Math.hypot(size.w, size.h);
  const wedges = Array.from({ length: count }, (_, i) => {
    const [a, b] = [(Math.PI * 2 * i) / count, (Math.PI * 2 * (i + 0.5)) / count];
    return `M0 0L${reach * Math.cos(a)} ${reach * Math.sin(a)}L${reach * Math.cos(b)} ${reach * Math.sin(b)}Z`;
  }).join("");
  return full(size, 0) + at(0, 20, path(wedges, 1, faint(0.45)));
};

const wallpaper: Backdrop = (random, size) => {
  const step = random.pick([56, 72, 96]);
  let bars = "";
  for (let x = -size.w / 2; x < size.w / 2; x += step)
    bars += rect(x, -size.h / 2, step / 2, size.h, 1, 0, faint(0.38));
  return full(size, 0) + bars;
};

const rings: Backdrop = (random, size) => {
  const x = random.range(-120, 120);
  const out = [420, 340, 260, 180].map((r, i) => circle(x, -30, r, i % 2 === 0 ? 1 : 0, faint(0.55)));
  return full(size, 0) + out.join("");
};

const tiles: Backdrop = (random, size) => {
  const step = random.pick([48, 64]);
  let out = "";
  for (let x = -size.w / 2, i = 0; x < size.w / 2; x += step, i++)
    for (let y = -size.h / 2, j = i % 2; y < size.h / 2; y += step, j++)
      if (j % 2 === 0) out += `M${x} ${y}h${step}v${step}h${-step}Z`;
  return full(size, 0) + path(out, 1, faint(0.42));
};

const blobs: Backdrop = (random, size) => {
  const blob = (tone: Tone, s: number): string => {
    const [a, b, c, d] = [
      random.range(170, 250),
      random.range(150, 250),
      random.range(170, 260),
      random.range(150, 230),
    ];
    return path(
      `M0 ${-a * s}C${b * s} ${-a * s} ${b * 1.2 * s} ${-20} ${b * s} ${40}C${b * 0.8 * s} ${c * s} ${20} ${c * 1.1 * s} ${-40} ${c * 0.9 * s}C${-d * 1.3 * s} ${c * 0.8 * s} ${-d * 1.2 * s} ${-a * 0.9 * s} 0 ${-a * s}Z`,
      tone,
      faint(0.7),
    );
  };
  return full(size, 0) + at(random.range(-80, 80), -30, blob(1, 1.15)) + at(random.range(-160, 160), -60, blob(6, 0.6));
};

/** Rows of dots that grow towards one edge: each row is one dashed line with round ends. */
const halftone: Backdrop = (random, size) => {
  const step = random.pick([30, 38]);
  const down = random.chance(0.5) ? 1 : -1;
  let rows = "";
  for (let y = -size.h / 2 + step / 2, i = 0; y < size.h / 2; y += step, i++) {
    const dot = 24 * (0.5 + (down * y) / size.h);
    const x = -size.w / 2 + (i % 2) * (step / 2);
    if (dot > 2) rows += stroke(`M${x} ${y}H${size.w / 2}`, 1, dot, ` stroke-dasharray="0 ${step}"${faint(0.6)}`);
  }
  return full(size, 0) + rows;
};

const outdoors: Backdrop = (random, size) =>
  full(size, 0) +
  circle(random.range(-170, 170), random.range(-190, -110), random.range(60, 95), 5, faint(0.9)) +
  hills(random, size.w, 0, 60, size.h / 2, 1) +
  hills(random, size.w, 70, 40, size.h / 2, 2);

const flat: Backdrop = (_random, size) => full(size, 0);

const walls = [disk, arch, panes, rays, wallpaper, rings, blobs, halftone, disk, arch] as const;
const tops = [flat, wallpaper, rays, rings, tiles, blobs, halftone] as const;

/** What stands behind the subject of a picture. The origin is the middle of the view box. */
export function drawBackdrop(random: Random, size: Size, place: "standing" | "lying" | "outdoors"): string {
  if (place === "outdoors") return outdoors(random, size);
  return random.pick(place === "lying" ? tops : walls)(random, size);
}

/** The table or floor, from `y` down. */
export function drawGround(random: Random, { w, h }: Size, y: number): string {
  const tone = random.pick([1, 2, 3, 4] as const);
  const edge = random.chance(0.5) ? rect(-w / 2, y, w, 10, 4, 0, faint(0.16)) : "";
  return rect(-w / 2, y, w, h / 2 - y + 2, tone) + edge;
}
