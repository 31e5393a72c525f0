import { hueOf } from "../design/brief/wish.ts";
import { readHistoryWish } from "./instant/history-wish.ts";
import { readExchange, readTextWish } from "./instant/text-wish.ts";

const politely =
  "(?:(?:can|could) you (?:please )?|kannst du (?:bitte )?|¿?puedes |please,? |bitte,? |por favor,? |s['’]il (?:te|vous) pla[iî]t,? |пожалуйста,? |будь ласка,? |lütfen |tolong |mohon |请|من فضلك |कृपया )?";
/** "Make it", in the languages where a shade or a colour follows. */
const orders = [
  "make (?:it|this|that|the (?:page|site|background))(?: look)?",
  "mach(?:e|t)? (?:es|sie|das|die seite|den hintergrund)",
  "(?:haz|pon)(?:l[oa]| la página| el fondo)",
  "(?:deixe|deixa|faça|torne)(?:-[oa]| a página| o fundo| isso)?",
  "(?:rends|rendez|mets|mettez)(?:-l[ae]| la page| le fond)",
  "сделай(?:те)? (?:её|ее|его|это|страницу|фон)",
  "зроби(?:ть)? (?:її|його|це|сторінку|тло|фон)",
  "buat(?:lah)? (?:halamannya|halaman ini|latarnya|latar belakangnya|ini)?",
  "اجعل(?:ها|ه| الصفحة| الخلفية)",
].join("|");
const degrees =
  "a (?:bit|little) |slightly |much |etwas |ein bisschen |ein wenig |viel |un poco |um pouco |un peu |beaucoup |немного |чуть |трохи |sedikit ";
const shades = [
  "darker|lighter|brighter",
  "dunkler|heller",
  "más (?:oscur[oa]|clar[oa])",
  "mais (?:escur[oa]|clar[oa])",
  "plus (?:sombre|foncée?|claire?)",
  "(?:по)?(?:темнее|светлее)",
  "(?:темніш|світліш)(?:е|ою|а|им)",
  "lebih (?:gelap|terang)",
  "(?:أغمق|أفتح)(?: قليلا)?",
].join("|");
/** Where the order comes last, or none is needed. */
const elsewhere = [
  "(?:(?:sayfayı|bunu|arka planı) )?(?:biraz )?daha (?:koyu|açık)(?: yap(?:ın)?| olsun)?",
  "(?:把)?(?:它|页面|网页|背景)?(?:改|变|调|弄|做)?(?:得|成)?(?:更?(?:暗|亮|深|浅)(?:一点儿?|一些|点)|更(?:暗|亮|深|浅))",
  "(?:(?:इसे|पेज को|पृष्ठ को) )?(?:थोड़ा |और |थोड़ा और )(?:गहरा|हल्का)(?: (?:करो|करें|कर दो|कीजिए|बनाओ|बनाएँ))?",
].join("|");
const ending = "(?:,? (?:please|bitte|por favor|пожалуйста|будь ласка))?";

const polite = new RegExp(`^${politely}|${ending}$`, "giu");
const justShade = whole(shades);
const shade = whole(`(?:(?:${orders}) )?(?:${degrees})?(?:${shades})|${elsewhere}`);
const painted = whole(`(?:${orders}) (?<color>\\p{L}+)`);
/** Each verb with its own joint: "Change Makers in Berlin" is a page. */
const exchange = whole(
  [
    "(?:change|update|rename|turn) .+ (?:to|into) .+|(?:replace|swap) .+ (?:with|by|for) .+",
    "(?:ändere|ändern sie|benenne) .+ (?:zu|in|auf) .+|(?:ersetze|tausche) .+ (?:durch|gegen|mit) .+",
    "(?:cambia|cambie|cambiar|reemplaza|sustituye) .+ (?:por|a) .+",
    "(?:mude|muda|troque|troca|altere|substitua) .+ (?:para|por) .+",
    "(?:change[rz]?|remplace[rz]?|renomme[rz]?) .+ (?:par|en) .+",
    "(?:измени|поменяй|замени|смени|переименуй)(?:те)? .+ (?:на|в) .+",
    "(?:зміни|заміни|поміняй|перейменуй)(?:ть)? .+ (?:на|в) .+",
    "(?:ganti|ubah) .+ (?:menjadi|dengan|jadi) .+",
    "[把将].+(?:改成|改为|换成|替换为).+",
    "(?:غيّر|غير|استبدل|بدّل) .+ إلى .+",
  ].join("|"),
);
const plainShade =
  /^(?:dark|light|bright|black|white|dunkel|hell|schwarz|weiß|oscur[oa]|clar[oa]|negr[oa]|blanc[oa]|escur[oa]|pret[oa]|branc[oa]|sombre|claire?|noire?|blanche?)$/iu;
/** A part that every page has, changed to something: a telephone number, a title. */
const part = whole(
  [
    "(?:change|update|replace) (?:the|our|my) (?:(?:tele)?phone(?: number)?|number|e-?mail(?: address)?|address|title|heading|headline|name|price|colou?r) (?:to|with|by) .+",
    "(?:ändere|ersetze) (?:die|den|unsere|meine|unseren|meinen) (?:telefonnummer|nummer|e-?mail(?:-adresse)?|mailadresse|adresse|überschrift|titel|namen|preis|farbe) (?:zu|in|auf|durch) .+",
    "(?:cambia|cambie) (?:el|la|nuestro|mi) (?:(?:número de )?teléfono|correo|dirección|título|nombre|precio|color) (?:a|por) .+",
    "(?:mude|troque|altere) (?:o|a|nosso|meu) (?:(?:número de )?telefone|e-?mail|endereço|título|nome|preço|cor) (?:para|por) .+",
    "(?:change[rz]?|remplace[rz]?) (?:le|la|notre|mon|l['’])\\s?(?:(?:numéro de )?téléphone|numéro|e-?mail|adresse|titre|nom|prix|couleur) (?:par|en) .+",
    "(?:измени|поменяй|замени)(?:те)? (?:номер телефона|телефон|номер|почту|адрес|заголовок|название|цену|цвет) на .+",
    "(?:зміни|поміняй|заміни)(?:ть)? (?:номер телефону|телефон|номер|пошту|адресу|заголовок|назву|ціну|колір) на .+",
  ].join("|"),
);
/** Every noun has a capital in German, so that "Ersetze Plastik durch Holz" looks like two names. */
const german = new RegExp(`^${politely}(?:ändere|ändern sie|benenne|ersetze|tausche) `.normalize("NFC"), "iu");
const germanPart = / (?:die|den|das|unsere?n?|meine?n?) /iu;
/** "V8" could be an engine. */
const bareVersion = /^(?:(?:the|die|la|el|a) )?(?:[rv]|第) ?#? ?\d+$/iu;
const arrow = /^\S.*(?:->|=>|→|➜|⇒).*\S$/u;

/** The longest wish that is looked at. */
const longest = 400;

/**
 * Whether words that came alone can only be meant for a page that is there: "undo", "make it darker", "change “Flat
 * white” to “Cortado”". What could describe a page of its own is none of these.
 */
export function isPlainWish(request: string): boolean {
  if (request.length > longest) return false;
  const text = oneLine(request);
  const said = withoutEnd(text);
  if (isHistory(said) || shade.test(said) || part.test(said)) return true;
  const color = painted.exec(said)?.groups?.["color"];
  if (color !== undefined && (isColor(color) || plainShade.test(color))) return true;
  const pair = readExchange(text);
  if (pair && [pair.from, pair.to].every(isColor)) return exchange.test(said) || arrow.test(said);
  const quoted = /["“„«「]/u.test(text);
  if (!quoted && (isGermanTitle(said) || (pair && [pair.from, pair.to].some(isArabic)))) return false;
  return (exchange.test(said) || (quoted && arrow.test(said))) && readTextWish(text) !== undefined;
}

/** Whether such words mean nothing where there is no page: "undo", "make it darker". "Brighter" could be a name. */
export function needsPage(request: string): boolean {
  const said = withoutEnd(oneLine(request));
  return isHistory(said) || (shade.test(said) && !justShade.test(said));
}

function isHistory(said: string): boolean {
  return readHistoryWish(said.replace(polite, "")) !== undefined && !bareVersion.test(said);
}

function isGermanTitle(said: string): boolean {
  return german.test(said) && !germanPart.test(said);
}

/** In a script without capitals any word could be a name. */
function isArabic(text: string): boolean {
  return /^\p{Script=Arabic}/u.test(text);
}

function oneLine(text: string): string {
  return text.trim().replace(/\s+/gu, " ");
}

function withoutEnd(text: string): string {
  return text.replace(/[.!?。！？]+$/u, "");
}

function isColor(text: string): boolean {
  return /^#[0-9a-f]{3,6}$/i.test(text) || (!/\s/u.test(text) && hueOf(text) !== undefined);
}

function whole(pattern: string): RegExp {
  return new RegExp(`^${politely}(?:${pattern})${ending}$`.normalize("NFC"), "iu");
}
