/** "Change X to Y", with what X and Y are left open. */
export interface TextWish {
  from: string;
  to: string;
}

const verbs =
  "change|replace|rename|swap|turn|update|set|make|ändere|ersetze|tausche|benenne|nenne|mach|cambia|cambie|cambiar|reemplaza|sustituye|pon|mude|muda|troque|troca|altere|substitua|change[rz]?|remplace[rz]?|renomme[rz]?|измени|поменяй|замени|смени|переименуй|зміни|заміни|поміняй|перейменуй|ganti|ubah|değiştir|把|将|غيّر|غير|استبدل|بدّل|बदल";
const joints =
  "to|with|into|by|as|zu|in|durch|gegen|mit|auf|por|a|en|con|para|par|pour|na|на|в|menjadi|dengan|jadi|yerine|ile|改成|改为|换成|替换为|إلى|को|में";
const what =
  "(?:the|our|my|der|die|das|den|el|la|los|las|o|os|as|le|les|l')?\\s*(?:text|word|words|title|heading|headline|name|price|colou?r|wort|titel|überschrift|preis|farbe|texto|palabra|título|nombre|precio|color|palavra|nome|preço|cor|texte|mot|titre|nom|prix|couleur|слово|текст|заголовок|название|цен[ау]|цвет|назв[ау]|цін[ау]|колір)?";

const quotes = "[\"“”„«»'‘’‚「」『』]";
/** Each opening sign with its own closing one, so that the apostrophe in “L’Atelier” closes nothing. */
const quoted =
  /(?:^|(?<=[\s(:,]))(?:"([^"]+)"|'([^']+)')(?=[\s).,!?:;]|$)|“([^”“]+)[”“]|„([^“”]+)[“”]|«([^»]+)»|‚([^‘]+)‘|「([^」]+)」|『([^』]+)』/gu;
const leading = new RegExp(`(?:^|[^\\p{L}])(?:${verbs})`, "iu");
const arrow = /^\s*(?<from>.{1,200}?)\s*(?:->|=>|→|➜|⇒)\s*(?<to>.{1,200}?)\s*$/su;
const bare = new RegExp(
  `^\\s*(?:please,?\\s+|bitte,?\\s+|por favor,?\\s+|пожалуйста,?\\s+|будь ласка,?\\s+)?(?:${verbs})(?:те|ть|n)?\\s+${what}\\s*(?<from>.{1,80}?)\\s+(?:${joints})\\s+(?<to>.{1,80}?)\\s*[.!]?\\s*$`,
  "isu",
);
/** A name, a price, a number: what has a form of its own. "Change our story to be shorter" has none. */
const nameOrNumber = /^(?:[\p{Lu}\p{N}#$€£₽₴₺]|[\p{Lo}])/u;
/** Another wish behind the first: "… and make it darker". A name goes on in capitals: "Tom & Sons". */
const another =
  /(?:\s(?:and|then|und|dann|y|e|et|puis|и|і|й|та|ve|dan|&|\+)\s+\p{Ll}|[,;.]\s+\p{Ll}\S*\s+\S)|[，；。、،।]\s*[\p{Lo}\p{Ll}]|并且?\p{Lo}/u;
const politely = /^(?:please|bitte|por favor|s['’]il (?:te|vous) pla[iî]t|пожалуйста|будь ласка),\s+/iu;
const longest = 400;

/**
 * Reads "change X to Y" in a dozen languages. `undefined` when the words could mean anything else.
 *
 * @param request Without runs of white space: several parts of an expression could take one, and all ways to share it
 *   would be tried.
 */
export function readTextWish(request: string): TextWish | undefined {
  const text = request.trim();
  if (text.length > longest) return undefined;
  const inQuotes = [...text.matchAll(quoted)].map((match) => match.slice(1).find((one) => one !== undefined) ?? "");
  const [from, to] = inQuotes;
  if (another.test(text.replaceAll(quoted, "“”").replace(politely, ""))) return undefined;
  if (inQuotes.length === 2 && from && to !== undefined && (leading.test(text) || arrow.test(text))) {
    const rest = text.replace(from, "").replace(to, "");
    // More words around the quotes than an order needs say more than an order.
    return rest.split(/\s+/u).length <= 9 ? { from, to } : undefined;
  }
  if (inQuotes.length > 0) return undefined;
  const wish = readExchange(text);
  return wish && nameOrNumber.test(wish.from) && nameOrNumber.test(wish.to) ? wish : undefined;
}

/** One thing for another, whatever the two are. @param request As for {@link readTextWish}. */
export function readExchange(request: string): TextWish | undefined {
  if (request.length > longest) return undefined;
  const groups = (arrow.exec(request) ?? bare.exec(request))?.groups;
  const [from, to] = [trim(groups?.["from"]), trim(groups?.["to"])];
  return from === "" || to === "" ? undefined : { from, to };
}

function trim(text: string | undefined): string {
  return (text ?? "").replace(new RegExp(`^${quotes}+|${quotes}+$`, "gu"), "").trim();
}
