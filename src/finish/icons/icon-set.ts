import { readFileSync } from "node:fs";
import file from "@iconify-json/lucide/icons.json" with { type: "file" };

interface IconFile {
  icons: Record<string, { body: string }>;
  aliases: Record<string, { parent: string }>;
}

/** Names that other icon sets use for what has another name here. */
const synonyms: Record<string, string> = {
  at: "at-sign",
  bag: "shopping-bag",
  basket: "shopping-basket",
  bolt: "zap",
  bread: "wheat",
  "bread-slice": "sandwich",
  "calendar-alt": "calendar-days",
  cart: "shopping-cart",
  chart: "chart-line",
  close: "x",
  cup: "coffee",
  "cup-hot": "coffee",
  delivery: "truck",
  email: "mail",
  envelope: "mail",
  fire: "flame",
  hamburger: "menu",
  lightning: "zap",
  "local-cafe": "coffee",
  location: "map-pin",
  "location-dot": "map-pin",
  "location-on": "map-pin",
  "location-pin": "map-pin",
  "map-marker": "map-pin",
  "mug-hot": "coffee",
  "mug-saucer": "coffee",
  "paper-plane": "send",
  paw: "paw-print",
  person: "user",
  place: "map-pin",
  "quote-left": "quote",
  restaurant: "utensils",
  schedule: "clock",
  seedling: "sprout",
  telegram: "send",
  time: "clock",
  whatsapp: "message-circle",
  tooth: "smile",
  "x-twitter": "at-sign",
};

const decorations = new Set(
  "alt fill filled icon line o outline outlined regular round rounded sharp solid thin light duotone".split(" "),
);
const maxNameChars = 60;

let set: IconFile | undefined;
/** Names by the words in them; made when a name is not found as it is. */
let byWord: Map<string, string[]> | undefined;
const found = new Map<string, string | undefined>();

/**
 * The drawing of an icon of the Lucide set (ISC licence), by its name, by a name of another set, or by the name that
 * shares most words with it.
 *
 * @returns Content of an `svg` with the view box `0 0 24 24`; nothing if no name is near.
 */
export function findIcon(name: string): string | undefined {
  const wanted = name
    .trim()
    .toLowerCase()
    .replace(/[\s_]+/g, "-");
  if (wanted === "" || wanted.length > maxNameChars) return undefined;
  set ??= load();
  if (!found.has(wanted)) {
    if (found.size > 2000) found.clear();
    found.set(wanted, lookUp(wanted, set));
  }
  return found.get(wanted);
}

function load(): IconFile {
  return JSON.parse(readFileSync(file as unknown as string, "utf8")) as IconFile;
}

function indexWords({ icons }: IconFile): Map<string, string[]> {
  const index = new Map<string, string[]>();
  for (const name of Object.keys(icons)) {
    for (const word of name.split("-")) {
      const names = index.get(word);
      if (names) names.push(name);
      else index.set(word, [name]);
    }
  }
  return index;
}

function lookUp(wanted: string, icon: IconFile): string | undefined {
  const { icons, aliases } = icon;
  const body = (name: string | undefined): string | undefined =>
    name === undefined || !Object.hasOwn(icons, name) ? undefined : icons[name]?.body;
  const exact = (name: string): string | undefined =>
    body(name) ??
    body(Object.hasOwn(aliases, name) ? aliases[name]?.parent : undefined) ??
    body(Object.hasOwn(synonyms, name) ? synonyms[name] : undefined);
  const words = wanted.split("-").filter((word) => word !== "" && !decorations.has(word));
  return exact(wanted) ?? exact(words.join("-")) ?? body(nearest(words, icon));
}

/** The shortest name with the most of the words; the first word counts double, for it names the thing. */
function nearest(words: readonly string[], icon: IconFile): string | undefined {
  byWord ??= indexWords(icon);
  const scores = new Map<string, number>();
  for (const [index, word] of words.entries()) {
    for (const name of byWord.get(word) ?? []) scores.set(name, (scores.get(name) ?? 0) + (index === 0 ? 2 : 1));
  }
  let best: string | undefined;
  let bestScore = 0;
  for (const [name, shared] of scores) {
    const score = shared - name.split("-").length / 100;
    if (score > bestScore) [best, bestScore] = [name, score];
  }
  return best;
}
