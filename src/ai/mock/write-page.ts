import { type Brief, normalizePrompt, readBrief } from "../../design/brief/brief.ts";
import { trades } from "../../design/brief/trade.ts";
import type { Voice } from "../../design/brief/voice.ts";
import { chooseDirection } from "../../design/direction/direction.ts";
import { createRandom } from "../../design/random.ts";
import type { PictureSize } from "../provider.ts";
import type { Copy } from "./copy/copy.ts";
import { getCopy } from "./copy/get-copy.ts";
import { writeDocument } from "./page/document.ts";

/** Letters that no decomposition turns into ASCII. */
const romanized = new Map(
  "а a,б b,в v,г h,ґ g,д d,е e,є ie,ж zh,з z,и y,і i,к k,л l,м m,н n,о o,п p,р r,с s,т t,у u,ф f,х kh,ц ts,ч ch,ш sh,щ shch,ы y,э e,ю iu,я ia,ь ,ъ ,ı i,ß ss,ø o,æ ae,œ oe,ł l,đ d"
    .split(",")
    .map((pair) => pair.split(" ") as [string, string]),
);

/** A narrower picture is a logo, or would be coarse across half a screen. */
const smallestHero = 600;

/** A host label from a name: "Café Blü" → "cafe-blu", "Тиха гавань" → "tykha-havan". */
export function slug(name: string): string {
  const ascii = name
    .normalize("NFKD")
    .toLowerCase()
    .replace(/\p{M}/gu, "")
    .replace(/[^a-z0-9]/g, (letter) => romanized.get(letter) ?? letter)
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "");
  return ascii.slice(0, 30) || "page";
}

/**
 * Writes a complete page from the prompt alone: kind of site, language, name, facts and colours
 * are read from it, everything else is drawn by a seed made of it. The same prompt (spaces and
 * case of letters aside) gives the same page. The first large one of the person's pictures takes the place of the
 * drawing; the others find their own.
 */
export function writePage(prompt: string, pictures: readonly PictureSize[] = []): string {
  const brief = readBrief(normalizePrompt(prompt));
  const random = createRandom(brief.sentence.toLowerCase());
  const { copy, labels } = getCopy(brief.language, brief.voice);
  const name = brief.name ?? random.fork("name").pick(copy.names);
  const { email } = brief.facts;
  return writeDocument({
    brief,
    copy,
    labels,
    direction: chooseDirection(brief.kind, brief.wish, random, brief.language),
    random,
    name,
    kicker: kickerOf(brief, copy, name),
    lead: brief.statement ?? random.fork("lead").pick(copy.leads),
    picture: pictures.findIndex(({ width }) => width >= smallestHero) + 1 || undefined,
    email: email ?? `hello@${slug(name)}.example`,
  });
}

const oneWordTells: readonly Voice[] = ["shop", "clinic", "restaurant", "business", ...trades.map(([trade]) => trade)];
const longestKicker = 48;

/** What it is and where: in the person's words, where they say more than ours. */
function kickerOf({ subject, language, voice, facts: { place } }: Brief, copy: Copy, name: string): string {
  if (voice === "topic" || voice === "plain") return copy.kicker;
  // One word says what a trade is, and is less than ours for a wedding or a blog; one German word says as much as two of others.
  const telling =
    subject !== undefined &&
    (subject.includes(" ") || (language === "de" && voice !== "wedding") || oneWordTells.includes(voice));
  const says = telling && [...subject].length <= longestKicker && !name.includes(subject) ? subject : copy.kicker;
  return place === undefined ? says : `${says}${language === "tr" ? " · " : " "}${place}`;
}
