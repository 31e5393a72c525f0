const nonAscii = /[^\0-\x7f]/;
const slots = 1024;
const maxRememberedChars = 32;

/** What was read last in each slot: a name as written, and as we call it. Most pages use the same few. */
const written: string[] = Array.from({ length: slots }, () => "");
const names: string[] = Array.from({ length: slots }, () => "");

/**
 * A tag's or attribute's name in lower case. One that is known is found by its characters, without cutting it out.
 */
export function readName(text: string, start: number, end: number): string {
  let hash = 0;
  for (let index = start; index < end; index++) hash = (hash * 31 + text.charCodeAt(index)) | 0;
  const slot = hash & (slots - 1);
  if (isAt(text, start, end, written[slot] ?? "")) return names[slot] ?? "";
  const name = text.slice(start, end);
  const lower = lowerCase(name);
  if (name.length <= maxRememberedChars) {
    written[slot] = name;
    names[slot] = lower;
  }
  return lower;
}

function isAt(text: string, start: number, end: number, word: string): boolean {
  if (word.length !== end - start) return false;
  for (let index = 0; index < word.length; index++) {
    if (word.charCodeAt(index) !== text.charCodeAt(start + index)) return false;
  }
  return true;
}

/** Lower-casing may turn a letter of another script into an ASCII one: such a name is none of ours. */
function lowerCase(name: string): string {
  return nonAscii.test(name) ? "\ufffd" : name.toLowerCase();
}
