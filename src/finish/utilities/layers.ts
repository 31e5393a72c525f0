/**
 * Rules reach a page in the order in which it uses them, so what wins cannot depend on their order. Each rule goes
 * into a cascade layer; the layers are declared once, in the order that Tailwind would have sorted the rules:
 * breakpoints and dark mode outermost, states within them, and of one state the wide property before the narrow.
 */

const widths = ["sm", "md", "lg", "xl", "2xl"];
const scopes = ["u", "max", ...widths, "print"];
const states = ["a", "b", "c", "d"];
const spans = ["1", "2", "3"];

/** Declares the outer layers; comes before every rule. */
export const scopeLayers = `@layer theme,base,components,utilities;@layer utilities{@layer ${[
  ...scopes,
  ...scopes.map((scope) => `${scope}-dark`),
]
  .map(layerName)
  .join(",")};}`;

/** Declares the layers within an outer one; comes before its first rule. */
export function stateLayers(scope: string): string {
  return `@layer utilities.${scope}{@layer ${states.flatMap((state) => spans.map((span) => state + span)).join(",")};}`;
}

/** @returns `scope.inner`, e.g. `md.a2`. */
export function layerOf(name: string, css: string): string {
  const variants = splitVariants(name);
  const utility = variants.pop() ?? "";
  const dark = variants.includes("dark") ? "-dark" : "";
  const scope = variants.map(scopeOf).reduce((a, b) => (scopes.indexOf(b) > scopes.indexOf(a) ? b : a), "u");
  const state = variants.map(stateOf).sort().at(-1) ?? "a";
  return `${layerName(scope + dark)}.${state}${spanOf(utility, css)}`;
}

/** Layer names are identifiers. */
function layerName(scope: string): string {
  return scope.replace(/^2xl/, "xxl");
}

function splitVariants(name: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let start = 0;
  for (let index = 0; index < name.length; index++) {
    const character = name[index];
    if (character === "[" || character === "(") depth++;
    else if (character === "]" || character === ")") depth--;
    else if (character === ":" && depth === 0) {
      parts.push(name.slice(start, index));
      start = index + 1;
    }
  }
  return [...parts, name.slice(start)];
}

function scopeOf(variant: string): string {
  if (widths.includes(variant)) return variant;
  if (variant.startsWith("max-")) return "max";
  if (variant.startsWith("min-") || variant.startsWith("@")) return "md";
  return variant === "print" ? "print" : "u";
}

function stateOf(variant: string): string {
  if (scopeOf(variant) !== "u" || variant === "dark") return "a";
  if (/(?:^|-)(?:active|disabled|target)$/.test(variant)) return "d";
  if (/(?:^|-)(?:hover|focus(?:-within|-visible)?)$/.test(variant)) return "c";
  return "b";
}

const wide =
  /^(?:margin|padding|inset|border-(?:radius|width|color|style)|overflow|overscroll-behavior|gap|flex|grid-(?:column|row)|transition-property|animation|font-size|scroll-(?:margin|padding)|outline|--tw-sort)$/;
const narrow =
  /^(?:(?:scroll-)?(?:margin|padding)-(?:top|right|bottom|left|inline-start|inline-end)|top|right|bottom|left|inset-inline-(?:start|end)|border-(?:top|right|bottom|left|inline-start|inline-end)-(?:width|color|style)|line-height|--tw-leading|transition-d\w+)$/;

/** Of several properties that set the same thing the wide one comes first, e.g. padding, padding-inline, padding-top. */
function spanOf(utility: string, css: string): string {
  if (css.includes(":where(.") || utility === "container" || utility === "prose" || utility.startsWith("size-"))
    return "1";
  const declared = [...css.matchAll(/(?<=[{;])([a-z-]+):/g)].map(([, property = ""]) => property);
  const first = declared.find((property) => !property.startsWith("--")) ?? declared[0] ?? "";
  if (wide.test(first)) return "1";
  const isCorner = /^border-\w+-\w+-radius$/.test(first);
  return narrow.test(first) || (isCorner && declared.length === 1) ? "3" : "2";
}
