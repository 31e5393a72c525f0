import { readSections } from "../../page/sections.ts";
import type { PictureSize } from "../provider.ts";
import { mostPages } from "../reply/pages-reader.ts";
import { slug, writePage } from "./write-page.ts";

/**
 * A site of several pages in the form that models are asked for: the sections that the navigation names, each on a
 * page of its own, behind a first page that says what it is.
 */
export function writeSite(prompt: string, pictures: readonly PictureSize[] = []): string {
  const page = writePage(prompt, pictures);
  const sections = readSections(page);
  const labels = new Map(
    [...page.matchAll(/<li><a href="#([^"]+)">([^<]+)<\/a><\/li>/g)].map(([, id, label]) => [id, label]),
  );
  const moved = sections.filter(({ id }) => labels.has(id)).slice(0, mostPages - 1);
  const files = new Map(moved.map(({ id }) => [id, `${slug(labels.get(id) ?? id)}.html`]));
  const [first, last] = [sections[0], sections.at(-1)];
  if (first === undefined || last === undefined || moved.length === 0) return page;

  const link = (html: string) =>
    html.replace(/href="#([^"]+)"/g, (whole, id: string) => {
      const file = id === "top" ? "index.html" : files.get(id);
      return file === undefined ? whole : `href="${file}"`;
    });
  const main = page.search(/<main[^>]*>/);
  const afterMain = main + (/<main[^>]*>/.exec(page)?.[0].length ?? 0);
  const stays = sections.filter((section) => !moved.includes(section)).map(({ start, end }) => page.slice(start, end));
  const index = page.slice(0, first.start) + stays.join("\n") + page.slice(last.end);
  const others = moved.map(({ id, start, end }) => {
    const label = labels.get(id) ?? id;
    const head = page
      .slice(0, afterMain)
      .replace(/<style>[\s\S]*?<\/style>\n?/, "")
      .replace(/<title>/, () => `<title>${label} – `);
    const section = page.slice(start, end).replace(/<h2(\s[^>]*)?>([\s\S]*?)<\/h2>/, "<h1$1>$2</h1>");
    return `=== page: ${files.get(id)} ===\n${link(head + section + page.slice(last.end))}`;
  });
  return [link(index), ...others].join("\n");
}
