import { namesKind } from "./kind.ts";

const maxLength = 48;

const quoted = /["“”«»„‟「『]([^"“”«»„‟」』\n]{2,60})["“”«»」』]|(?<![\p{L}])['‘]([^'‘’\n]{3,60})['’](?![\p{L}])/u;
const capital = "\\p{Lu}[\\p{L}\\p{N}'’.-]{0,24}";
const joiner = "(?:&|and|of|the|y|de|del|la|el|e|do|da|und|von|am|et|du|des|и|та|і|ve)";
const title = `${capital}(?:\\s(?:${joiner}\\s){0,2}${capital}){0,4}`;
const introduced = new RegExp(
  `(?<!\\p{L})(?:called|named|namens|genannt|heißt|llamad[oa]|se llama|chamad[oa]|que se chama|appelée?|nommée?|s['’]appelle|под названием|название|называется|з назвою|під назвою|назва|name is|nombre|nome|nom|name|adı)\\s*:?\\s(${title})`,
  "u",
);
/** After "called" a name may be in lower case; it then ends where the clause does. */
const introducedLower =
  /(?<!\p{L})(?:called|named|namens|llamad[oa]|chamad[oa]|appelée?|nommée?|под названием|під назвою|з назвою)\s+((?:(?!(?:in|with|that|and|en|con|com|mit|avec|y|et|und|which|на|в|с|з)\s)[\p{L}\p{N}'’&-]+\s?){1,4})/iu;
const turkish = new RegExp(`(${title})\\s(?:adlı|adında|isimli)`, "u");
const pair = /(?<!\p{L})(\p{Lu}\p{L}{1,20}\s(?:&|and|y|e|und|et|и|та|і|й|ve)\s\p{Lu}\p{L}{1,20})(?!\p{L})/u;
const owner =
  "(?:my|our|the|mi|nuestr[oa]|el|la|meu|minha|o|a|meine?n?|unsere?n?|die|das|den|mon|ma|notre|le|моей|моего|нашей|нашего|моєї|мого|нашої)";
const forSomeone = new RegExp(`(?<!\\p{L})(?:for|para|für|pour|для)\\s(?:${owner}\\s)?(${title})`, "u");
const doctor = /(?<!\p{L})((?:Dra?|Prof)\.?\s(?:\p{Lu}[\p{L}-]+\s?){1,2}|(?:доктора?|лікаря?)\s\p{Lu}\p{L}+)/u;
const ownerBefore = new RegExp(`(${title})\\siçin`, "u");

function clean(name: string | undefined): string | undefined {
  const text = name?.replace(/\s+/gu, " ").replace(/^[\s.,:;–-]+|[\s.,:;–'’-]+$/gu, "");
  return text && text.length >= 2 ? [...text].slice(0, maxLength).join("").trim() : undefined;
}

const capitalised = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** A capitalised phrase after "for". German capitalises every noun, so there one word is not enough. */
function afterFor(text: string, german: boolean): string | undefined {
  const found = clean(text.match(forSomeone)?.[1] ?? text.match(ownerBefore)?.[1]);
  if (found === undefined) return undefined;
  const words = found.split(" ");
  const common = words.every((word) => namesKind(word));
  return common || (german && words.length < 2) ? undefined : found;
}

/** The name of the business, the couple or the event, if the prompt has one. */
export function findName(text: string, { german, couple }: { german: boolean; couple: boolean }): string | undefined {
  const quote = text.match(quoted);
  const given =
    clean(quote?.[1] ?? quote?.[2]) ??
    clean(text.match(introduced)?.[1]) ??
    clean(text.match(turkish)?.[1]?.replace(/^\p{Lu}\p{L}+['’][dt][ae]\s/u, ""));
  if (given) return given;
  const lower = clean(text.match(introducedLower)?.[1]);
  if (lower) return capitalised(lower);
  if (couple) {
    const names = clean(text.match(pair)?.[1]);
    if (names) return names;
  }
  return clean(text.match(doctor)?.[1]) ?? afterFor(text, german);
}

const openers =
  /^(?:please\s+|bitte\s+)?(?:can you\s+|could you\s+)?(?:create|make|build|design|write|generate|i (?:want|need)|crea(?:r|me)?|haz(?:me)?|quiero|necesito|crie|criar|faça|quero|preciso de|erstelle?|mache?|ich (?:möchte|brauche)|crée[rz]?|fais|je veux|создай(?:те)?|сделай(?:те)?|хочу|нужен|нужна|створи(?:ти|іть)?|зроби(?:ти|іть)?|потрібен|потрібна)\s+(?:me\s+|mir\s+|uns\s+|us\s+|moi\s+|мне\s+|мені\s+)?/iu;
const pageWords =
  /^(?:(?:a|an|the|una?|une|um|uma|eine?n?|мне|мені)\s+)?(?:(?:simple|nice|modern|beautiful|one-page|single|new|good|my|our|small)\s+)*(?:landing ?page|landing|web ?page|web ?site|home ?page|page|site|página(?: web| de inicio)?|sitio(?: web)?|site web|seite|webseite|сайт|лендинг|лендінг|страниц[ауы]|сторінк[ауи])\s+(?:for|about|of|para|sobre|de|für|über|pour|sur|для|о|про)\s+(?:(?:my|our|a|an|the|mi|nuestr[oa]|una?|meu|minha|nossa?|uma?|meine?n?|unsere?n?|eine?n?|mon|ma|mes|notre|nos|une|моей|моего|мой|мою|нашей|нашего|моєї|мого|нашої)\s+)*/iu;

/** What the request is about, without the words of asking: "a page for my dog walking service" → "Dog walking service". */
export function findSubject(text: string): string | undefined {
  const stripped = text.trim().replace(openers, "").replace(pageWords, "");
  const turkishStripped = stripped.replace(/\s+için\s.*$/iu, "");
  const clause = turkishStripped.split(
    /[.,;:!?\n(]| (?:with|that|which|in|con|que|mit|die|avec|qui|com|с|в|з|у|ile) /u,
  )[0];
  const subject = clean(clause);
  return subject && subject.split(" ").length <= 5 ? capitalised(subject) : undefined;
}
