import preflight from "tailwindcss/preflight.css" with { type: "text" };
import theme from "tailwindcss/theme.css" with { type: "text" };
import { layerOf } from "./layers.ts";
import { proseUtility } from "./prose.ts";

/** What one utility class means. */
export interface Utility {
  /** Cascade layer, from {@link layerOf}. */
  layer: string;
  css: string;
  /** `@property` rules by the property's name. */
  properties: ReadonlyMap<string, string>;
  /** Custom properties of the theme that the rule uses. */
  variables: readonly string[];
}

/** Tailwind's own compiler, one class at a time. */
export interface UtilityCompiler {
  /** @returns Nothing if it is no utility class. */
  compile(name: string): Utility | undefined;
  /** Value of a custom property of the theme, e.g. `--color-slate-50`. */
  themeValue(name: string): string | undefined;
  /** The classes in the order in which their rules stand in one layer. */
  sort(names: readonly string[]): string[];
  /** `@keyframes` of the theme by name. */
  keyframes: ReadonlyMap<string, string>;
  preflight: string;
}

const maxClassChars = 200;
/** The compiler remembers every class it was ever asked for; a fresh one forgets what many pages left behind. */
const mostRemembered = 20_000;

let current: Promise<UtilityCompiler> | undefined;
let remembered = 0;

/**
 * The compiler, loaded when the first page needs it: 0.3 MB of code and some 20 ms.
 *
 * @param pageTheme Declarations of a page's own theme; such a page has a compiler to itself.
 */
export function loadUtilityCompiler(pageTheme = ""): Promise<UtilityCompiler> {
  if (pageTheme !== "") return create(pageTheme);
  if (remembered > mostRemembered) current = undefined;
  current ??= create("");
  return current;
}

async function create(pageTheme: string): Promise<UtilityCompiler> {
  if (pageTheme === "") remembered = 0;
  // The interface that Tailwind's own editor and formatter plugins are built on; the version is pinned.
  const { __unstable__loadDesignSystem: loadDesignSystem } = await import("tailwindcss");
  const system = await loadDesignSystem(
    `@layer theme{${theme}@theme{${pageTheme}}}@layer utilities{@tailwind utilities;}`,
  );
  const known = new Map<string, Utility | undefined>();
  const compile = (name: string): Utility | undefined => {
    const prose = proseUtility(name);
    if (prose) return prose;
    const css = system.candidatesToCss([name])[0];
    return typeof css === "string" ? toUtility(name, css) : undefined;
  };
  return {
    compile(name) {
      if (name.length > maxClassChars) return undefined;
      if (!known.has(name)) {
        remembered++;
        known.set(name, compile(name));
      }
      return known.get(name);
    },
    themeValue: (name) => system.theme.get([name as `--${string}`]) ?? undefined,
    sort(names) {
      const order = new Map(system.getClassOrder([...names]));
      return names.toSorted((a, b) => Number((order.get(a) ?? 0n) - (order.get(b) ?? 0n)));
    },
    keyframes: new Map(
      [...theme.matchAll(/@keyframes (\w+) \{(?:[^{}]|\{[^{}]*\})*\}/g)].map(([css, name = ""]) => [name, minify(css)]),
    ),
    preflight: minify(preflight.replace(/\/\*[\s\S]*?\*\//g, "")),
  };
}

function toUtility(name: string, source: string): Utility {
  const properties = new Map<string, string>();
  const rule = source.replace(/@property (--[\w-]+) \{[^}]*\}/g, (css, property: string) => {
    properties.set(property, minify(css));
    return "";
  });
  const css = skipStyles(minify(rule));
  const variables = [...new Set([...css.matchAll(/var\((--[\w-]+)/g)].map(([, variable = ""]) => variable))];
  return { layer: layerOf(name, css), css, properties, variables };
}

/** Style elements stand among the page's own, and must not count as the first or an odd one of their siblings. */
function skipStyles(css: string): string {
  const own = ":not(:where(style))";
  return css
    .replace(/:first-child/g, `:nth-child(1 of ${own})`)
    .replace(/:only-child/g, `:nth-child(1 of ${own}):last-child`)
    .replace(/:nth-child\(([^()]*)\)/g, (all, index: string) =>
      index.includes(" of ") ? all : `:nth-child(${index} of ${own})`,
    );
}

function minify(css: string): string {
  return css
    .replace(/\s*\n\s*/g, "")
    .replace(/ \{/g, "{")
    .replace(/;\}/g, "}")
    .replace(/([\w-]): (?=[^{}]*[;}])/g, "$1:")
    .trim();
}
