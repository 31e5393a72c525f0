import type { Random } from "../../random.ts";
import { at, circle, faint, hills, moving, path, rect, sprig, stroke, type Tone } from "../shapes.ts";
import type { Scene } from "./scene.ts";
import { bicycle, car } from "./vehicles.ts";

function house(random: Random, w: number, tone: Tone): string {
  const h = random.int(200, 330);
  const roof = random.pick([
    path(`M${-w / 2 - 10} ${-h}L0 ${-h - w * 0.4}L${w / 2 + 10} ${-h}Z`, 4),
    rect(-w / 2 - 8, -h - 16, w + 16, 20, 4, 3),
    path(
      `M${-w / 2} ${-h}L${-w / 2} ${-h - 40}L${-w / 4} ${-h - 40}L${-w / 4} ${-h - 74}L${w / 4} ${-h - 74}L${w / 4} ${-h - 40}L${w / 2} ${-h - 40}L${w / 2} ${-h}Z`,
      tone,
    ),
  ]);
  const glass = tone === 6 ? 1 : 6;
  const pane = (w - 60) / 2;
  let windows = "";
  for (let y = -h + 28; y < -130; y += 74)
    for (const x of [-w / 2 + 20, w / 2 - 20 - pane])
      windows +=
        rect(x, y, pane, 46, random.chance(0.25) ? 5 : glass, random.pick([2, 2, 20])) +
        rect(x - 4, y + 46, pane + 8, 5, 4, 0, faint(0.35));
  const awning = Array.from({ length: 6 }, (_, i) =>
    path(
      `M${-w / 2 + 12 + (i * (w - 24)) / 6} -112h${(w - 24) / 6}l0 30a${(w - 24) / 12} 14 0 0 1 ${-(w - 24) / 6} 0Z`,
      i % 2 ? 6 : 5,
    ),
  ).join("");
  const shop =
    rect(-w / 2 + 18, -84, w * 0.46, 62, glass, 2) +
    rect(w / 2 - 18 - w * 0.28, -84, w * 0.28, 84, 4, 2) +
    circle(w / 2 - 12 - w * 0.24, -40, 3, 5);
  return rect(-w / 2, -h, w, h, tone) + roof + windows + awning + shop;
}

const street: Scene = {
  place: "outdoors",
  draw(random, { w, h }) {
    const tones = random.shuffle([2, 3, 6, 5, 1] as const);
    const floor = 210;
    let row = "";
    let x = -w / 2 - 20;
    for (let i = 0; x < w / 2; i++) {
      const wide = random.int(140, 200);
      row += at(x + wide / 2, floor, house(random, wide, tones[i % tones.length] ?? 2));
      x += wide + random.pick([0, 0, 8]);
    }
    const tree = (tx: number): string =>
      at(
        tx,
        floor + 20,
        rect(-6, -90, 12, 90, 4) +
          moving("sway", circle(0, -130, 52, 3) + circle(-26, -104, 34, 3) + circle(28, -106, 36, 3)),
      );
    return (
      row +
      rect(-w / 2, floor, w, h / 2 - floor + 2, 1) +
      rect(-w / 2, floor + 44, w, h, 4, 0, faint(0.75)) +
      tree(random.range(-240, -120)) +
      tree(random.range(140, 260))
    );
  },
};

const bench: Scene = {
  place: "standing",
  groundY: 170,
  draw(random, { w }) {
    const tool = [
      rect(-9, -20, 18, 180, 5, 9) + rect(-60, -58, 120, 44, 4, 8),
      rect(-9, 10, 18, 150, 2, 9) +
        path("M-12 14L-12 -60L12 -60L12 14Z", 6) +
        path("M-40 -100A40 40 0 1 0 40 -100L18 -100L18 -76L-18 -76L-18 -100Z", 6),
      rect(-14, 40, 28, 120, 5, 14) + rect(-5, -80, 10, 124, 6) + path("M-5 -80L5 -80L9 -104L-9 -104Z", 6),
    ];
    const pegs = random
      .shuffle([0, 1, 2])
      .map((k, i) => at(-190 + i * 130, -160, tool[k] ?? "", { turn: random.int(-6, 6) }));
    const box =
      rect(-120, -120, 240, 120, 2, 10) +
      rect(-120, -120, 240, 34, 3, 10) +
      stroke("M-50 -120C-50 -172 50 -172 50 -120", 4, 13) +
      rect(-18, -98, 36, 34, 5, 5);
    return (
      (w > 900
        ? at(
            -w * 0.36,
            170,
            rect(-70, -160, 140, 160, 1, 6) + [0, 1, 2].map((i) => rect(-54, -144 + i * 50, 108, 36, 6, 4)).join(""),
          )
        : "") +
      rect(-270, -236, 420, 22, 4, 6, faint(0.35)) +
      pegs.join("") +
      at(40, 170, box) +
      at(
        -190,
        170,
        path("M-50 -110L50 -110L40 0L-40 0Z", 6) +
          [-20, 0, 24]
            .map((x, i) => at(x, -104, rect(-7, -84, 14, 90, ([5, 2, 3] as const)[i] ?? 5, 4), { turn: x * 0.6 }))
            .join("") +
          path("M-50 -110L50 -110L40 0L-40 0Z", 6),
      ) +
      at(
        236,
        170,
        path("M-40 -70L40 -70L30 0L-30 0Z", 5) +
          at(0, -66, sprig(150, 3, 4)) +
          at(0, -66, sprig(110, 3, 4, 3), { turn: 30 }) +
          at(0, -66, sprig(110, 3, 4, 3), { turn: -30 }),
      )
    );
  },
};

const valley: Scene = {
  place: "outdoors",
  draw(random, { w, h }) {
    const home =
      rect(-50, -70, 100, 70, 6) +
      path("M-64 -66L0 -124L64 -66Z", 5) +
      rect(-14, -44, 28, 44, 4, 2) +
      rect(24, -108, 16, 40, 4);
    const tree = (): string => rect(-4, -20, 8, 24, 4) + circle(0, -44, 30, 3);
    return (
      hills(random, w, 60, 46, h / 2, 2) +
      at(-170, 120, tree()) +
      at(-120, 130, tree(), { scale: 0.8 }) +
      hills(random, w, 140, 30, h / 2, 3) +
      path(`M-10 130C120 170 -90 230 60 ${h / 2}L230 ${h / 2}C40 240 190 170 40 130Z`, 6, faint(0.8)) +
      at(0, 140, home, { scale: 1.3 }) +
      at(150, 190, tree(), { scale: 1.4 }) +
      at(210, 170, tree()) +
      at(40, -20, moving("steam", circle(0, -20, 14, 6, faint(0.8)) + circle(14, -48, 20, 6, faint(0.6))))
    );
  },
};

export const businessScenes: readonly Scene[] = [
  { ...bicycle, words: /bicycl|bikes?(?!\p{L})|fahrr[aä]d|(?<!\p{L})bici|vélo|bisiklet|велос|велом|велор/iu },
  {
    ...car,
    words:
      /(?<!\p{L})cars?(?!\p{L})|garag|mechanic|auto(?:werk|repar|haus| ?shop| ?repair)|kfz|(?:taller|oficina) mec|coches|carros|(?<!\p{L})oto(?!\p{L})|araba|авто(?:се|ма|ре|са)|шином/iu,
  },
  {
    ...bench,
    words:
      /workshop|repair|plumb|electrician|handyman|werkstatt|handwerk|reparatur|klempner|installateur|elektrik|taller|fontaner|electricista|conserto|encanador|eletricista|atelier|réparation|plombier|électricien|tamir|tesisat|elektrik|мастерск|ремонт|сантехн|электрик|майстерн|електрик/iu,
  },
  street,
  valley,
];
