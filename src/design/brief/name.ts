import { namesKind } from "./kind.ts";
import { gap } from "./sentence.ts";

const maxLength = 48;

const quoted = /["“”«»„‟「『]([^"“”«»„‟」』\n]{2,60})["“”«»」』]|(?<![\p{L}])['‘]([^'‘’\n]{3,60})['’](?![\p{L}])/u;
const capital = "\\p{Lu}[\\p{L}\\p{N}'’.-]{0,24}";
const joiner = "(?:&|and|of|the|y|de|del|la|el|e|do|da|und|von|am|et|du|des|и|та|і|ve)";
const title = `${capital}(?:${gap}(?:${joiner} ){0,2}${capital}){0,4}`;
const introduced = new RegExp(
  `(?<!\\p{L})(?:called|named|namens|genannt|heißt|llamad[oa]|se llama|chamad[oa]|que se chama|appelée?|nommée?|s['’]appelle|под названием|название|называется|з назвою|під назвою|назва|name is|nombre|nome|nom|name|adı)\\s*:?\\s(${title})`,
  "u",
);
/** After "called" a name may be in lower case; it then ends where the clause does. */
const introducedLower =
  /(?<!\p{L})(?:called|named|namens|llamad[oa]|chamad[oa]|appelée?|nommée?|под названием|під назвою|з назвою)\s+((?:(?!(?:in|with|that|and|en|con|com|mit|avec|y|et|und|which|на|в|с|з)\s)[\p{L}\p{N}'’&-]+ ?){1,4})/iu;
const turkish = new RegExp(`(${title})\\s(?:adlı|adında|isimli)`, "u");
/** A street in quotation marks is no name: `5 "Main" St`. */
const quotedStreet =
  /["“«„]([^"“”«»„\n]{2,40})["“”»](?= (?:street|st|road|rd|avenue|ave|lane|square|boulevard|blvd|straße|str)(?!\p{L}))/giu;
const pair = /(?<!\p{L})(\p{Lu}\p{L}{1,20}\s(?:&|and|y|e|und|et|и|та|і|й|ve)\s\p{Lu}\p{L}{1,20})(?!\p{L})/u;
const owner =
  "(?:my|our|the|mi|nuestr[oa]|el|la|meu|minha|o|a|meine?n?|unsere?n?|die|das|den|mon|ma|notre|le|моей|моего|нашей|нашего|моєї|мого|нашої)";
const forSomeone = new RegExp(`(?<!\\p{L})(?:for|para|für|pour|для)\\s(?:${owner}\\s)?(${title})`, "u");
const doctor = /(?<!\p{L})((?:Dra?|Prof)\.?\s(?:\p{Lu}[\p{L}-]+ ?){1,2}|(?:доктора?|лікаря?)\s\p{Lu}\p{L}+)/u;
const ownerBefore = new RegExp(`(${title})\\siçin`, "u");

/** Without what surrounds it, and not too long; nothing if hardly anything is left. */
export function cleanName(name: string | undefined): string | undefined {
  const text = name?.replace(/\s+/gu, " ").replace(/^[\s.,:;–-]+|[\s.,:;–'’-]+$/gu, "");
  if (text === undefined || text.length < 2) return undefined;
  const letters = [...text];
  const cut = letters.slice(0, maxLength).join("");
  // A word cut in two is none; one without an end is cut anywhere.
  return letters.length > maxLength ? cut.replace(/(?<=\S)\s\S*$/u, "") : cut;
}

export const capitalised = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** A capitalised phrase after "for". German capitalises every noun, so there one word is not enough. */
function afterFor(text: string, german: boolean): string | undefined {
  const found = cleanName(text.match(forSomeone)?.[1] ?? text.match(ownerBefore)?.[1]);
  if (found === undefined) return undefined;
  const words = found.split(" ");
  const common = words.every((word) => namesKind(word));
  return common || (german && words.length < 2) ? undefined : found;
}

/** The name of the business, the couple or the event, if the prompt has one. */
export function findName(text: string, { german, couple }: { german: boolean; couple: boolean }): string | undefined {
  const quote = text.replace(quotedStreet, "$1").match(quoted);
  const given =
    cleanName(quote?.[1] ?? quote?.[2]) ??
    cleanName(text.match(introduced)?.[1]) ??
    cleanName(text.match(turkish)?.[1]?.replace(/^\p{Lu}\p{L}+['’][dt][ae]\s/u, ""));
  if (given) return given;
  const lower = cleanName(text.match(introducedLower)?.[1]);
  if (lower) return capitalised(lower);
  if (couple) {
    const names = cleanName(text.match(pair)?.[1]);
    if (names) return names;
  }
  return cleanName(text.match(doctor)?.[1]) ?? afterFor(text, german);
}
