/** Lightness 0–1, chroma 0–0.37 or so, hue in degrees. */
export interface Oklch {
  l: number;
  c: number;
  h: number;
}

type Rgb = [number, number, number];

/** Matrices from Björn Ottosson's definition of OKLab. */
function toLinear({ l, c, h }: Oklch): Rgb {
  const a = c * Math.cos((h * Math.PI) / 180);
  const b = c * Math.sin((h * Math.PI) / 180);
  const long = (l + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const medium = (l - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const short = (l - 0.0894841775 * a - 1.291485548 * b) ** 3;
  return [
    4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
    -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
    -0.0041960863 * long - 0.7034186147 * medium + 1.707614701 * short,
  ];
}

const inGamut = (rgb: Rgb): boolean => rgb.every((v) => v >= -0.0005 && v <= 1.0005);

function encode(v: number): string {
  const linear = Math.min(1, Math.max(0, v));
  const srgb = linear <= 0.0031308 ? 12.92 * linear : 1.055 * linear ** (1 / 2.4) - 0.055;
  return Math.round(srgb * 255)
    .toString(16)
    .padStart(2, "0");
}

function decode(srgb: number): number {
  return srgb <= 0.04045 ? srgb / 12.92 : ((srgb + 0.055) / 1.055) ** 2.4;
}

/** `#rrggbb`. A colour outside sRGB keeps its lightness and hue and loses chroma. */
export function toHex(color: Oklch): string {
  let rgb = toLinear(color);
  for (let c = color.c; !inGamut(rgb) && c > 0; c -= 0.004) rgb = toLinear({ ...color, c });
  if (!inGamut(rgb)) rgb = toLinear({ ...color, c: 0 });
  return `#${rgb.map(encode).join("")}`;
}

/** The other way round, from `#rrggbb`. */
export function fromHex(hex: string): Oklch {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => decode(Number.parseInt(hex.slice(at, at + 2), 16) / 255));
  const long = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const medium = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const short = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  const [x, y] = [
    1.9779984951 * long - 2.428592205 * medium + 0.4505937099 * short,
    0.0259040371 * long + 0.7827717662 * medium - 0.808675766 * short,
  ];
  return {
    l: 0.2104542553 * long + 0.793617785 * medium - 0.0040720468 * short,
    c: Math.hypot(x, y),
    h: ((Math.atan2(y, x) * 180) / Math.PI + 360) % 360,
  };
}

/** Relative luminance of `#rrggbb`, WCAG 2. */
export function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => decode(Number.parseInt(hex.slice(at, at + 2), 16) / 255));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** Contrast ratio of two `#rrggbb`, 1–21, WCAG 2. */
export function contrast(a: string, b: string): number {
  const [x, y] = [luminance(a), luminance(b)];
  return (Math.max(x, y) + 0.05) / (Math.min(x, y) + 0.05);
}

/**
 * The colour as hex, moved in lightness, away from the grounds, until it reads on all of them.
 * The grounds must lie on one side: all light or all dark.
 */
export function readableOn(grounds: readonly string[], color: Oklch, ratio = 4.6): string {
  const mean = grounds.reduce((sum, ground) => sum + luminance(ground), 0) / grounds.length;
  const step = mean > 0.18 ? -0.01 : 0.01;
  let l = color.l;
  let hex = toHex(color);
  while (l > 0 && l < 1 && grounds.some((ground) => contrast(hex, ground) < ratio)) {
    l += step;
    hex = toHex({ ...color, l: Math.min(1, Math.max(0, l)) });
  }
  return hex;
}
