import { type Facts, findFacts, turkishPlace } from "./facts.ts";
import { detectKind, type Kind, namesKind } from "./kind.ts";
import { detectLanguage, type Language } from "./language.ts";
import { capitalised, findName } from "./name.ts";
import { firstSentence } from "./sentence.ts";
import { asksForPage, findSubject, type Subject, withOwner } from "./subject.ts";
import { chooseVoice, type Voice } from "./voice.ts";
import { readWish, type Wish } from "./wish.ts";

/** What the prompt says about the page to write. */
export interface Brief {
  kind: Kind;
  language: Language;
  voice: Voice;
  /** Given name, or for a trade of no known kind and for a page about something its subject; absent when one has to be invented. */
  name: string | undefined;
  /** What it is, in the person's words, where they can stand below a name: "Wildlife photographer". */
  subject: string | undefined;
  /** What a person says of what they do, where the prompt is such a sentence rather than a request: "I repair old bicycles". */
  statement: string | undefined;
  /** The prompt as one line of ordinary text, for pages that show it. */
  sentence: string;
  facts: Facts;
  wish: Wish;
}

/** Code points looked at: a brief is at the beginning, and the patterns stay cheap. */
const maxRead = 1200;

/** Where a line was broken for its length: "a page for my / bakery". */
const brokenLine = /(?<=(?<!\p{L})\p{Ll}{1,3})\n(?=\p{Ll})/gu;

/** A line or several (where one ends, so does what it says), NFC, without control, invisible and direction characters (they could reorder the page around the name). */
export function normalizePrompt(prompt: string): string {
  return [...prompt.normalize("NFC").slice(0, 8192)]
    .slice(0, maxRead)
    .join("")
    .replace(/\r\n?|\p{Zl}|\p{Zp}/gu, "\n")
    .replace(/(?!\n)\p{Cc}|\p{Cs}/gu, " ")
    .replace(/[\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\u00ad]/gu, "")
    .replace(/\s+/gu, (space) => (space.includes("\n") ? "\n" : " "))
    .replace(brokenLine, " ")
    .trim();
}

/** Reads a normalised prompt. */
export function readBrief(text: string): Brief {
  const told = detectKind(text);
  const language = detectLanguage(text);
  const facts = findFacts(text);
  const named = findName(text, { german: language === "de", couple: told === "wedding" });
  const about = without(text, named, facts.date, facts.hours);
  // A page about something keeps its place: "İzmir'de gün batımı" is what it is about.
  const isPlaced = language === "tr" && (told !== "plain" || named !== undefined);
  const subject = findSubject(isPlaced ? withoutLocative(about) : about, language);
  const isTopic = subject !== undefined && (subject.asked || subject.text.includes(" "));
  // Who asks for a page and does not say what about gets one of a business that is invented.
  const isBusiness = told === "plain" && ((!isTopic && asksForPage(text)) || sellsSomething.test(text));
  const kind = isBusiness ? "business" : told;
  const voice = chooseVoice(kind, text, isTopic && named === undefined);
  return {
    kind,
    voice,
    language,
    name:
      inTitle(text, named, { kind, language }) ??
      nameFrom(text, subject, { voice, kind, language, place: facts.place }),
    subject: subject && !subject.bound ? withoutPlace(subject.text, facts.place) : undefined,
    statement: kind === "plain" ? undefined : findStatement(text),
    sentence: text.replaceAll("\n", " "),
    facts: withDays(facts, kind, voice === "topic"),
    wish: readWish(without(text, named, facts.place)),
  };
}

/** Places one can walk into: for them a day of the week says when they are open. */
const openToAll: readonly Kind[] = ["coffee", "bakery", "restaurant", "shop", "clinic", "business"];

/** Days of a wedding or a party are its date; of a blog or of a thought they are nothing to be listed, unless they have an hour. */
function withDays(facts: Facts, kind: Kind, isTopic: boolean): Facts {
  const { hours: lines, ...rest } = facts;
  if (lines === undefined) return facts;
  const hours = lines.replace(/[\s,;]*\n/gu, ", ");
  const isDate = (kind === "wedding" || kind === "event") && rest.date === undefined && /^\p{L}/u.test(hours);
  if (isDate) return { ...rest, date: capitalised(hours) };
  const isListed = openToAll.includes(kind) || isTopic || /\d/u.test(hours);
  return isListed ? { ...rest, hours: capitalised(hours) } : rest;
}

const firstPerson =
  /^(?:i|i['’]m|we|we['’]re|my|our|ich|wir|meine?|unsere?|yo|nosotr[oa]s|mi|nuestr[oa]|somos|soy|eu|nós|meu|minha|noss[oa]|sou|je|j['’]|nous|mon|ma|notre|я|мы|мой|моя|наша?|ми|мій|ben|biz)(?!\p{L})/iu;
const longestStatement = 200;

/** Who sells or repairs wants a page for that, whatever it is. */
const sellsSomething =
  /^(?:i|we|ich|wir|yo|nosotros|eu|nós|je|nous|я|мы|ми)\s(?:\p{L}+\s)?(?:sell|offer|deliver|repair|rent|verkauf|bieten?|liefer|reparier|vend[oe]|ofrece|reparo|reparamos|ofere[cç]|vends|vendons|propos|répar|прода|предлага|чин(?:ю|им)|пропону)|^(?:vendo|vendemos|ofrezco|ofrecemos|reparo|reparamos|продаю|продаём|продаем|чиним|satıyoruz)(?!\p{L})/iu;

/** The first sentence, if somebody tells of themselves in it and asks for nothing. */
function findStatement(text: string): string | undefined {
  const sentence = firstSentence(text);
  if (!firstPerson.test(sentence) || asksForPage(sentence) || sentence.length > longestStatement) return undefined;
  return capitalised(/[.!?…]$/u.test(sentence) ? sentence : `${sentence}.`);
}

function without(text: string, ...parts: readonly (string | undefined)[]): string {
  const rest = parts.reduce<string>((left, part) => (part === undefined ? left : left.replace(part, ",")), text);
  return rest.replace(/["“”«»„]/gu, " ");
}

/** "Ankara'da bir pastane" → "bir pastane", also where a name stood in between: "İzmir'de Işıl adında bir kuaför". */
function withoutLocative(text: string): string {
  return text.replace(turkishPlace, "").replace(/^[\s,]*(?:(?:adında|adlı|isimli)\s)?/u, "");
}

function withoutPlace(text: string, place: string | undefined): string {
  const rest =
    place === undefined
      ? text
      : text
          .replace(place, " ")
          .replace(/\s+/gu, " ")
          .trim()
          .replace(/^['’][dt][ae](?:ki)?\s/u, "");
  return capitalised(rest);
}

/** "Свадьба Анны и Ивана": the names stand in a case that needs the word before them. */
function inTitle(
  text: string,
  named: string | undefined,
  { kind, language }: { kind: Kind; language: Language },
): string | undefined {
  const isInvitation =
    kind === "wedding" && named !== undefined && /(?:свадьба|свадьбы|весілля)\s+(?=\p{Lu})/iu.test(text);
  return isInvitation ? `${language === "uk" ? "Весілля" : "Свадьба"} ${named}` : named;
}

function nameFrom(
  text: string,
  subject: Subject | undefined,
  { voice, kind, language, place }: { voice: Voice; kind: Kind; language: Language; place: string | undefined },
): string | undefined {
  if (subject === undefined) return undefined;
  if (voice === "topic") return withOwner(text, subject, language);
  const itself = withoutPlace(subject.text, place);
  // "Friseursalon Haarmonie": a word of its own after the trade is whose it is.
  const [, second] = /^\p{L}+\s(\p{Lu}[\p{L}'’-]+)/u.exec(itself) ?? [];
  const isNamed = openToAll.includes(kind) && second !== undefined && !namesKind(second);
  return voice === "business" || isNamed ? itself : undefined;
}
