/** Reading and writing the parts of CSS that have escapes: names, strings and URLs. CSS Syntax 3, section 4.3. */

const isNamePart = new Uint8Array(128);
for (const character of "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_") {
  isNamePart[character.charCodeAt(0)] = 1;
}

const hexRun = /[0-9a-f]{1,6}/iy;
// biome-ignore lint/suspicious/noControlCharactersInRegex: what may not stand in a string as it is
const unsafeInString = /["\\<\0-\x1f\x7f]/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: the same
const unsafeInStringAll = /["\\<\0-\x1f\x7f]/g;

/** Whether a character can be part of a name without an escape. */
export function isNameCode(code: number): boolean {
  return code >= 0x80 || isNamePart[code] === 1;
}

export function isSpaceCode(code: number): boolean {
  return code === 0x20 || (code >= 0x09 && code <= 0x0d && code !== 0x0b);
}

/** End of white space from here on. */
export function skipSpace(css: string, start: number): number {
  let index = start;
  while (index < css.length && isSpaceCode(css.charCodeAt(index))) index++;
  return index;
}

/** End of the characters from here on that can be part of a name without an escape. */
export function skipName(css: string, start: number): number {
  let index = start;
  while (index < css.length && isNameCode(css.charCodeAt(index))) index++;
  return index;
}

/** End of the comments from here on. */
export function skipComments(css: string, start: number): number {
  let index = start;
  while (css.startsWith("/*", index)) {
    const close = css.indexOf("*/", index + 2);
    index = close < 0 ? css.length : close + 2;
  }
  return index;
}

/** Whether a character next to a removed comment could become one token with what is on the other side. */
export function joinsNext(code: number): boolean {
  // NaN: the start or the end of the text.
  return !(Number.isNaN(code) || isSpaceCode(code) || ";{}(),".includes(String.fromCharCode(code)));
}

/** Whether a backslash here begins an escape: anything but a line end or the end follows. */
export function isEscape(css: string, index: number): boolean {
  const next = css.charCodeAt(index + 1);
  return index + 1 < css.length && next !== 0x0a && next !== 0x0c;
}

/** Reads the escape at a backslash. */
function readEscape(css: string, index: number): { value: string; end: number } {
  hexRun.lastIndex = index + 1;
  const hex = hexRun.exec(css)?.[0];
  if (hex === undefined) {
    const value = String.fromCodePoint(css.codePointAt(index + 1) ?? 0xfffd);
    return { value: value === "\0" ? "\ufffd" : value, end: index + 1 + value.length };
  }
  const end = index + 1 + hex.length;
  const code = Number.parseInt(hex, 16);
  const isCharacter = code > 0 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff);
  return {
    value: isCharacter ? String.fromCodePoint(code) : "\ufffd",
    end: isSpaceCode(css.charCodeAt(end)) ? end + 1 : end,
  };
}

/**
 * Reads a name with escapes. In `text` each escape stands in one canonical form; it stays an escape, because without
 * it the name might be another token (`\31 0` is no number).
 */
export function readEscapedName(css: string, start: number): { value: string; text: string; end: number } {
  let value = "";
  let text = "";
  let index = start;
  for (;;) {
    const code = css.charCodeAt(index);
    if (code === 0x5c && isEscape(css, index)) {
      const escaped = readEscape(css, index);
      value += escaped.value;
      text += writeEscape(escaped.value);
      index = escaped.end;
    } else if (isNameCode(code)) {
      value += css[index];
      text += css[index];
      index++;
    } else {
      return { value, text, end: index };
    }
  }
}

function writeEscape(character: string): string {
  return /[!#$%&()*+,./:;=>?@[\]^`{|}~]/.test(character) ? `\\${character}` : hexEscape(character);
}

function hexEscape(character: string): string {
  return `\\${(character.codePointAt(0) ?? 0xfffd).toString(16)} `;
}

/** Reads a string from its opening quote on. `undefined` if a line end breaks it. */
export function readString(css: string, start: number): { value: string; end: number } | undefined {
  const quote = css.charCodeAt(start);
  let value = "";
  let copied = start + 1;
  let index = copied;
  for (; index < css.length; index++) {
    const code = css.charCodeAt(index);
    if (code === quote) return { value: value + css.slice(copied, index), end: index + 1 };
    if (code === 0x0a || code === 0x0c) return undefined;
    if (code !== 0x5c) continue;
    value += css.slice(copied, index);
    if (isEscape(css, index)) {
      const escaped = readEscape(css, index);
      value += escaped.value;
      index = escaped.end - 1;
    } else {
      index++;
    }
    copied = index + 1;
  }
  return { value: value + css.slice(copied, index), end: css.length };
}

/** A string token. It contains no `<`, so nothing in it can end the style element. */
export function writeString(value: string): string {
  return unsafeInString.test(value) ? `"${value.replace(unsafeInStringAll, escapeInString)}"` : `"${value}"`;
}

function escapeInString(character: string): string {
  return character === '"' || character === "\\" ? `\\${character}` : hexEscape(character);
}

/** An address; `value` is `undefined` where CSS sees a bad URL. The end is past the parenthesis that closes it. */
interface Url {
  value: string | undefined;
  end: number;
}

/** Reads `url(` from after the parenthesis. `undefined` if there is more in it than an address. */
export function readUrl(css: string, start: number): Url | undefined {
  const first = skipSpace(css, start);
  const quote = css.charCodeAt(first);
  if (quote !== 0x22 && quote !== 0x27) return readUnquotedUrl(css, first);
  const string = readString(css, first);
  if (string === undefined) return undefined;
  const end = skipSpace(css, string.end);
  const isWhole = end >= css.length || css.charCodeAt(end) === 0x29;
  return isWhole ? { value: string.value, end: Math.min(end + 1, css.length) } : undefined;
}

function readUnquotedUrl(css: string, start: number): Url {
  let value = "";
  let index = start;
  while (index < css.length) {
    const code = css.charCodeAt(index);
    if (code === 0x29) return { value, end: index + 1 };
    if (isSpaceCode(code)) {
      index = skipSpace(css, index);
      if (index >= css.length) return { value, end: index };
      return css.charCodeAt(index) === 0x29 ? { value, end: index + 1 } : skipBadUrl(css, index);
    }
    const isForbidden = code === 0x22 || code === 0x27 || code === 0x28 || code < 0x20 || code === 0x7f;
    if (isForbidden || (code === 0x5c && !isEscape(css, index))) return skipBadUrl(css, index);
    if (code === 0x5c) {
      const escaped = readEscape(css, index);
      value += escaped.value;
      index = escaped.end;
    } else {
      value += css[index];
      index++;
    }
  }
  return { value, end: index };
}

function skipBadUrl(css: string, start: number): Url {
  let index = start;
  while (index < css.length && css.charCodeAt(index) !== 0x29) index += css.charCodeAt(index) === 0x5c ? 2 : 1;
  return { value: undefined, end: Math.min(index + 1, css.length) };
}
