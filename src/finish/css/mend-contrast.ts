import { type Color, contrastOf, moveUntilReadable } from "./color.ts";
import { Palette, type Scheme, schemeOf, variableIn } from "./palette.ts";
import { type Declaration, type Rule, readRules } from "./rules.ts";

/** A text colour that does not read on the ground it is known to stand on. */
interface Fault {
  /** What is to be changed: the rule's own colour or the custom property it takes it from. */
  declaration: Declaration;
  color: Color;
  grounds: Color[];
  ratio: number;
}

/** WCAG 2.2, success criterion 1.4.3. */
const ratios = { text: 4.5, large: 3 } as const;
/** Grounds of one colour that a move has to suit. */
const mostGrounds = 40;
const base = /^(?:body|html|:root|main)$/;

/** Custom properties that by their names are text on the page's own ground. */
const namedText = /(?:^|-)(?:muted|text|ink|fg|foreground|subtle|copy)(?:-|$)/;
const namedElse = /(?:^|-)(?:on|inverse|inverted|invert|light|white|dark|hero|footer|band|card|button|btn)(?:-|$)/;

interface MendedSheet {
  css: string;
  /** Colours moved. */
  fixed: number;
  /** Faults that no move mends. */
  left: number;
}

/**
 * Moves text colours that are too faint to read. Only where text and ground are both certain: in one rule, on the
 * page's own ground, or on that of the block whose name the selector begins with. A colour that comes from a custom
 * property is mended where the property is set, for each colour scheme by itself. Large headings need 3:1, all else
 * 4.5:1.
 */
export function mendContrast(css: string): MendedSheet {
  const rules = readRules(css);
  const palette = new Palette();
  palette.add(rules);
  const faults = new Map<Declaration, Fault>();
  for (const scheme of palette.hasDark ? (["light", "dark"] as const) : (["light"] as const)) {
    const grounds = groundsOf(rules, palette, scheme);
    for (const rule of rules) noteFault(rule, scheme, { palette, grounds, faults });
  }
  return applyMoves(css, [...faults.values()]);
}

function applyMoves(css: string, faults: readonly Fault[]): MendedSheet {
  let mended = css;
  let fixed = 0;
  for (const { declaration, color, grounds, ratio } of faults.toSorted(
    (a, b) => b.declaration.start - a.declaration.start,
  )) {
    const moved = moveUntilReadable(color, grounds, ratio);
    if (moved === undefined) continue;
    mended = mended.slice(0, declaration.start) + moved + mended.slice(declaration.end);
    fixed += 1;
  }
  return { css: mended, fixed, left: faults.length - fixed };
}

interface Context {
  palette: Palette;
  grounds: ReadonlyMap<string, Color>;
  faults: Map<Declaration, Fault>;
}

function noteFault(rule: Rule, scheme: Scheme, context: Context): void {
  const applies = schemeOf(rule);
  const text = rule.declarations.findLast(({ name }) => name === "color");
  if (text === undefined || applies === undefined || (applies === "dark" && scheme === "light")) return;
  const { palette, faults } = context;
  const color = palette.resolve(text.value, scheme);
  const ground = certainGround(rule, text, scheme, context);
  if (color === undefined || ground === undefined) return;
  const ratio = isLarge(rule) ? ratios.large : ratios.text;
  const contrast = contrastOf(color, ground.color);
  // White on white is text on a ground that is not the one known here.
  if (contrast >= ratio || (!ground.isOwn && contrast < 1.6)) return;
  const declaration = sourceOf(text, palette, { scheme, applies });
  if (declaration === undefined) return;
  const known = faults.get(declaration);
  if (known) {
    if (known.grounds.length < mostGrounds) known.grounds.push(ground.color);
    known.ratio = Math.max(known.ratio, ratio);
  } else faults.set(declaration, { declaration, color, grounds: [ground.color], ratio });
}

function certainGround(
  rule: Rule,
  text: Declaration,
  scheme: Scheme,
  { palette, grounds }: Context,
): { color: Color; isOwn: boolean } | undefined {
  const own = backgroundOf(rule);
  const name = variableIn(text.value) ?? "";
  const isText = namedText.test(name) && !namedElse.test(name);
  const color =
    own === undefined
      ? (groundFor(rule, grounds) ?? (isText ? grounds.get("") : undefined))
      : palette.resolve(own, scheme);
  return color === undefined || (color.alpha ?? 1) < 1 ? undefined : { color, isOwn: own !== undefined };
}

/** What is to be changed so that the text changes in this scheme and in no other. */
function sourceOf(
  text: Declaration,
  palette: Palette,
  { scheme, applies }: { scheme: Scheme; applies: Scheme },
): Declaration | undefined {
  const name = variableIn(text.value);
  const source = name === undefined ? { declaration: text, scheme: applies } : palette.find(name, scheme);
  if (source?.scheme !== scheme) return undefined;
  return /^(?:var|light-dark)\(/.test(source.declaration.value) ? undefined : source.declaration;
}

/** Grounds by the selector that sets them; the page's own under `""`. */
function groundsOf(rules: readonly Rule[], palette: Palette, scheme: Scheme): Map<string, Color> {
  const grounds = new Map<string, Color>();
  for (const rule of rules) {
    const applies = schemeOf(rule);
    const value = backgroundOf(rule);
    if (value === undefined || applies === undefined || (applies === "dark" && scheme === "light")) continue;
    const color = palette.resolve(value, scheme);
    for (const selector of rule.selectors) {
      if (base.test(selector)) {
        if (color) grounds.set("", color);
      } else if (/^\.[\w-]+$|^(?:header|footer|nav|section|aside|article)$/.test(selector)) {
        // A ground that cannot be judged hides the page's own.
        grounds.set(selector, color ?? { mode: "rgb", r: 0, g: 0, b: 0, alpha: 0 });
      }
    }
  }
  if (!grounds.has("")) grounds.set("", { mode: "rgb", r: 1, g: 1, b: 1 });
  return grounds;
}

function backgroundOf({ declarations }: Rule): string | undefined {
  return declarations.findLast(({ name }) => name === "background" || name === "background-color")?.value;
}

/** The ground a rule's elements stand on, when its selector tells: `.hero p`, `.hero__title`, `.hero-title`, `body`. */
function groundFor({ selectors }: Rule, grounds: ReadonlyMap<string, Color>): Color | undefined {
  const [selector] = selectors;
  if (selector === undefined || selectors.length > 1) return undefined;
  if (base.test(selector)) return grounds.get("");
  const first = /^[.\w-]+/.exec(selector)?.[0] ?? "";
  if (first !== selector && grounds.has(first)) return grounds.get(first);
  for (let name = first; name.includes("-") || name.includes("_"); ) {
    name = name.replace(/(?:__?|--?)[^_-]*$/, "");
    if (grounds.has(name)) return grounds.get(name);
    if (!/[-_]/.test(name)) break;
  }
  return undefined;
}

function isLarge({ selectors, declarations }: Rule): boolean {
  if (selectors.every((selector) => /(?:^|[\s>])h[12]$/.test(selector))) return true;
  const size = declarations.findLast(({ name }) => name === "font-size")?.value ?? "";
  const [, number = "", unit = ""] = /^([\d.]+)(px|rem|em)$/.exec(size) ?? [];
  return Number(number) >= (unit === "px" ? 24 : 1.5);
}
