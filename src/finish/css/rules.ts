/** One declaration and where its value stands in the sheet. */
export interface Declaration {
  name: string;
  value: string;
  start: number;
  end: number;
}

/** A style rule with the conditions around it. */
export interface Rule {
  selectors: readonly string[];
  /** `@media …`, `@supports …` and the like, outermost first. */
  conditions: readonly string[];
  declarations: readonly Declaration[];
}

const maxRules = 5000;
const nesting = /^@(?:media|supports|layer|container|scope|starting-style)\b/;

/**
 * The style rules of a canonical sheet, in order. Rules inside rules, key frames and font faces are left out: nothing
 * here has to be understood, only what is understood may be mended.
 */
export function readRules(css: string): Rule[] {
  const rules: Rule[] = [];
  readBlock(css, 0, [], rules);
  return rules;
}

/** @returns Where the block ends: at its closing brace, or past the sheet. */
function readBlock(css: string, start: number, conditions: readonly string[], rules: Rule[]): number {
  let index = start;
  for (;;) {
    const at = findAny(css, index, "{};");
    if (at < 0) return css.length;
    const character = css[at];
    if (character === "}") return at;
    if (character === ";") {
      index = at + 1;
      continue;
    }
    const prelude = css.slice(index, at).trim();
    let end: number;
    if (nesting.test(prelude)) end = readBlock(css, at + 1, [...conditions, prelude], rules);
    else {
      end = endOfBlock(css, at + 1);
      if (!prelude.startsWith("@") && rules.length < maxRules) {
        rules.push({ selectors: splitList(prelude), conditions, declarations: readDeclarations(css, at + 1, end) });
      }
    }
    index = end + 1;
  }
}

function readDeclarations(css: string, start: number, end: number): Declaration[] {
  const declarations: Declaration[] = [];
  let index = start;
  while (index < end) {
    const at = findAny(css, index, ";{}");
    const stop = at < 0 || at > end ? end : at;
    if (css[stop] === "{") {
      index = endOfBlock(css, stop + 1) + 1;
      continue;
    }
    const colon = css.indexOf(":", index);
    if (colon > 0 && colon < stop) {
      const raw = css.slice(colon + 1, stop);
      const value = raw.trim();
      const from = colon + 1 + (raw.length - raw.trimStart().length);
      declarations.push({ name: css.slice(index, colon).trim(), value, start: from, end: from + value.length });
    }
    index = stop + 1;
  }
  return declarations;
}

/** Where the block that is open here closes. */
function endOfBlock(css: string, start: number): number {
  let depth = 1;
  let index = start;
  for (;;) {
    const at = findAny(css, index, "{}");
    if (at < 0) return css.length;
    depth += css[at] === "{" ? 1 : -1;
    if (depth === 0) return at;
    index = at + 1;
  }
}

/** The next of the characters outside of strings and parentheses. */
function findAny(css: string, start: number, characters: string): number {
  let depth = 0;
  for (let index = start; index < css.length; index++) {
    const character = css[index] as string;
    if (character === "\\") index++;
    else if (character === '"') index = endOfString(css, index);
    else if (character === "(" || character === "[") depth++;
    else if (character === ")" || character === "]") depth--;
    else if (depth <= 0 && characters.includes(character)) return index;
  }
  return -1;
}

function endOfString(css: string, start: number): number {
  for (let index = start + 1; index < css.length; index++) {
    if (css[index] === "\\") index++;
    else if (css[index] === '"') return index;
  }
  return css.length;
}

function splitList(prelude: string): string[] {
  const parts: string[] = [];
  let index = 0;
  for (;;) {
    const at = findAny(prelude, index, ",");
    parts.push(prelude.slice(index, at < 0 ? undefined : at).trim());
    if (at < 0) return parts;
    index = at + 1;
  }
}
