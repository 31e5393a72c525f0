import type { Utility, UtilityCompiler } from "./utility-compiler.ts";

const opacity = /^((?:[\w-]+:)*)(bg|text|border|ring|divide|placeholder)-opacity-(\d{1,3})$/;

/**
 * Classes that Tailwind 3 had and 4 has not, and models still write: `bg-black bg-opacity-50` on one element means
 * `bg-black/50`. Without it, a veil over a picture would be a wall.
 *
 * @returns One rule for each pair, by the pair's own name.
 */
export function legacyOpacity(names: readonly string[], { compile }: UtilityCompiler): Map<string, Utility> {
  const found = new Map<string, Utility>();
  for (const name of names) {
    const [, variants = "", kind = "", percent = ""] = opacity.exec(name) ?? [];
    if (kind === "") continue;
    for (const color of names) {
      const isColor = color.startsWith(`${variants}${kind}-`) || color.startsWith(`${kind}-`);
      if (!isColor || color.includes("/") || opacity.test(color)) continue;
      const bare = color.slice(color.lastIndexOf(":") + 1);
      const meant = `${variants}${bare}/${percent}`;
      const utility = compile(meant);
      if (utility === undefined) continue;
      const css = utility.css.replaceAll(`.${escapeClass(meant)}`, `.${escapeClass(color)}.${escapeClass(name)}`);
      found.set(`${color} ${name}`, { ...utility, css });
    }
  }
  return found;
}

function escapeClass(name: string): string {
  return name.replace(/[^\w-]/g, "\\$&");
}
