import { findHours, timeOfDay, weekday } from "./hours.ts";

/** Facts the person gave, as they wrote them. What was not given is absent, never guessed. */
export interface Facts {
  phone?: string;
  email?: string;
  hours?: string;
  address?: string;
  date?: string;
  /** With its preposition, "in Lisbon", as it fits after the kind of business. */
  place?: string;
  /** Dishes, goods or services with their prices. */
  prices: readonly { title: string; price: string }[];
}

const email = /[\p{L}\p{N}._%+-]{1,64}@[\p{L}\p{N}-]{1,63}(?:\.[\p{L}\p{N}-]{1,63}){1,4}/u;
const phone = /(?<![\p{L}\p{N}.,])\+?\(?\d[\d ().–-]{6,20}\d(?![\p{L}\p{N}])/gu;
const street =
  /(?<![\p{L}\p{N}])(?:\d{1,4}[a-z]? (?:\p{Lu}[\p{L}'’.-]{1,20} ){1,3}(?:street|st\.?|road|rd\.?|avenue|ave\.?|lane|square|boulevard)(?!\p{L})|\d{1,4},? (?:rue|avenue|place|boulevard) [\p{L}'’. -]{2,30}|(?:calle|avenida|plaza|rua|praça|ул\.|улица|вул\.|вулиця) (?:\p{L}[\p{L}'’.-]{1,20} ?){1,3},? ?\d{0,4}|\p{Lu}[\p{L}-]{2,25}(?:straße|strasse|str\.|gasse|platz|weg) \d{1,4}[a-z]?)/iu;
const months =
  "january|february|march|april|may|june|july|august|september|october|november|december|enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre|janeiro|fevereiro|março|maio|junho|julho|setembro|outubro|novembro|dezembro|januar|februar|märz|mai|juni|juli|oktober|dezember|janvier|février|mars|avril|juin|juillet|août|septembre|octobre|novembre|décembre|января|февраля|марта|апреля|мая|июня|июля|августа|сентября|октября|ноября|декабря|січня|лютого|березня|квітня|травня|червня|липня|серпня|вересня|жовтня|листопада|грудня|ocak|şubat|mart|nisan|mayıs|haziran|temmuz|ağustos|eylül|ekim|kasım|aralık";
const date = new RegExp(
  `(?:(?<![\\p{L}\\p{N}])${weekday},? (?:den |the |el |le )?)?(?:(?<![\\p{L}\\p{N}])(?:\\d{1,2}(?:st|nd|rd|th|\\.|er)? (?:de |of )?(?:${months})|(?:${months}) \\d{1,2}(?:st|nd|rd|th)?(?!\\d))(?:,? (?:de )?\\d{4})?(?!\\p{L})|(?<!\\d)(?:\\d{1,2}[./]\\d{1,2}[./]\\d{4}|\\d{4}-\\d{2}-\\d{2})(?!\\d))(?:,? (?:at|um|a las|às|à|об?|в|saat) ${timeOfDay})?`,
  "iu",
);
const money =
  "(?:[$€£₽₴₺] ?\\d{1,6}(?:[.,]\\d{1,2})?|\\d{1,6}(?:[.,]\\d{1,2})? ?(?:[$€£₽₴₺]|eur\\b|euros?\\b|usd\\b|руб\\.?|грн|tl\\b|лир))";
const priced = new RegExp(
  `(?<![\\p{L}\\p{N}])(\\p{L}[\\p{L}'’ -]{2,40}?) *(?:[-–—:=]|(?:for|at|por|für|à|за|по)(?!\\p{L}))? *(${money})`,
  "giu",
);
const proper =
  "(?:(?:St|Ste|Sta|Mt|Ft)\\. )?\\p{Lu}[\\p{L}'’-]{2,24}(?: (?:(?:de|do|del|am|di|of|the|la) ){0,2}\\p{Lu}[\\p{L}'’-]{1,24}){0,2}";
const within = `(?:in|en|em|à|au|im|в|во|у) (?:the )?${proper}`;
const venue = `(?:at(?: the)?|chez|auf(?= (?:Schloss|Burg|Gut) )) ${proper}`;
const place = new RegExp(`(?<!\\p{L})(?:${venue}(?:,? ${within})?|${within})`, "gu");
/** Turkish says the place by an ending: "Ankara'da". */
export const turkishPlace = /(?<!\p{L})(\p{Lu}\p{L}{2,24})['’][dt][ae](?:ki)?(?!\p{L})/u;
/** Capitalised after "in" or "at", and not a place. */
const notPlaces =
  /^\p{L}+\s(?:english|spanish|french|german|portuguese|russian|turkish|ukrainian|deutsch|englisch|französisch|spanisch|christmas|easter|blue|green|red|black|white|dark|html|css|january|february|march|april|may|june|july|august|september|october|november|december)(?!\p{L})/iu;

function findPlace(text: string): string | undefined {
  const turkish = text.match(turkishPlace)?.[1];
  if (turkish) return turkish;
  return [...text.matchAll(place)].map(([found]) => found).find((found) => !notPlaces.test(found));
}

/** The first run of digits long enough for a telephone and not shaped like a date. */
function findPhone(text: string): string | undefined {
  const found = [...text.matchAll(phone)].map(([number]) => number.trim());
  return found.find((number) => number.replace(/\D/g, "").length <= 15 && !/^\d{4}-\d{2}-\d{2}$/.test(number));
}

/** Leading words that belong to the sentence, not to the dish. */
const lead =
  /^(?:(?:and|with|our|a|an|the|y|con|un|una|e|com|um|uma|und|mit|ein|eine|et|avec|le|la|и|с|та|з|ve|menu|prices?|precios?|preise|prix|цены|ціни)\s+)+/iu;

function findPrices(text: string): Facts["prices"] {
  return [...text.matchAll(priced)]
    .map(([, title = "", price = ""]) => ({ title: title.replace(lead, "").trim(), price: price.trim() }))
    .filter(({ title }) => title.length > 2 && title.split(" ").length <= 5)
    .slice(0, 6)
    .map(({ title, price }) => ({ title: title.charAt(0).toUpperCase() + title.slice(1), price }));
}

/** Finds phone, e-mail, hours, address, date, place and prices in a prompt of up to a few thousand characters. */
export function findFacts(text: string): Facts {
  const one = (pattern: RegExp, source = text): string | undefined => source.match(pattern)?.[0]?.trim();
  const facts: Facts = { prices: findPrices(text) };
  const foundDate = one(date);
  const undated = text.replace(foundDate ?? "\u0000", "; ");
  const foundHours = findHours(undated);
  const rest = undated.replace(email, " ").replace(foundHours ?? "\u0000", " ");
  const given = {
    email: one(email),
    hours: foundHours,
    date: foundDate,
    phone: findPhone(rest),
    address: one(street),
    place: findPlace(text),
  };
  return Object.assign(facts, Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)));
}
