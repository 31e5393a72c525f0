import { type Color, readColor } from "../css/color.ts";
import type { UtilityCompiler } from "./utility-compiler.ts";

/** The colours that one utility class sets. A colour that is undefined is one that nobody can tell. */
export interface UtilityColors {
  text?: { color: Color | undefined };
  ground?: { color: Color | undefined };
}

const nothing: UtilityColors = {};
const maxDepth = 4;

/** @param compiler Says what a class means; asked once for each. */
export function createColorReader(compiler: UtilityCompiler): (name: string) => UtilityColors {
  const known = new Map<string, UtilityColors>();
  return (name) => {
    const found = known.get(name);
    if (found) return found;
    const css = /^!?(?:text|bg|from)-/.test(name) ? compiler.compile(name)?.css : undefined;
    const colors = css === undefined ? nothing : read(css, compiler);
    known.set(name, colors);
    return colors;
  };
}

function read(css: string, compiler: UtilityCompiler): UtilityColors {
  const value = (property: string) => new RegExp(`[{;]${property}:([^;}]+)`).exec(css)?.[1];
  const [text, ground] = [value("color"), value("background-color")];
  const isPicture = value("background-image") !== undefined || value("--tw-gradient-from") !== undefined;
  return {
    ...(text !== undefined && !inherited.test(text) ? { text: { color: resolve(text, compiler) } } : {}),
    ...(isPicture ? { ground: { color: undefined } } : {}),
    ...(ground !== undefined && !/^(?:transparent|inherit)$/.test(ground)
      ? { ground: { color: resolve(ground, compiler) } }
      : {}),
  };
}

const inherited = /^(?:inherit|currentcolor)$/i;

function resolve(value: string, compiler: UtilityCompiler, depth = 0): Color | undefined {
  if (depth > maxDepth) return undefined;
  const name = /^var\(\s*(--[\w-]+)\s*\)$/.exec(value)?.[1];
  if (name !== undefined) return resolve(compiler.themeValue(name) ?? "", compiler, depth + 1);
  const [, color = "", percent = ""] = /^color-mix\(in \w+,\s*(.+)\s+([\d.]+)%,\s*transparent\)$/.exec(value) ?? [];
  if (color === "") return readColor(value);
  const opaque = resolve(color, compiler, depth + 1);
  return opaque && { ...opaque, alpha: Number(percent) / 100 };
}
