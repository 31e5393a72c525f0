import { trades } from "./trade.ts";

/** What the page is for. `business` is any trade without words of its own here; `plain` is anything else: a thing, a thought. */
export type Kind =
  | "coffee"
  | "bakery"
  | "restaurant"
  | "wedding"
  | "saas"
  | "portfolio"
  | "event"
  | "shop"
  | "blog"
  | "clinic"
  | "business"
  | "plain";

/**
 * Beginnings of words, in all languages at once. Earlier rows win a tie, so that a coffee shop
 * is a coffee place before it is a shop and a wedding photographer's portfolio is a portfolio.
 */
const beginnings: readonly (readonly [Kind, number, string])[] = [
  [
    "portfolio",
    4,
    "portfolio|portafolio|portefeuille|resume\\b|résumé|cv\\b|lebenslauf|currícul|резюме|özgeçmiş|портфолио|портфоліо|portföy|fotograf|photograph|fotógraf|фотограф",
  ],
  [
    "portfolio",
    3,
    "designer|illustrator|architekt|architect|arquitect|diseñador|illustrat|ilustrador|дизайнер|иллюстратор|архитектор|ілюстратор|архітектор|tasarımcı|mimar",
  ],
  [
    "wedding",
    4,
    "wedding|boda|casamento|hochzeit|mariage|свадьб|свадеб|весілл|весільн|düğün|nikah|matrimonio|save the date",
  ],
  [
    "coffee",
    4,
    "coffee|tea ?(?:house|room)|salon de thé|teehaus|чайн(?:ая|ой|ую)|latte|cappuccino|cafe|café|cafeter|cafetería|kaffee|espresso|barista|roastery|кофе|кофейн|кав'ярн|кав’ярн|кавярн|кава|каву|кави|kahve|caffè|caffett|torréfact|tostador",
  ],
  [
    "bakery",
    4,
    "bakery|baker|bread|pastry|patisserie|pâtisserie|panader|pasteler|padaria|confeitaria|bäckerei|konditorei|boulanger|пекарн|булочн|кондитер|пекарня|fırın|pastane|panetteria|croissant",
  ],
  [
    "restaurant",
    4,
    "restaurant|restaurante|ristorante|ресторан|lokanta|restoran|bistro|trattoria|tavern|gasthaus|wirtshaus|pizz|піц|пицц|sushi|суши|суші|burger|taquer|osteria|brasserie|diner|food truck|meyhane|kebap|kebab|steakhouse|wine bar",
  ],
  [
    "clinic",
    4,
    "clinic|clínica|klinik|clinique|клиник|клінік|dentist|dental|zahnarzt|dentiste|стоматолог|diş hek|doctor|arzt|praxis|médic|médec|врач|лікар|doktor|physio|fisio|физиотерап|фізіотерап|veterin|tierarzt|ветерин|therap|терап|psycholog|psicólog|психолог|spa\\b",
  ],
  [
    "saas",
    4,
    "saas|software|app\\b|apps\\b|startup|start-up|platform|plataforma|plattform|plateforme|api\\b|dashboard|приложени|сервис|стартап|платформ|застосун|сервіс|софт|yazılım|uygulama|girişim|aplicaci|aplicativo|logiciel|application|crm|\\bai\\b|analytics|developer tool",
  ],
  [
    "event",
    4,
    "event|birthday|geburtstag|cumpleaños|aniversário|anniversaire|день рожд|дня рожд|день народж|дня народж|doğum günü|fête\\b|festa\\b|kutlama|conference|festival|meetup|concert|concierto|konzert|hackathon|summit|congreso|konferenz|veranstaltung|conférence|événement|evento|conferência|мероприят|конференц|фестивал|концерт|митап|заход|подія|событи|etkinlik|konferans|konser|exhibition|ausstellung|выставк|виставк|party|fiesta|feier|вечірк|вечеринк",
  ],
  // A workshop is also where things are repaired.
  ["event", 2, "workshop"],
  [
    "blog",
    4,
    "blog|блог|newsletter|magazine|revista|magazin|journal\\b|diario|дневник|журнал|günlük|dergi|diário|tagebuch",
  ],
  [
    "business",
    3,
    "repair|tattoo|cleaning|reparaci|reparatur|réparation|ремонт|tamir|клинингов|клінінгов|уборк|прибиранн",
  ],
  [
    "shop",
    2,
    "shop|store\\b|tienda|loja|laden|boutique|magasin|магазин|крамниц|mağaza|dükkan|dükkân|negozio|e-commerce|ecommerce|ceramic|cerámic|keramik|céramique|керамик|кераміка|seramik|florist|flower|blumen|fleurist|flores|цвет(?:ы|ов|оч)|квіт|çiçek",
  ],
  [
    "business",
    1,
    "business|company|walker|walking service|sitter|grooming|groomer|груминг|грумінг|(?:\\p{L}+)?(?:werkstatt|salon|schule|studio|service|agentur|betrieb)(?!\\p{L})|handwerk|taller\\b|мастерск|майстерн|atölye|bakıcı|empresa|firma|firm\\b|entreprise|компани|компан|фирм|şirket|agency|agencia|agentur|agence|agência|агентств|ajans|studio|estudio|студи|студі|stüdyo|butcher|boucher|metzger|fleischerei|carnicer|açougue|kasap|мясная лавка|car ?wash|lavado de coches|lava-?(?:jato|rápido)|waschanlage|oto yıkama|автомойк|автомийк|(?<!(?:progress|chocolate|gold|soap|search|side|tool) )bar(?!\\p{L}| (?:chart|graph|exam|mitzvah|code))|бар(?!\\p{L})|pub\\b|school|escuela|école|escola|школ|okul|service|servicio|electric|garden|cleaning|repair|taxi",
  ],
];

/** Words for a page itself: they tell nothing about it, and are nobody's name. */
const pageWords =
  /^(?:landing|website|web site|homepage|webseite|сайт|лендинг|лендінг|página|pagina|page|seite|страниц|сторінк|sayfa|sitio|site$)/iu;

const tradeRows = trades.map(([trade, words]) => [trade === "dentist" ? "clinic" : "business", 3, words] as const);

const rules = [...beginnings, ...tradeRows].map(([kind, weight, words]) => ({
  kind,
  weight,
  pattern: new RegExp(`(?<![\\p{L}\\p{N}])(?:${words})`, "giu"),
}));

/** Whom a product is for says nothing of its own kind: "an app that helps dentists". */
const product =
  /(?:^|(?:page|site) (?:for|about) )(?:(?:an?|my|our|the) )?(?:\p{L}+ )?(?:app|software|platform) (?:that|which|for) /iu;

/** The kind with the most telling words in the text. */
export function detectKind(text: string): Kind {
  if (product.test(text)) return "saas";
  const scores = new Map<Kind, number>();
  for (const { kind, weight, pattern } of rules) {
    const hits = text.match(pattern)?.length ?? 0;
    if (hits > 0) scores.set(kind, (scores.get(kind) ?? 0) + weight + Math.min(hits, 4) * 0.5);
  }
  let best: Kind = "plain";
  for (const [kind, score] of scores) if (score > (scores.get(best) ?? 0)) best = kind;
  return best;
}

/** Whether the word begins like one of those that name a kind of site; such a word alone is no name. */
export function namesKind(word: string): boolean {
  return pageWords.test(word) || rules.some(({ pattern }) => word.search(pattern) === 0);
}
