import type { Random } from "../../random.ts";
import { at, circle, faint, moving, path, rect, ring, stroke, type Tone } from "../shapes.ts";
import type { Scene } from "./scene.ts";

const text = (x: number, y: number, w: number, tone: Tone = 4, opacity = 0.28): string =>
  rect(x, y, w, 10, tone, 5, faint(opacity));
const card = (x: number, y: number, w: number, h: number, content: string): string =>
  at(x, y, at(6, 10, rect(0, 0, w, h, 4, 14, faint(0.12))) + rect(0, 0, w, h, 6, 14) + content);

function chart(random: Random, w: number, h: number): string {
  const points = Array.from(
    { length: 7 },
    (_, i) => [(w * i) / 6, h - h * (0.2 + (i / 6) * 0.5 + random.range(-0.14, 0.22))] as const,
  );
  let d = `M${points[0]?.join(" ")}`;
  for (let i = 1; i < points.length; i++) {
    const [[x0, y0], [x1, y1]] = [points[i - 1] ?? [0, 0], points[i] ?? [0, 0]];
    d += `C${(x0 + x1) / 2} ${y0} ${(x0 + x1) / 2} ${y1} ${x1} ${y1}`;
  }
  const [endX, endY] = points.at(-1) ?? [0, 0];
  return path(`${d}L${w} ${h}L0 ${h}Z`, 2, faint(0.25)) + stroke(d, 2, 6) + circle(endX, endY, 9, 3);
}

const bars = (random: Random, count: number, step: number, h: number): string =>
  Array.from({ length: count }, (_, i) => {
    const tall = h * random.range(0.3, 1);
    return rect(i * step, h - tall, step * 0.56, tall, i === count - 2 ? 5 : 2, 5);
  }).join("");

const app: Scene = {
  place: "lying",
  draw(random) {
    const rows = [0, 1, 2, 3].map((i) =>
      at(0, i * 40, circle(10, 5, 9, i === 1 ? 5 : 1) + text(32, 0, random.int(60, 96))),
    );
    const side =
      rect(0, 0, 134, 400, 0, 0) +
      at(20, 34, rows.join("")) +
      at(20, 240, text(0, 0, 70) + text(0, 30, 88) + text(0, 60, 60));
    return (
      at(
        -290,
        -230,
        at(10, 18, rect(0, 0, 580, 440, 4, 20, faint(0.16))) +
          `<clipPath id="win"><rect width="580" height="440" rx="20"/></clipPath>` +
          `<g clip-path="url(#win)">${rect(0, 0, 580, 440, 6)}${rect(0, 0, 580, 40, 1, 0, faint(0.7))}${[0, 1, 2].map((i) => circle(26 + i * 22, 20, 7, ([5, 2, 3] as const)[i] ?? 2)).join("")}${at(0, 40, side)}</g>` +
          at(164, 70, text(0, 0, 150, 4, 0.75) + text(0, 26, 240)) +
          at(164, 130, rect(0, 0, 386, 150, 0, 14, faint(0.55)) + at(20, 20, chart(random, 346, 112))) +
          at(164, 300, rect(0, 0, 186, 112, 0, 14, faint(0.55)) + at(20, 22, bars(random, 6, 26, 72))) +
          at(
            364,
            300,
            rect(0, 0, 186, 112, 0, 14, faint(0.55)) +
              ring(52, 56, 30, 1, 13) +
              stroke("M52 26A30 30 0 1 1 26 71", 2, 13) +
              text(100, 40, 64, 4, 0.7) +
              text(100, 64, 46),
          ),
      ) +
      moving(
        "float",
        card(
          120,
          118,
          200,
          128,
          [0, 1, 2]
            .map((i) =>
              at(
                22,
                26 + i * 32,
                rect(0, 0, 20, 20, i === 2 ? 1 : 2, 6) +
                  (i === 2 ? "" : stroke("M5 10l4 4 7 -8", 6, 3)) +
                  text(34, 5, [110, 84, 98][i] ?? 90, 4, i === 2 ? 0.28 : 0.5),
              ),
            )
            .join(""),
        ),
      )
    );
  },
};

const layers: Scene = {
  place: "lying",
  draw(random) {
    const plane = (y: number, tone: Tone, content: string): string =>
      at(
        0,
        y,
        path("M0 -120L240 0L0 120L-240 0Z", tone) +
          path("M-240 0L0 120L240 0L240 20L0 140L-240 20Z", 4, faint(0.35)) +
          content,
      );
    const dots = Array.from({ length: 9 }, (_, i) => ((i % 3) - 1) * 1).map((column, i) => {
      const row = Math.floor(i / 3) - 1;
      return path(
        `M${(column - row) * 68} ${(column + row) * 34 - 20}l40 20l-40 20l-40 -20Z`,
        random.chance(0.3) ? 5 : 6,
        faint(0.9),
      );
    });
    const line = stroke("M-150 8L-60 -30L20 30L150 -10", 6, 8);
    return (
      at(0, 200, path("M0 -120L240 0L0 120L-240 0Z", 4, faint(0.14))) +
      plane(150, 3, "") +
      plane(40, 2, line) +
      moving("float", plane(-80, 1, dots.join(""))) +
      [-240, 240].map((x) => stroke(`M${x} -60L${x} 140`, 4, 3, ` stroke-dasharray="4 10" opacity=".5"`)).join("")
    );
  },
};

const flow: Scene = {
  place: "lying",
  draw(random) {
    const node = (x: number, y: number, w: number, tone: Tone, mark: Tone): string =>
      card(
        x - w / 2,
        y - 42,
        w,
        84,
        circle(42, 42, 22, tone) +
          path("M34 42l6 6l12 -14l-12 -2Z", mark) +
          text(78, 26, w - 110, 4, 0.65) +
          text(78, 48, (w - 110) * 0.66),
      );
    const wire = (d: string): string => stroke(d, 3, 5, ` stroke-dasharray="2 12"`);
    const y = random.int(-20, 20);
    return (
      wire(`M-190 -170C-60 -170 -110 ${y} 0 ${y}`) +
      wire(`M-190 30C-90 30 -90 ${y} 0 ${y}`) +
      wire(`M-160 210C-40 210 -90 ${y} 0 ${y}`) +
      wire(`M0 ${y}C120 ${y} 80 -130 200 -130`) +
      wire(`M0 ${y}C120 ${y} 90 150 190 150`) +
      node(-180, -170, 200, 5, 6) +
      node(-190, 30, 180, 2, 6) +
      node(-160, 210, 210, 1, 4) +
      moving(
        "float",
        circle(10, y, 92, 3) +
          circle(10, y, 66, 2) +
          path(`M-20 ${y + 6}l22 22l42 -52`, 3, ` style="fill:none"`) +
          stroke(`M-22 ${y + 2}l24 24l40 -50`, 6, 15),
      ) +
      node(210, -130, 190, 2, 6) +
      node(196, 150, 200, 5, 6)
    );
  },
};

export const saasScenes: readonly Scene[] = [app, layers, flow];
