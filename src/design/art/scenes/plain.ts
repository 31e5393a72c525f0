import { at, birds, circle, faint, hills, moving, path, rect, ring, stroke } from "../shapes.ts";
import { abstractScenes } from "./portfolio.ts";
import type { Scene } from "./scene.ts";

const dawn: Scene = {
  place: "lying",
  draw(random, { w, h }) {
    const x = random.range(-140, 140);
    return (
      [260, 200, 140].map((r) => circle(x, 10, r, 1, faint(0.4))).join("") +
      circle(x, 10, 92, 5) +
      at(-x * 0.7, -150, moving("drift", birds(random, 5, 140, 4))) +
      ([1, 2, 3, 4] as const).map((tone, i) => hills(random, w, 50 + i * 74, 54 - i * 8, h / 2, tone)).join("")
    );
  },
};

const night: Scene = {
  place: "lying",
  draw(random, { w, h }) {
    const stars = Array.from({ length: 46 }, (_, i) => {
      const star = circle(random.range(-w / 2, w / 2), random.range(-h / 2, 40), random.range(1.5, 4.5), 6);
      return i % 4 === 0 ? moving("twinkle", star, i * 0.3) : star;
    });
    return (
      rect(-w / 2, -h / 2, w, h, 4) +
      circle(110, -120, 190, 3, faint(0.35)) +
      circle(110, -120, 78, 5) +
      circle(138, -138, 66, 4, faint(0.16)) +
      stars.join("") +
      hills(random, w, 90, 50, h / 2, 3) +
      hills(random, w, 170, 40, h / 2, 2) +
      hills(random, w, 250, 26, h / 2, 1)
    );
  },
};

const sea: Scene = {
  place: "lying",
  draw(random, { w, h }) {
    const wave = (y: number, tone: 1 | 2 | 3 | 4, i: number): string => {
      let d = `M${-w / 2 - 90} ${h / 2}L${-w / 2 - 90} ${y}`;
      for (let x = -w / 2 - 90; x < w / 2 + 90; x += 90) d += `q22 ${-20 - i * 4} 45 0t45 0`;
      return moving("drift", path(`${d}L${w / 2 + 180} ${h / 2}Z`, tone), i * 1.7);
    };
    const boat =
      path("M-70 0L70 0L46 34L-46 34Z", 6) +
      rect(-3, -120, 6, 120, 4) +
      path("M6 -116L6 -12L70 -12Z", 5) +
      path("M-6 -96L-6 -12L-50 -12Z", 6);
    return (
      circle(random.range(-150, 150), -90, 96, 5) +
      wave(30, 1, 0) +
      at(random.range(-90, 90), 44, moving("sway", boat)) +
      wave(84, 2, 1) +
      wave(150, 3, 2) +
      wave(224, 4, 3)
    );
  },
};

const rain: Scene = {
  place: "lying",
  draw(random, { w, h }) {
    const drops = Array.from({ length: 60 }, () => {
      const [x, y, l] = [random.range(-w / 2, w / 2), random.range(-h / 2, h / 2 - 120), random.range(18, 52)];
      return `M${x} ${y}l${-l * 0.22} ${l}`;
    }).join("");
    const cloud = (x: number, y: number, s: number): string =>
      at(x, y, path("M-130 40A54 54 0 0 1 -110 -60A90 90 0 0 1 56 -80A66 66 0 0 1 140 40Z", 6), { scale: s });
    return (
      moving("drift", cloud(-150, -190, 1) + cloud(180, -140, 0.8)) +
      stroke(drops, 3, 4, faint(0.7)) +
      path(`M${-w / 2} ${h / 2}L${-w / 2} 220Q0 180 ${w / 2} 220L${w / 2} ${h / 2}Z`, 3) +
      at(
        0,
        190,
        stroke("M0 -10L0 -180", 4, 7) +
          path(
            "M-150 -130A150 140 0 0 1 150 -130Q125 -152 100 -130Q75 -152 50 -130Q25 -152 0 -130Q-25 -152 -50 -130Q-75 -152 -100 -130Q-125 -152 -150 -130Z",
            5,
          ) +
          stroke("M0 -10c0 26 -34 26 -34 2", 4, 7),
      ) +
      [-210, 190, 40].map((x, i) => ring(x, 262 + i * 14, 20 + i * 8, 6, 3, faint(0.6))).join("")
    );
  },
};

/** What the sentence speaks of; for all else what stands for anything. */
export const plainScenes: readonly Scene[] = [
  ...abstractScenes,
  { ...rain, words: /rain|umbrella|lluvi|chuv|regen|pluie|yağmur|дожд|дощ/iu },
  { ...sea, words: /\bsea\b|ocean|beach|boat|\bmar\b|playa|praia|meer|strand|\bmer\b|plage|deniz|море|морі|пляж/iu },
  {
    ...night,
    words:
      /night|moon|stars?\b|sleep|dream|noche|luna|sueñ|noite|sonho|nacht|mond(?!ay)|traum|nuit|lune|rêve|gece|rüya|ноч|звезд|звёзд|сон\b|ніч|зір|мрі/iu,
  },
  {
    ...dawn,
    words: /morning|sun|spring|mañana|sol\b|manhã|morgen|sonne|matin|soleil|sabah|güneş|утр|солнц|ранок|сонц/iu,
  },
];
