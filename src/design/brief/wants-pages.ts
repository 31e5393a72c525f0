const count = {
  en: "several|multiple|many|two|three|four|five|six|[2-6]",
  de: "mehrere|mehreren|zwei|drei|vier|fünf|sechs|[2-6]",
  es: "varias|dos|tres|cuatro|cinco|seis|[2-6]",
  pt: "várias|duas|três|quatro|cinco|seis|[2-6]",
  fr: "plusieurs|deux|trois|quatre|cinq|six|[2-6]",
};

/** "Several pages", in whichever language that is said. A page *for* something is one page. */
const patterns: readonly RegExp[] = [
  new RegExp(`\\b(?:${count.en})[ -](?:separate |different |linked )?pages?\\b(?! (?:of|about|on) )`, "iu"),
  /\b(?:multi-?page|sub-?pages|separate pages|pages: |pages for |with pages\b|its own page|a page each)/iu,
  /\b(?:home|start|about|contact|menu|prices|pricing|gallery|team|services|blog|faq)[ -]?pages?\b.{1,60}\b(?:home|start|about|contact|menu|prices|pricing|gallery|team|services|blog|faq)[ -]?pages?\b/iu,
  new RegExp(
    `(?<!\\p{L})(?:(?:${count.de})\\s+(?:eigenen?\\s+|verlinkten?\\s+)?(?:unter)?seiten(?!\\p{L})|mehrseitig|unterseiten|eigene seiten)`,
    "iu",
  ),
  new RegExp(`(?<!\\p{L})(?:(?:${count.es})\\s+páginas(?!\\p{L})|páginas separadas|multipágina)`, "iu"),
  new RegExp(`(?<!\\p{L})(?:${count.pt})\\s+páginas(?!\\p{L})`, "iu"),
  new RegExp(`(?<!\\p{L})(?:(?:${count.fr})\\s+pages(?!\\p{L})|pages séparées|multi-?pages)`, "iu"),
  /(?<!\p{L})(?:нескольк\p{L}+|дв[еух]+|тр[её]\p{L}*|четыр\p{L}+|пят[ьи]|шест[ьи]|[2-6])\s+страниц|многостранич|отдельны\p{L}+ страниц/iu,
  /(?<!\p{L})(?:кільк\p{L}+|декільк\p{L}+|дв[іо]\p{L}*|тр[иь]\p{L}*|чотир\p{L}+|п['’]ят\p{L}+|шіст\p{L}+|[2-6])\s+сторін|багатосторін|окрем\p{L}+ сторін/iu,
  /(?<!\p{L})(?:çok sayfalı|(?:birkaç|birden (?:çok|fazla)|iki|üç|dört|beş|altı|[2-6]) sayfa(?!\p{L}*(?:yı|nın))|ayrı sayfa)/iu,
  /(?:عدة صفحات|صفحات متعددة|صفحات منفصلة)/u,
  /(?:कई|अनेक|दो|तीन|चार|पाँच|छह) (?:पेज|पृष्ठ)/u,
  /\b(?:beberapa|multi|dua|tiga|empat|lima|enam|[2-6]) ?halaman\b/iu,
  /(?:多页|多个页面|几个页面|[2-6二两三四五六]个?(?:网页|页面))/u,
];

const wish = new RegExp(
  `\\swith pages (?:for|about|like) [^,.;:]{1,80},(?=\\s(?:for|about)\\s)|\\s?(?:\\b(?:with|mit|con|com|avec|de|of)\\s|(?<!\\p{L})(?:из|с|з|із|на)\\s)?(?:(?<!\\p{L})(?:${Object.values(count).join("|")})[ -](?:separate |different |linked |eigenen? |verlinkten? )?(?:pages?|(?:unter)?seiten|páginas)(?!\\p{L})|(?<!\\p{L})(?:multi-?pages?|mehrseitige[nrs]?|multipágina|çok sayfalı|многостраничн\\p{L}+|багатосторінков\\p{L}+)|(?<!\\p{L})(?:нескольк\\p{L}+|кільк\\p{L}+|декільк\\p{L}+|дв[еухіо]\\p{L}*|тр[её]\\p{L}*|трьох|четыр\\p{L}+|чотир\\p{L}+|пят[ьи]|шест[ьи]|[2-6])\\s(?:страниц|сторін)\\p{L}*)`,
  "iu",
);

/** The prompt without the words that say how many pages: "a website with several pages for a hotel" → "a website for a hotel". */
export function withoutPagesWish(prompt: string): string {
  return prompt.replace(wish, "").trim();
}

/** Whether a prompt asks for a site of several pages rather than one. */
export function wantsSeveralPages(prompt: string): boolean {
  const text = prompt.slice(0, 4000);
  return patterns.some((pattern) => pattern.test(text));
}
