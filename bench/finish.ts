/**
 * What it costs to make a page of a model's reply, everything but the model; and the style sheet of utility classes beside
 * what other compilers make of the same classes. Ratios count, all in one run.
 *
 *     bun bench/finish.ts [pages]
 */

import { createGenerator, type Preset } from "@unocss/core";
import presetWind3 from "@unocss/preset-wind3";
import presetWind4 from "@unocss/preset-wind4";
import { gzipSync } from "bun";
import { compile } from "tailwindcss";
import tailwind from "tailwindcss/index.css" with { type: "text" };
import { writePage } from "../src/ai/mock/write-page.ts";
import { createReplyReader } from "../src/ai/reply/reply-reader.ts";
import { createPageStream } from "../src/finish/create-page-stream.ts";
import { createSanitizer } from "../src/sanitizer/sanitize.ts";

const utilityPage = await Bun.file(new URL("fixtures/utility-page.html", import.meta.url)).text();
const rounds = Number(process.argv[2] ?? 40);
/** Pieces of a reply as they come from a model, in characters. */
const pieceChars = 16;
const generationMs = 30_000;

const median = (values: number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;
const kB = (text: string): string =>
  `${(text.length / 1000).toFixed(1)} kB (${(gzipSync(text).byteLength / 1000).toFixed(1)} gzip)`;

async function timed(work: (round: number) => unknown): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const started = performance.now();
    await work(round);
    times.push(performance.now() - started);
  }
  // The first rounds meet cold code.
  return median(times.slice(rounds >> 2));
}

function pour(text: string, write: (piece: string) => void): void {
  for (let at = 0; at < text.length; at += pieceChars) write(text.slice(at, at + pieceChars));
}

async function pipeline(name: string, write: (round: number) => string): Promise<void> {
  const pages = Array.from({ length: rounds }, (_, round) => write(round));
  const page = (round: number): string => pages[round] ?? "";
  const chars = median(pages.map((text) => text.length));
  const read = await timed((round) => {
    const reader = createReplyReader(() => {});
    pour(page(round), (piece) => reader.write(piece));
    reader.end("stop");
  });
  const sanitized = await timed((round) => {
    const sanitizer = createSanitizer(() => {});
    pour(page(round), (piece) => sanitizer.write(piece));
    sanitizer.end();
  });
  const finished = await timed(async (round) => {
    const stream = createPageStream({ prompt: "a page for a coffee shop" }, { onHtml: () => {} });
    pour(page(round), (piece) => stream.write(piece));
    await stream.end();
  });
  const whole = read + finished;
  console.log(
    `${name.padEnd(14)} ${chars} characters: reading ${read.toFixed(1)} ms, sanitizer ${sanitized.toFixed(1)} ms, sanitizer + finisher + sanitizer ${finished.toFixed(1)} ms; in all ${whole.toFixed(1)} ms, ${((whole / generationMs) * 100).toFixed(2)} % of a generation of 30 s`,
  );
}

async function ownSheet(): Promise<string> {
  const chunks: string[] = [];
  const stream = createPageStream({ prompt: "x" }, { onHtml: (chunk) => void chunks.push(chunk) });
  stream.write(utilityPage);
  await stream.end();
  const sheets = [...chunks.join("").matchAll(/<style>(.*?)<\/style>/gs)].map(([, css = ""]) => css);
  return sheets.filter((css) => !css.startsWith("@layer guard")).join("");
}

async function sheets(): Promise<void> {
  const classes = [
    ...new Set([...utilityPage.matchAll(/class="([^"]*)"/g)].flatMap(([, list = ""]) => list.split(/\s+/))),
  ];
  console.log(`\n${classes.length} utility classes`);
  const print = (name: string, css: string, ms: number): void =>
    console.log(`${name.padEnd(34)} ${kB(css).padEnd(24)} ${ms.toFixed(1)} ms`);

  const own = await ownSheet();
  print("as the page streams (whole pipeline)", own, await timed(ownSheet));
  const whole = async (): Promise<string> => {
    const compiler = await compile('@import "tailwindcss";', {
      loadStylesheet: async (path, base) => ({ path, base, content: tailwind }),
    });
    return compiler.build(classes);
  };
  print("Tailwind, whole page at once", await whole(), await timed(whole));
  for (const [name, preset] of [
    ["wind4", presetWind4()],
    ["wind3", presetWind3()],
  ] as const) {
    const uno = async (): Promise<string> => {
      const generator = await createGenerator({ presets: [preset as Preset] });
      return (await generator.generate(new Set(classes), { minify: true })).css;
    };
    print(`UnoCSS ${name}, whole page at once`, await uno(), await timed(uno));
  }
}

await pipeline("drawn page", (round) => writePage(`landing page for coffee shop number ${round}`));
await pipeline("utility page", () => utilityPage);
await sheets();
