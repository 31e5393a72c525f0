import type { Wish } from "../../../design/brief/wish.ts";
import { fromHex, type Oklch, toHex } from "../../../design/direction/oklch.ts";
import { readPageParts } from "../../../page/page-parts.ts";
import type { Change } from "../../../page/splice.ts";

const hex = /#[0-9a-f]{6}(?![0-9a-z_-])/gi;
const ground =
  /--(?:bg|background|paper|surface|color-bg)[\w-]*:\s*(#[0-9a-f]{6})|background(?:-color)?:\s*(#[0-9a-f]{6})/i;
/** Less is grey, and stays grey when the hue turns. */
const leastChroma = 0.012;

/**
 * The page's palette, moved as the person wished: the other way round from light to dark, a shade further, or to
 * another hue. Turning all colours over keeps what was apart apart, so text stays readable.
 */
export function recolor(page: string, { scheme, hue, colorless }: Wish): Change[] {
  const found = ground.exec(page);
  const isDark = fromHex((found?.[1] ?? found?.[2] ?? "#ffffff").toLowerCase()).l < 0.5;
  const move = (color: Oklch): Oklch => ({
    l: lightness(color.l, scheme, isDark),
    c: colorless ? 0 : color.c,
    h: hue !== undefined && color.c >= leastChroma ? hue : color.h,
  });
  const changes: Change[] = [];
  for (const [start, end] of palette(page)) {
    for (const match of page.slice(start, end).matchAll(hex)) {
      const text = toHex(move(fromHex(match[0].toLowerCase())));
      changes.push({ start: start + match.index, end: start + match.index + match[0].length, text });
    }
  }
  const turned = scheme !== undefined && (scheme === "dark") !== isDark;
  const declared = turned ? /color-scheme:\s*(light|dark)(?=[;}])/.exec(page) : null;
  if (declared) {
    const end = declared.index + declared[0].length;
    changes.push({ start: end - (declared[1] ?? "").length, end, text: scheme ?? "" });
  }
  return changes.filter(({ start, end, text }) => page.slice(start, end) !== text);
}

function lightness(l: number, scheme: Wish["scheme"], isDark: boolean): number {
  if (scheme === undefined) return l;
  if ((scheme === "dark") !== isDark) return 0.13 + (1 - l) * 0.85;
  // Already so: the grounds go a shade further, what stands on them stays.
  if (scheme === "dark") return l < 0.5 ? l * 0.75 : l;
  return l > 0.6 ? l + (1 - l) * 0.5 : l;
}

/** Where the colours are: custom properties of `:root` and the theme colour; without those, everything that paints. */
function palette(page: string): [number, number][] {
  const parts = readPageParts(page);
  const theme = parts.filter(
    ({ attribute, start, end }) => attribute === "content" && page.slice(start, end).startsWith("#"),
  );
  const roots = [...page.matchAll(/:root\s*\{[^{}]*\}/g)].map(({ index, 0: rule }): [number, number] => [
    index,
    index + rule.length,
  ]);
  const painted = parts.filter(
    ({ kind, attribute }) => kind === "style" || ["style", "fill", "stroke", "stop-color"].includes(attribute),
  );
  const where = roots.some(([start, end]) => /#[0-9a-f]{6}/i.test(page.slice(start, end)))
    ? roots
    : painted.map(({ start, end }): [number, number] => [start, end]);
  return [...theme.map(({ start, end }): [number, number] => [start, end]), ...where];
}
