/** Days by their full names, also of several weeks ("Saturdays"), and what stands for all or some of them. */
const day =
  "(?:(?:mon|tues|wednes|thurs|fri|satur|sun)days?|weekdays?|weekends?|every day|(?:mon|diens|donners|frei|sams|sonn)tags?|mittwochs?|sonnabends?|werktags|wochenenden?|lunes|martes|mi[ée]rcoles|jueves|viernes|s[áa]bados?|domingos?|todos los días|cada día|fin(?:es)? de semana|(?:segunda|terça|quarta|quinta|sexta)s?-feiras?|todos os dias|fins? de semana|(?:lun|mar|mercre|jeu|vendre|same)dis?|dimanches?|tous les jours|week-ends?|pazartesi\\p{L}*|salı\\p{L}*|çarşamba\\p{L}*|perşembe\\p{L}*|cuma\\p{L}*|her gün|hafta (?:içi|sonu)|понедельник\\p{L}*|вторник\\p{L}*|сред(?:а|у|ы|ам)|четверг\\p{L}*|пятниц\\p{L}*|суббот\\p{L}*|воскресень\\p{L}*|каждый день|выходны[ем]|будн\\p{L}*|понеділ\\p{L}*|вівтор\\p{L}*|серед[ауи]|четвер\\p{L}*|п['’]ятниц\\p{L}*|субот\\p{L}*|неділ[яію])(?!\\p{L})";
/** Words that mean a day only beside a time or in a range: "so", "mar" and "our daily bread" do not. */
const short =
  "(?:mon|tues?|wed|thu(?:rs?)?|fri|sat|sun|mo|di|mi|do|fr|sa|so|lun|mar|mer|jeu|ven|sam|dim|mi[ée]|jue|vie|s[áa]b|dom|seg|ter|qua|qui|sex|segunda|terça|quarta|quinta|sexta|pzt|çar|cmt|pazar|daily|täglich|diariamente|ежедневно|щодня|щоденно|пн|вт|ср|чт|пт|сб|вс|нд)(?!\\p{L})\\.?";
const always =
  "(?:24/7|24 (?:hours|stunden|horas)|(?:a)?round the clock|rund um die uhr|24h/24|круглосуточно|цілодобово)";
const to = "(?:\\s?[-–—]\\s?|\\s(?:to|till|until|through|bis|a|até|às|à|au|ile|по|до)\\s)";
const also =
  "(?:\\s?[,;&+/|\\n]\\s?|,?\\s(?:and|und|y|e|et|ve|и|та|і|й)\\s|,?\\s(?:except|außer|excepto|salvo|exceto|sauf|кроме|крім)\\s(?:on\\s|am\\s|le\\s|el\\s|los\\s)?)";
const unit = "\\s?(?:am|pm|a\\.m\\.|p\\.m\\.|uhr|h|ч)(?!\\p{L})";
const clock = `(?<![\\d:.])(?:\\d{1,2}(?:[:.]|\\s?h\\s?)\\d{2}(?:${unit})?|\\d{1,2}${unit})(?!\\d)`;
const number = "(?<![\\d:.])\\d{1,2}(?!\\d)";
const span = `(?:${clock}|${number})${to}(?:las\\s)?(?:${clock}|${number})`;
const times = `(?:${span}|${clock})(?:${also}(?:(?:from|von|de|das|с|з|із)\\s)?${span})*(?:${unit})?`;
const from = "(?:,|:)?\\s?(?:(?:from|at|von|ab|um|de|das|desde|las|à|dès|с|з|о|в)\\s){0,2}";
const shut =
  "(?:closed(?: on)?|geschlossen|ruhetag|cerrad[oa](?: los| el)?|fechad[oa]|fermé(?: le)?|kapalı|выходной|закрыт[оа]?|зачинено)";
/** One named day is an opening time only where it is said to be: "on Sunday", and not "Sunday roast". */
const said =
  "(?<=(?:on|every|each|only|open|am|jeden|nur|geöffnet|los|el|cada|abierto|aos|aberto|les?|chaque|ouvert|по|во?|у|каждую|каждый|щосереди|кожну)\\s)";
const several = `(?:(?:с|со|з|із|de|du|des)\\s)?(?:${day}|${short})(?:${to}(?:${day}|${short}))(?:${also}(?:${day}|${short})(?:${to}(?:${day}|${short}))?)*|${day}(?:${also}${day})+`;
const open =
  "(?<=(?:open|geöffnet|abiert[oa]|abert[oa]|ouverte?|açık|открыт\\p{L}*|работаем|відкрит\\p{L}*|працюємо)\\s)";
/** Short names in a list take a time: "Sa und So 10–17 Uhr". */
const listed = `(?:${day}|${short})(?:${also}(?:${day}|${short}))+`;
const group = `(?:(?:${several}|${listed}|${day}|${short})${from}${times}|${span}(?:\\s|,\\s)(?:${several}|${day})|(?:${shut}\\s)(?:${several}|${day})|(?:${several}|${day})\\s${shut}|${several}|${said}${day}|${open}${short}|${always}|every day|todos los días|todos os dias|tous les jours|her gün|каждый день|(?:sams|sonn|mon|diens|donners|frei)tags|(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|weekend|s[áa]bado|domingo)s(?!\\p{L})|${span}(?<=[:.h]\\d{2}|${unit}))`;
const hours = new RegExp(`(?<![\\p{L}\\p{N}])${group}(?:${also}${group})*`, "iu");

/** A day of the week that belongs to a date. */
export const weekday = `(?:${day}|${short})`;
export const timeOfDay = clock;

/** An hour after 24 or a minute after 59: then none of it is believed. */
const impossible = /(?<![\d:.h]|[:.h]\s)(?:2[5-9]|[3-9]\d)(?!\d)|\d\s?[:.h]\s?[6-9]\d/iu;

/** Opening days and times as they were written: "Tuesday to Saturday", "Mo–Fr 9–18 Uhr, Sa 9–13 Uhr". */
export function findHours(text: string): string | undefined {
  const found = text.match(hours)?.[0].trim();
  return found === undefined || impossible.test(found) ? undefined : found;
}
