import { readPageParts } from "./page-parts.ts";
import { type Change, splice } from "./splice.ts";

const external = /^(?:[a-z][a-z0-9+.-]*:|\/\/|#|$)/i;

/**
 * The pages of a site with links that work: other ways to write the name of a page (`/about`, `./About.html`) become
 * its file name, and a link to a page that is not there leads to the first.
 *
 * @param pages As they are published. A site of one page is left as it is.
 */
export function mendLinks(pages: ReadonlyMap<string, string>): Map<string, string> {
  if (pages.size < 2) return new Map(pages);
  return new Map([...pages].map(([path, html]) => [path, splice(html, linkChanges(html, pages))]));
}

function linkChanges(html: string, pages: ReadonlyMap<string, string>): Change[] {
  return readPageParts(html).flatMap(({ kind, element, attribute, start, end }) => {
    if (kind !== "attribute" || attribute !== "href" || (element !== "a" && element !== "area")) return [];
    const written = html.slice(start, end);
    if (external.test(written)) return [];
    const [, path = "", fragment = ""] = /^([^#?]*)(?:\?[^#]*)?(#.*)?$/.exec(written) ?? [];
    const name = path
      .toLowerCase()
      .replace(/^(?:\.?\/)+|\/+$/g, "")
      .replace(/\.html?$/, "");
    const file = name === "" || name === "home" ? "index.html" : `${name}.html`;
    const text = pages.has(file) ? file + fragment : "index.html";
    return text === written ? [] : [{ start, end, text }];
  });
}
