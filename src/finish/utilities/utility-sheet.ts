import { stillness } from "../css/stillness.ts";
import { scopeLayers, stateLayers } from "./layers.ts";
import { legacyOpacity } from "./legacy-opacity.ts";
import { isTelling } from "./telling.ts";
import type { Utility, UtilityCompiler } from "./utility-compiler.ts";

interface UtilitySheet {
  use(compiler: UtilityCompiler): void;
  /**
   * Rules for those of the classes that have none yet; `""` if there are none.
   *
   * @param base Whether Tailwind's base style comes with the first rules.
   */
  rulesFor(names: readonly string[], options: { base: boolean }): string;
}

/** Distinct classes of one page that get rules. */
const mostClasses = 3000;

/** The rules one page needs, handed out piece by piece; nothing is declared twice. */
export function createUtilitySheet(): UtilitySheet {
  let compiler: UtilityCompiler | undefined;
  const seen = new Set<string>();
  const declared = new Set<string>();
  let begun = false;
  /** Plain words that become utilities if telling ones follow. */
  let words: string[] = [];

  const once = (name: string, css: string): string => {
    if (declared.has(name)) return "";
    declared.add(name);
    return css;
  };

  const variable = (name: string, compiler: UtilityCompiler): string => {
    const value = declared.has(name) ? undefined : compiler.themeValue(name);
    if (value === undefined) return "";
    declared.add(name);
    const inner = [...value.matchAll(/var\((--[\w-]+)/g)].map(([, other = ""]) => variable(other, compiler)).join("");
    return `${inner}${name}:${value.replace(/\s+/g, " ")};`;
  };

  const keyframesIn = (variables: readonly string[], { keyframes }: UtilityCompiler): string => {
    const names = variables.flatMap((name) => /^--animate-(\w+)$/.exec(name)?.[1] ?? []);
    return names.map((name) => once(`@keyframes ${name}`, keyframes.get(name) ?? "")).join("");
  };

  const write = (utilities: readonly Utility[], compiler: UtilityCompiler): string => {
    const properties = utilities.flatMap(({ properties }) => [...properties]).map(([name, css]) => once(name, css));
    const variables = utilities.flatMap(({ variables }) => variables);
    const theme = variables.map((name) => variable(name, compiler)).join("");
    let css = properties.join("") + keyframesIn(variables, compiler);
    if (theme !== "") css += `@layer theme{:root{${theme}}}`;
    const byLayer = Map.groupBy(utilities, ({ layer }) => layer);
    for (const [layer, rules] of byLayer) {
      const [scope = ""] = layer.split(".");
      css += once(`layer ${scope}`, stateLayers(scope));
      css += `@layer utilities.${layer}{${rules.map((rule) => rule.css).join("")}}`;
    }
    return css;
  };

  return {
    use(given) {
      compiler = given;
    },
    rulesFor(names, { base }) {
      if (compiler === undefined) {
        if (words.length < mostClasses) words.push(...names);
        return "";
      }
      const { compile } = compiler;
      const pairs = [...legacyOpacity(names, compiler)].filter(([pair]) => once(pair, pair) !== "");
      const fresh = names.filter((name) => !seen.has(name) && seen.size < mostClasses && compile(name));
      if (fresh.length === 0 && pairs.length === 0) return "";
      if (!begun && pairs.length === 0 && !fresh.some(isTelling)) {
        words.push(...fresh);
        return "";
      }
      const wanted = [...new Set([...words, ...fresh])];
      words = [];
      for (const name of wanted) seen.add(name);
      const opening = begun ? "" : scopeLayers + stillness + (base ? `@layer base{${compiler.preflight}}` : "");
      begun = true;
      const utilities = compiler.sort(wanted).flatMap((name) => compile(name) ?? []);
      return opening + write([...utilities, ...pairs.map(([, utility]) => utility)], compiler);
    },
  };
}
