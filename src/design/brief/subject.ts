import type { Language } from "./language.ts";
import { capitalised, cleanName } from "./name.ts";
import { nominative } from "./nominative.ts";
import { fullStop } from "./sentence.ts";
import { withoutPagesWish } from "./wants-pages.ts";

/** What a page is about, in the words of the request. */
export interface Subject {
  /** A phrase that can stand by itself: "Wildlife photographer". */
  text: string;
  /** Whether a page was asked for, in words; otherwise the request is nothing but the phrase. */
  asked: boolean;
  /** Whether it stands in a case that only its preposition explains ("Страница про кошку"), and so names nothing. */
  bound: boolean;
}

const openers =
  /^(?:please\s+|bitte\s+|hi[,!.]?\s+|hello[,!.]?\s+)?(?:can you\s+|could you\s+)?(?:create|make|build|design|write|generate|i (?:want|need)|crea(?:r|me)?|haz(?:me)?|quiero|necesito|crie|criar|faça|quero|preciso de|erstelle?|mache?|ich (?:möchte|brauche)|crée[rz]?|fais|je veux|создай(?:те)?|сделай(?:те)?|хочу|нужен|нужна|створи(?:ти|іть)?|зроби(?:ти|іть)?|потрібен|потрібна)(?!\p{L})\s*(?:me\s+|mir\s+|uns\s+|us\s+|moi\s+|мне\s+|мені\s+)?/iu;
const article = "(?:a|an|the|una?|une|um|uma|eine?[nrms]?|der|die|das|el|la|los|las|le|les|o|os|as|bir|мне|мені)";
const possessive =
  "(?:my|our|mi|mis|nuestr[oa]s?|meus?|minhas?|nossa?o?s?|meine?[nrm]?|unsere?[nrm]?|mon|ma|mes|notre|nos|моей|моего|моих|мой|мою|нашей|нашего|наших|моєї|мого|моїх|нашої|нашого|наших)";
const adjective = "(?:simple|nice|modern|beautiful|one-page|single|new|good|small|landing|eigene|kleine|schöne)";
const page =
  "(?:landing ?page|landing|web ?page|web ?site|home ?page|page|site|portfolio|resume|cv|invitation|menu|menú|cardápio|speisekarte|carte|меню|página(?: web| de inicio)?|sitio(?: web)?|web(?=\\s(?:para|de|sobre)\\s)|portafolio|currículum|invitación|site web|portfólio|convite|seite|webseite|landingpage|lebenslauf|einladung|page web|faire-part|сайт|лендинг|лендінг|страниц[ауы]|сторінк[ауи]|портфолио|портфоліо|резюме)";
const about = "(?:for|about|of|on|to|para|sobre|de|del|do|da|für|über|zum|zur|zu|von|pour|sur|d['’]|для|о|об|про)";
const pageWords = new RegExp(
  `^(?:${article}\\s+)?(?:(?:${adjective}|${possessive})\\s+)*${page}(?:\\s+(${about})\\s+|(?=[\\s.,!?]*$))`,
  "iu",
);
const leadingArticle = new RegExp(`^(?:${article}\\s+)+`, "iu");
const owned = new RegExp(`^(${possessive}\\s+)+`, "iu");
const turkishEnding = /\s+(?:için|hakkında)(?:\s.*)?$/iu;
const clauseEnd = new RegExp(
  `[,;:!?\\n(«»„“”"]|${fullStop}|\\s(?:with|that|which|where|called|named|turning|con|que|llamad[oa]|mit|namens|avec|qui|appelée?|nommée?|com|chamad[oa]|с|со|з|із|под названием|під назвою|который|которая|который|який|яка|open(?:ing)?|geöffnet|abiert[oa]|abert[oa]|ouverte?|работаем|працюємо|adlı|adında|isimli|ile)\\s`,
  "iu",
);
/** What makes a few words a sentence, and no name of a thing. */
const sentence =
  /(?<!\p{L})(?:i|i['’]m|we|you|he|she|they|it|hello|hi|hey|thanks|please|is|are|was|has|have|needs?|wants?|sells?|tell|say|write|give|show|print|ignore|help|how|what|why|who|when|can|do|love|like|make|ich|wir|du|ist|sind|hallo|mag|bitte|yo|me|tú|es|son|hola|gracias|je|nous|tu|est|sont|bonjour|merci|eu|nós|você|é|são|olá|obrigad[oa]|я|ты|мы|это|привет|люблю|ти|ми|це|привіт|ben|sen|biz|merhaba|seviyorum|selam)(?!\p{L})/iu;
/** Left over where the words after it were taken for a name, a place or a date. */
const trailing =
  /(?:\s(?:for|of|von|zur|zum|bei|on|in|at|by|the|für|am|im|in|den|para|de|en|el|del|em|no|na|pour|le|à|du|для|на|в|у))+$/iu;
/** A page's own name at the end of what it is about: "wedding page". */
const pageAtEnd = /(?<=\p{L})\s(?:(?:landing|web|home) ?page|page|web ?site)$/iu;
/** Where a long phrase can end and still say what it is. */
const detail =
  /\s(?:in|at|on|near|by|from|for|and|or|und|oder|im|am|bei|für|auf|en|cerca|y|para|em|perto|e|dans|près|sur|et|pour|в|на|у|и|та|для|от|від)\s/iu;
const mostWords = 7;

/** What the request is about, without the words of asking: "a page for my dog walking service" → "Dog walking service". */
export function findSubject(text: string, language: Language): Subject | undefined {
  const opened = withoutPagesWish(text.trim()).replace(openers, "");
  const rest = opened.replace(pageWords, "");
  const preposition = pageWords.exec(opened)?.[1];
  const asked = rest !== opened || turkishEnding.test(opened) || opened !== withoutPagesWish(text.trim());
  const [clause = ""] = rest.replace(turkishEnding, "").split(clauseEnd, 1);
  const phrase = clause.replace(leadingArticle, "").replace(owned, "").replace(leadingArticle, "");
  const whole = phrase.trim().replace(trailing, "").replace(pageAtEnd, "");
  const bare = cleanName(asked && whole.split(" ").length > mostWords ? whole.split(detail, 1)[0] : whole);
  if (bare === undefined || bare.split(" ").length > mostWords || !/\p{L}{2}/u.test(bare)) return undefined;
  if (new RegExp(`^${page}$`, "iu").test(bare)) return undefined;
  if (!asked && (sentence.test(bare) || owned.test(rest.trim()))) return undefined;
  if ((language === "ru" || language === "uk") && preposition !== undefined) {
    const itself = preposition.toLowerCase() === "для" ? nominative(bare, language) : undefined;
    if (itself !== undefined) return { text: capitalised(itself), asked, bound: false };
    const word = language === "ru" ? "Страница" : "Сторінка";
    return { text: `${word} ${preposition.toLowerCase()} ${bare}`, asked, bound: true };
  }
  return { text: capitalised(language === "de" ? fromFirstNoun(bare) : bare), asked, bound: false };
}

/** An adjective after "für einen" has an ending that it has nowhere else. */
function fromFirstNoun(phrase: string): string {
  return /^(?:\p{Ll}\S*e[nmr]\s)+(?=\p{Lu})/u.test(phrase) ? phrase.replace(/^(?:\p{Ll}\S*\s)+/u, "") : phrase;
}

const anyPage = new RegExp(`(?<!\\p{L})${page}(?!\\p{L})`, "iu");

/** Whether the request says that it wants a page, whatever about. */
export function asksForPage(text: string): boolean {
  return anyPage.test(text);
}

/** Whose it is: "my cat" is more of a heading than "cat". Only where no ending depends on it. */
export function withOwner(text: string, subject: Subject, language: Language): string {
  if (language !== "en" && language !== "es" && language !== "fr") return subject.text;
  const lower = subject.text.charAt(0).toLowerCase() + subject.text.slice(1);
  const at = text.toLowerCase().indexOf(lower.toLowerCase());
  const owner = new RegExp(`(?<!\\p{L})(${possessive})\\s$`, "iu").exec(text.slice(0, Math.max(0, at)))?.[1];
  return owner === undefined
    ? subject.text
    : `${capitalised(owner.toLowerCase())} ${text.slice(at, at + lower.length)}`;
}
