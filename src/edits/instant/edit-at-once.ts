import { type Change, splice } from "../../page/splice.ts";
import { keepsTheRest, type Pages } from "../apply-blocks.ts";
import { changeColor } from "./change-color.ts";
import { changeContact } from "./change-contact.ts";
import { changeText } from "./change-text.ts";
import { moveSection } from "./move-section.ts";
import { readExchange, readTextWish } from "./text-wish.ts";

export interface InstantEdit {
  pages: Pages;
  changes: ReadonlyMap<string, readonly Change[]>;
}

/** More places than this are not what a person had in mind. */
const mostChanges = 500;

/**
 * Makes a change that needs no model, in a moment and at no cost: text for text, colour for colour, a telephone number,
 * a mail address, the order of sections. `undefined` when the request is not plainly one of these, or does not fit the
 * page: then a model is asked.
 */
export function editAtOnce(pages: Pages, wish: string): InstantEdit | undefined {
  // As the readers of wishes need it.
  const request = wish.trim().replace(/\s+/gu, " ");
  for (const kind of [moveSection, asColor, asText, changeContact]) {
    const changes = new Map<string, readonly Change[]>();
    for (const [path, html] of pages) {
      const list = kind(html, request)?.filter(({ start, end, text }) => html.slice(start, end) !== text) ?? [];
      if (list.length > 0) changes.set(path, list);
    }
    const all = [...changes.values()].flat();
    if (all.length === 0 || all.length > mostChanges) continue;
    if (![...changes].every(([path, list]) => keepsTheRest(pages.get(path) ?? "", list))) return undefined;
    return { pages: new Map([...pages].map(([path, html]) => [path, splice(html, changes.get(path) ?? [])])), changes };
  }
  return undefined;
}

function asText(html: string, request: string): Change[] | undefined {
  const wish = readTextWish(request);
  return wish && changeText(html, wish.from, wish.to);
}

function asColor(html: string, request: string): Change[] | undefined {
  // A name in quotes is a word of the page.
  const wish = /["“„«「]/u.test(request) ? undefined : readExchange(request);
  return wish && changeColor(html, wish.from, wish.to);
}
