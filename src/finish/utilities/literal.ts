/** A value of a JavaScript literal: text, or what has names. Arrays are named by their index. */
export type Literal = string | Map<string, Literal>;

const mostNodes = 2000;

/**
 * Reads an object literal as configurations have it: strings, numbers, names, objects and arrays. Nothing is run;
 * what is no literal (a call, a spread, a function) is skipped up to the next comma.
 *
 * @param source Text that begins with `{`.
 */
export function readLiteral(source: string): Literal {
  let at = 0;
  let nodes = 0;

  const space = (): void => {
    at += /^(?:\s|\/\/[^\n]*|\/\*[\s\S]*?\*\/)*/.exec(source.slice(at, at + 2000))?.[0].length ?? 0;
  };
  const take = (pattern: RegExp): string | undefined => {
    const found = pattern.exec(source.slice(at, at + 400));
    if (found === null) return undefined;
    at += found[0].length;
    return found[1] ?? found[0];
  };
  const skip = (): void => {
    let depth = 0;
    for (; at < source.length; at++) {
      const character = source[at] as string;
      if ("([{".includes(character)) depth++;
      else if (")]}".includes(character) && depth-- === 0) return;
      else if (character === "," && depth === 0) return;
    }
  };
  const text = (): string | undefined => take(/^"([^"\n]*)"/) ?? take(/^'([^'\n]*)'/) ?? take(/^`([^`$]*)`/);

  /** One entry with its name, up to the comma or the end of its group. */
  const entry = (closer: string, index: number, depth: number): [string, Literal] | undefined => {
    const name = closer === "]" ? String(index) : (text() ?? take(/^[\w$-]+/));
    if (closer === "}") take(/^\s*:/);
    const held = name === undefined || depth > 6 ? undefined : value(depth + 1);
    space();
    if (source[at] !== "," && source[at] !== closer) skip();
    if (source[at] === ",") at++;
    return name === undefined || held === undefined ? undefined : [name, held];
  };

  const group = (closer: string, depth: number): Literal => {
    const entries = new Map<string, Literal>();
    at++;
    for (let index = 0; at < source.length && nodes++ < mostNodes; index++) {
      space();
      if (source[at] === closer) break;
      const read = entry(closer, index, depth);
      if (read) entries.set(...read);
    }
    at++;
    return entries;
  };

  const value = (depth: number): Literal | undefined => {
    space();
    if (source[at] === "{") return group("}", depth);
    if (source[at] === "[") return group("]", depth);
    return text() ?? take(/^[\w#%-][\w.#%-]*(?=\s*[,}\]])/);
  };

  return value(0) ?? "";
}
