import { type Color, readColor } from "./color.ts";
import type { Declaration, Rule } from "./rules.ts";

/** Under which conditions a custom property has a value. */
export type Scheme = "light" | "dark";

const roots = /^(?::root|html|body|:host)$/;
/** A theme somebody would have to choose: `[data-theme="dark"]`, `.dark`, `body:has(…)`. Not the page as it comes. */
const themes = /^(?::root|html|body)?(?:\[|\.(?:dark|light|theme)|:has\(|:not\()/;
const maxDepth = 8;

/** Whether a rule holds always, in dark mode only, or under conditions nobody here can judge. */
export function schemeOf({ conditions }: Pick<Rule, "conditions">): Scheme | undefined {
  const others = conditions.filter((condition) => !condition.startsWith("@layer"));
  if (others.length === 0) return "light";
  const [only] = others;
  return others.length === 1 && only !== undefined && /^@media\s*\(prefers-color-scheme:\s*dark\)$/.test(only)
    ? "dark"
    : undefined;
}

/** The custom properties of a page's root, by colour scheme. */
export class Palette {
  readonly #light = new Map<string, Declaration>();
  readonly #dark = new Map<string, Declaration>();
  /** Set again by a part of the page: what they come to there is nobody's to say. */
  readonly #local = new Set<string>();

  add(rules: readonly Rule[]): void {
    for (const rule of rules) {
      const scheme = schemeOf(rule);
      const isRoot = rule.selectors.some((selector) => roots.test(selector));
      const isTheme = rule.selectors.every((selector) => themes.test(selector));
      for (const declaration of rule.declarations) {
        if (!declaration.name.startsWith("--")) continue;
        if (isRoot && scheme !== undefined) this.#of(scheme).set(declaration.name, declaration);
        else if (!isTheme) this.#local.add(declaration.name);
      }
    }
  }

  get hasDark(): boolean {
    return this.#dark.size > 0;
  }

  /** Where the property gets its value in a scheme. */
  find(name: string, scheme: Scheme): { declaration: Declaration; scheme: Scheme } | undefined {
    const dark = scheme === "dark" ? this.#dark.get(name) : undefined;
    if (dark) return { declaration: dark, scheme: "dark" };
    const light = this.#light.get(name);
    return light && { declaration: light, scheme: "light" };
  }

  /** The colour that a value comes to; nothing if that depends on more than the palette. */
  resolve(value: string, scheme: Scheme, depth = 0): Color | undefined {
    if (depth > maxDepth) return undefined;
    const text = value.replace(/\s*!important$/, "").trim();
    const pair = /^light-dark\(((?:[^(),]|\([^()]*\))+),((?:[^(),]|\([^()]*\))+)\)$/.exec(text);
    if (pair) return this.resolve((scheme === "dark" ? pair[2] : pair[1]) ?? "", scheme, depth + 1);
    const name = variableIn(text);
    if (name === undefined) return text.includes("var(") ? undefined : readColor(text);
    const found = this.#local.has(name) ? undefined : this.find(name, scheme);
    return found && this.resolve(found.declaration.value, scheme, depth + 1);
  }

  *names(): Iterable<string> {
    yield* this.#light.keys();
  }

  #of(scheme: Scheme): Map<string, Declaration> {
    return scheme === "dark" ? this.#dark : this.#light;
  }
}

/** The custom property a value consists of. */
export function variableIn(value: string): string | undefined {
  return /^var\(\s*(--[\w-]+)\s*(?:,[^()]*)?\)$/.exec(value.trim())?.[1];
}
