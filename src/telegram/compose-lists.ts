import { formatButtonData } from "./button-data.ts";
import type { Catalogue } from "./catalogue/catalogue.ts";
import { catalogues } from "./catalogue/find-catalogue.ts";
import { titleOf } from "./compose-site.ts";
import { type Button, type ComposedMessage, message } from "./composed.ts";
import { type Facts, pageSize } from "./load-facts.ts";
import { fillPlural } from "./phrase.ts";

/** One button a site; below them the way to the next page of the list and back. */
export function composeSites(
  list: Facts["list"],
  toDelete: boolean,
  { words, language }: { words: Catalogue; language: string },
): ComposedMessage {
  if (list === undefined || list.total === 0) return message(words.no_sites);
  const { total, page, sites } = list;
  const turn = (text: string, to: number): Button[] => [
    { text, callback_data: formatButtonData({ verb: "sites", page: to, toDelete }) },
  ];
  return message(toDelete ? words.which_to_delete : fillPlural(words.sites, total, language), [
    ...sites.map(({ id, title }): Button[] => [
      { text: titleOf(title, id), callback_data: formatButtonData({ verb: toDelete ? "delete" : "site", siteId: id }) },
    ]),
    [...(page > 0 ? turn("‹", page - 1) : []), ...((page + 1) * pageSize < total ? turn("›", page + 1) : [])],
  ]);
}

export function composeSettings(words: Catalogue): ComposedMessage {
  const languages = Object.keys(catalogues).map((language): Button => {
    const own = new Intl.DisplayNames(language, { type: "language" }).of(language) ?? language;
    const name = own.slice(0, 1).toLocaleUpperCase(language) + own.slice(1);
    return { text: name, callback_data: formatButtonData({ verb: "language", language }) };
  });
  const rows = Array.from({ length: Math.ceil(languages.length / 3) }, (_, row) =>
    languages.slice(row * 3, row * 3 + 3),
  );
  const automatic = {
    text: words.buttons.automatic,
    callback_data: formatButtonData({ verb: "language", language: undefined }),
  };
  return message(words.settings, [...rows, [automatic]]);
}
