import type { Random } from "../random.ts";

/**
 * Flat shapes as SVG text. Colours are classes: `f0`–`f6` fill and `k0`–`k6` stroke with the seven
 * picture colours of the palette (sky, far, mid, near, dark, pop, light). What has a colour of its own is given that
 * instead (`k` is a line of it). Units are those of the view box.
 */
export type Tone = 0 | 1 | 2 | 3 | 4 | 5 | 6 | `rgb(${string})`;

const fill = (tone: Tone): string => (typeof tone === "number" ? `class="f${tone}"` : `fill="${tone}"`);
const line = (tone: Tone): string => (typeof tone === "number" ? `class="k${tone}"` : `class="k" stroke="${tone}"`);

const n = (value: number): string => String(Math.round(value * 10) / 10);

/** A path with its numbers rounded to a tenth. */
export function path(d: string, tone: Tone, extra = ""): string {
  return `<path ${fill(tone)} d="${round(d)}"${extra}/>`;
}

export function stroke(d: string, tone: Tone, width: number, extra = ""): string {
  return `<path ${line(tone)} stroke-width="${n(width)}" d="${round(d)}"${extra}/>`;
}

const round = (d: string): string => d.replace(/-?\d+\.\d+/g, (number) => n(Number(number)));

export function circle(x: number, y: number, r: number, tone: Tone, extra = ""): string {
  return `<circle ${fill(tone)} cx="${n(x)}" cy="${n(y)}" r="${n(r)}"${extra}/>`;
}

export function ring(x: number, y: number, r: number, tone: Tone, width: number, extra = ""): string {
  return `<circle ${line(tone)} cx="${n(x)}" cy="${n(y)}" r="${n(r)}" stroke-width="${n(width)}"${extra}/>`;
}

export function ellipse(x: number, y: number, rx: number, ry: number, tone: Tone, extra = ""): string {
  return `<ellipse ${fill(tone)} cx="${n(x)}" cy="${n(y)}" rx="${n(rx)}" ry="${n(ry)}"${extra}/>`;
}

export function rect(x: number, y: number, w: number, h: number, tone: Tone, r = 0, extra = ""): string {
  const corner = r > 0 ? ` rx="${n(r)}"` : "";
  return `<rect ${fill(tone)} x="${n(x)}" y="${n(y)}" width="${n(w)}" height="${n(h)}"${corner}${extra}/>`;
}

export function at(x: number, y: number, content: string, { turn = 0, scale = 1 } = {}): string {
  const rotate = turn === 0 ? "" : ` rotate(${n(turn)})`;
  const zoom = scale === 1 ? "" : ` scale(${Math.round(scale * 100) / 100})`;
  return `<g transform="translate(${n(x)} ${n(y)})${rotate}${zoom}">${content}</g>`;
}

/** A group that CSS may move (`sway`, `float`, `steam`, `spin`, `twinkle`, `drift`); still where motion is unwelcome. */
export function moving(motion: string, content: string, delay = 0): string {
  return `<g class="moves-${motion}"${delay > 0 ? ` style="animation-delay:-${n(delay)}s"` : ""}>${content}</g>`;
}

export const faint = (opacity: number): string => ` opacity="${Math.round(opacity * 100) / 100}"`;

/** One leaf from (x, y), `length` long, turned by `turn` degrees: a closed path to be joined with others. */
function leaf(x: number, y: number, length: number, turn: number): string {
  const angle = (turn * Math.PI) / 180;
  const [cos, sin] = [Math.cos(angle) * length, Math.sin(angle) * length];
  const point = (along: number, across: number): string =>
    `${Math.round(along * cos - across * sin)} ${Math.round(along * sin + across * cos)}`;
  return `M${Math.round(x)} ${Math.round(y)}c${point(0.25, -0.32)} ${point(0.72, -0.3)} ${point(1, 0)}c${point(-0.3, 0.24)} ${point(-0.75, 0.22)} ${point(-1, 0)}z`;
}

/** A stem that grows up from the origin with paired leaves. */
export function sprig(height: number, tone: Tone, stem: Tone, pairs = 4): string {
  const stalk = `M0 0C${height * 0.06} ${-height * 0.4} ${-height * 0.04} ${-height * 0.7} 0 ${-height}`;
  let leaves = leaf(0, -height * 0.97, height * 0.17, -90);
  for (let i = 0; i < pairs; i++) {
    const y = -height * (0.28 + (0.64 * i) / pairs);
    const length = height * (0.34 - (0.14 * i) / pairs);
    leaves += leaf(0, y, length, -34) + leaf(0, y - height * 0.04, length, -146);
  }
  return stroke(stalk, stem, Math.max(2.5, height * 0.018)) + path(leaves, tone);
}

/** A flower seen from the front: round petals are the ends of lines without length. */
export function flower(r: number, petal: Tone, heart: Tone, petals = 6): string {
  let dots = "";
  for (let i = 0; i < petals; i++) {
    const angle = (2 * Math.PI * i) / petals;
    dots += `M${Math.round(Math.sin(angle) * r * 0.58)} ${Math.round(-Math.cos(angle) * r * 0.58)}h0`;
  }
  return stroke(dots, petal, r * (petals > 6 ? 0.66 : 0.78)) + circle(0, 0, r * 0.3, heart);
}

/** An ear of wheat that grows up from the origin. */
export function wheat(height: number, tone: Tone, stem: Tone): string {
  const grain = height * 0.15;
  let ear = leaf(0, -height * 0.92, grain, -90);
  for (let i = 0; i < 5; i++) {
    const y = -height * (0.5 + i * 0.09);
    ear += leaf(0, y, grain, -62) + leaf(0, y, grain, -118);
  }
  return stroke(`M0 0L0 ${-height}`, stem, height * 0.02) + path(ear, tone);
}

/** A vessel turned on a wheel, standing on the origin; the profile is drawn by the seed. */
export function vessel(random: Random, height: number, tone: Tone, shade: Tone = 4): string {
  const base = height * random.range(0.16, 0.26);
  const belly = height * random.range(0.24, 0.42);
  const neck = height * random.range(0.08, 0.2);
  const lip = neck * random.range(1, 1.5);
  const shoulder = -height * random.range(0.35, 0.6);
  const side = (s: number): string =>
    `C${s * belly * 1.1} ${-height * 0.12} ${s * belly * 1.15} ${shoulder} ${s * neck} ${-height * 0.84}L${s * lip} ${-height}`;
  const right = side(1);
  const body = `M${-base} 0L${base} 0${right}L${-lip} ${-height}L${-neck} ${-height * 0.84}C${-belly * 1.15} ${shoulder} ${-belly * 1.1} ${-height * 0.12} ${-base} 0Z`;
  const dusk = `M${base * 0.2} 0L${base} 0${right}L${lip * 0.4} ${-height}C${neck * 0.5} ${-height * 0.8} ${belly * 0.9} ${shoulder} ${base * 0.2} 0Z`;
  return (
    path(body, tone) + path(dusk, shade, faint(0.13)) + ellipse(0, -height, lip, height * 0.022, shade, faint(0.5))
  );
}

/** A ridge over the full width, filled down to `bottom`. */
export function hills(random: Random, width: number, y: number, swell: number, bottom: number, tone: Tone): string {
  const left = -width / 2 - 10;
  const steps = random.int(2, 4);
  const span = (width + 20) / steps;
  let d = `M${left} ${bottom}L${left} ${y + random.range(-swell, swell) * 0.5}`;
  for (let i = 0; i < steps; i++) {
    const x = left + span * i;
    const lift = (i % 2 === 0 ? -1 : 0.6) * swell * random.range(0.6, 1.2);
    d += `C${x + span * 0.35} ${y + lift} ${x + span * 0.65} ${y + lift} ${x + span} ${y + random.range(-0.3, 0.3) * swell}`;
  }
  return path(`${d}L${width / 2 + 10} ${bottom}Z`, tone);
}

export function steam(tone: Tone, height = 130): string {
  return [-34, 4, 42]
    .map((x, i) => {
      const h = height * (i === 1 ? 1 : 0.76);
      const wisp = stroke(`M${x} 0C${x - 26} ${-h * 0.3} ${x + 26} ${-h * 0.62} ${x} ${-h}`, tone, 9, faint(0.75));
      return moving("steam", wisp, i * 1.3);
    })
    .join("");
}

export function birds(random: Random, count: number, spread: number, tone: Tone): string {
  return Array.from({ length: count }, () => {
    const [x, y, s] = [random.range(-spread, spread), random.range(-60, 60), random.range(10, 20)];
    return stroke(
      `M${x - s} ${y - s * 0.4}Q${x - s * 0.4} ${y - s * 0.7} ${x} ${y}Q${x + s * 0.4} ${y - s * 0.7} ${x + s} ${y - s * 0.4}`,
      tone,
      3,
    );
  }).join("");
}
