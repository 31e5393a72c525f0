import type { Language } from "./language.ts";

type Slavic = Extract<Language, "ru" | "uk">;
type Gender = "f" | "m" | "n";

/** What a page is often made for. A word counts by its end: "автосервис" is a "сервис". */
const nouns: Record<Slavic, Record<Gender, string>> = {
  ru: {
    f: "студия мастерская школа компания фирма клиника пекарня кофейня парикмахерская гостиница лаборатория галерея библиотека академия группа команда служба ферма пиццерия столовая типография химчистка аптека стоматология мойка пекарня кондитерская база семья контора",
    m: "салон магазин центр клуб отель ресторан бар сервис сад музей театр хостел приют фонд проект курс репетитор юрист адвокат фотограф мастер врач психолог тренер дизайнер дом цех шоп парк хор ансамбль рынок",
    n: "агентство хозяйство общество сообщество производство",
  },
  uk: {
    f: "студія майстерня школа компанія фірма клініка пекарня кав’ярня перукарня лабораторія галерея бібліотека академія група команда служба ферма піцерія їдальня друкарня аптека стоматологія мийка крамниця родина",
    m: "салон магазин центр клуб готель ресторан бар сервіс садок музей театр хостел фонд проєкт курс репетитор юрист адвокат фотограф лікар психолог тренер дизайнер шоп парк хор",
    n: "агентство господарство товариство виробництво",
  },
};
/** The same in every case. */
const fixed = new Set("кафе бюро ателье ательє".split(" "));

/** How a noun ends after "для"; the first row that fits is the rule. What it gives is the source of a pattern. */
const declension: Record<Slavic, Record<Gender, readonly (readonly [RegExp, string])[]>> = {
  ru: {
    f: [
      [/ая$/u, "ой"],
      [/я$/u, "и"],
      [/(?<=[гкхжчшщ])а$/u, "и"],
      [/а$/u, "ы"],
    ],
    m: [
      [/ок$/u, "ка"],
      [/[ьй]$/u, "я"],
      [/$/u, "а"],
    ],
    n: [[/о$/u, "а"]],
  },
  uk: {
    f: [
      [/(?<=і)я$/u, "ї"],
      [/я$/u, "і"],
      [/а$/u, "и"],
    ],
    m: [
      [/ок$/u, "ка"],
      [/ар$/u, "аря"],
      [/[ьй]$/u, "[яю]"],
      [/$/u, "[ау]"],
    ],
    n: [[/о$/u, "а"]],
  },
};

function endingsOf(language: Slavic) {
  return (["f", "m", "n"] as const).flatMap((gender) =>
    nouns[language][gender].split(" ").map((noun) => {
      const rule = declension[language][gender].find(([pattern]) => pattern.test(noun));
      return { noun, gender, genitive: new RegExp(`${rule === undefined ? noun : noun.replace(...rule)}$`, "u") };
    }),
  );
}

const endings = { ru: endingsOf("ru"), uk: endingsOf("uk") };

const adjectives: Record<Slavic, Record<Gender, readonly (readonly [RegExp, string])[]>> = {
  ru: {
    f: [
      [/ой$/u, "ая"],
      [/(?<=[жчшщ])ей$/u, "ая"],
      [/ей$/u, "яя"],
    ],
    m: [
      [/(?<=[гкхжчшщ])ого$/u, "ий"],
      [/ого$/u, "ый"],
      [/его$/u, "ий"],
    ],
    n: [
      [/ого$/u, "ое"],
      [/его$/u, "ее"],
    ],
  },
  uk: {
    f: [
      [/ьої$/u, "я"],
      [/ої$/u, "а"],
    ],
    m: [
      [/ього$/u, "ій"],
      [/ого$/u, "ий"],
    ],
    n: [
      [/ього$/u, "є"],
      [/ого$/u, "е"],
    ],
  },
};

/**
 * What stands after "для", as it stands by itself: "детской студии танца" → "детская студия танца". Nothing if the first
 * noun is not one that is known: a wrong ending is worse than none.
 */
export function nominative(phrase: string, language: Slavic): string | undefined {
  const words = phrase.split(" ");
  for (const [i, word] of words.slice(0, 3).entries()) {
    if (fixed.has(word)) return inNominative(words, i, word, "n", language);
    const found = endings[language].find(({ genitive }) => genitive.test(word));
    if (found) return inNominative(words, i, word.replace(found.genitive, found.noun), found.gender, language);
  }
  return undefined;
}

function inNominative(words: readonly string[], at: number, noun: string, gender: Gender, language: Slavic) {
  const before = words.slice(0, at).map((word) => {
    const ending = adjectives[language][gender].find(([pattern]) => pattern.test(word));
    return ending === undefined ? undefined : word.replace(...ending);
  });
  return before.includes(undefined) ? undefined : [...before, noun, ...words.slice(at + 1)].join(" ");
}
