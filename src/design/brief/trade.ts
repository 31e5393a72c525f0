/** Trades that people often ask a page for, and that have words of their own. */
export type Trade = (typeof trades)[number][0];

/**
 * Beginnings of words, in all languages at once. Of two at one place the earlier row wins.
 * Where one word would say too little ("bicycle" may be a tour) it takes two.
 */
export const trades = [
  ["dentist", "dentist|dental|dentaire|odontolog|zahn(?:arzt|ärzt|medizin|klinik)|diş (?:hek|klin)|стоматолог"],
  [
    "bicycles",
    "(?:bicycle|bike)s?[- ](?:workshop|repair|mechanic|shop|service)|(?:repair|fix)\\p{L}* (?:\\p{L}+ ){0,2}bi(?:cycle|ke)|(?:fahrrad|velo)(?:werkstatt|reparatur|service|laden|mechanik)|reparier\\p{L}* (?:\\p{L}+ ){0,2}fahrr[aä]d|(?:taller|reparación|tienda) de bici|reparo bici|(?:oficina|conserto|loja) de bici|(?:atelier|réparation|magasin) (?:de )?vélo|bisiklet (?:tamir|servis|atölye)|вело(?:мастер|ремонт|сервис|сервіс|майстер)|ремонт\\p{L}* велосипед",
  ],
  [
    "garage",
    "auto ?repair|car (?:repair|workshop|service|mechanic)|auto ?(?:shop|mechanic)|(?:repair|fix)\\p{L}* (?:\\p{L}+ ){0,2}cars|garage(?! (?:band|sale|rock))|(?:auto|kfz-?|motorrad)(?:werkstatt|reparatur)|taller (?:mecánico|de (?:coches|autos|motos))|(?<=(?:minha|nossa|uma|a|à|da|na) )oficina(?! de )|oficina (?:mecânica|de (?:carros|motos))|garagiste|oto(?:mobil)? (?:tamir|servis)|araba tamir|авто(?:сервис|сервіс|мастерск|майстерн|ремонт)|шиномонтаж|сто(?!\\p{L})",
  ],
  ["barber", "barber|barbería|barbearia|barbier|berber|барбер"],
  [
    "hairdresser",
    "hair ?dress|hair ?(?:salon|stylist)|beauty (?:salon|parlou?r)|friseur|frisör|peluquer|cabeleireir|salão de beleza|coiffeu|salon de coiffure|kuaför|парикмахер|салон\\p{L}? красоты|перукар|салон\\p{L}? краси",
  ],
  ["yoga", "yoga|pilates|йог[аиуоі]\\p{L}{0,2}(?!\\p{L})|пилатес|пілатес"],
  [
    "gym",
    "gym(?!\\p{L})|fitness|crossfit|personal train|gimnasio|academia de (?:ginástica|musculação)|salle de sport|spor salonu|фитнес|фітнес|тренаж[её]рн|спортзал",
  ],
  [
    "realtor",
    "real estate|realtor|estate agen|immobilien|makler|inmobiliari|imobili[aá]ri|(?:agence |agent )?immobili(?:er|ère)|emlak|недвижимост|риелтор|риэлтор|нерухомост|рі[еє]лтор",
  ],
  [
    "lawyer",
    "law(?:yer| firm| office)|attorney|solicitor|legal advice|(?:rechts)?anw[aä]lt|(?:\\p{L}+)?kanzlei|abogad|bufete|advogad|advocacia|avocat|avukat|hukuk büro|юрист|юридич|адвокат|нотариус|нотаріус",
  ],
  [
    "hotel",
    "hotel|hostel|guest ?house|bed and breakfast|b&b|gästehaus|ferienwohnung|pension(?!\\p{L})|hostal|casa rural|pousada|hôtel|gîte|chambres? d['’]hôte|otel|pansiyon|отел[ьяею]|гостиниц|гостев|хостел|готел|гостьов",
  ],
  ["plumber", "plumb|klempner|installateur|sanitär|fontaner|encanador|canalizador|plombier|tesisatçı|сантехн"],
  [
    "electrician",
    "electrician|elektriker|elektroinstall|electricista|eletricista|électricien|elektrikçi|электрик|електрик",
  ],
  [
    "tutor",
    "tutor|private lessons|(?:piano|guitar|violin|singing|music|language|english|french|german|spanish|maths?) (?:lessons?|teacher|classes)|i teach|nachhilfe|(?:klavier|gitarren|geigen|gesangs?|sprach|musik)(?:unterricht|lehrer|schule)|(?:clases|profesora?) (?:particular|de )|(?:aulas|professora?) (?:particular|de )|(?:cours|professeure?) (?:particulier|de )|özel ders|öğretmen|репетитор|(?:уроки|учитель|преподаватель|викладач|вчитель)(?!\\p{L})",
  ],
] as const;

const rules = trades.map(([trade, words]) => ({
  trade,
  pattern: new RegExp(`(?<![\\p{L}\\p{N}])(?:${words})`, "iu"),
}));

/** The trade that the text names first, if it has words of its own. */
export function findTrade(text: string): Trade | undefined {
  let first: { trade: Trade; at: number } | undefined;
  for (const { trade, pattern } of rules) {
    const at = text.search(pattern);
    if (at >= 0 && at < (first?.at ?? Number.POSITIVE_INFINITY)) first = { trade, at };
  }
  return first?.trade;
}
