import { html } from "../../../design/markup.ts";
import { type PageSection, readSections } from "../../../page/sections.ts";
import type { Change } from "../../../page/splice.ts";

/** A section taken out, with the links to it. */
export function removeSection(page: string, { start, end, id }: PageSection): Change[] {
  const gap = /^\s*/.exec(page.slice(end))?.[0] ?? "";
  const links =
    id === ""
      ? []
      : [...page.matchAll(new RegExp(`<li>\\s*<a\\s[^>]*href="#${RegExp.escape(id)}"[^>]*>[^<]*</a>\\s*</li>`, "g"))];
  return [
    { start, end: end + gap.length, text: "" },
    ...links
      .filter((link) => link.index < start || link.index >= end)
      .map((link) => ({ start: link.index, end: link.index + link[0].length, text: "" })),
  ];
}

/** A section of a heading and a paragraph, before the last one, dressed like its neighbours. */
export function addSection(page: string, title: string, body: string): Change[] {
  const last = readSections(page).at(-1);
  const at = last?.start ?? page.search(/<\/main>|<footer|<\/body>/i);
  if (at < 0) return [];
  const dress = last && /^<section([^>]*)>/.exec(page.slice(last.start))?.[1];
  const className = /\sclass="([^"]*)"/.exec(dress ?? "")?.[1]?.replace(/\btone-\w+/, "tone-plain");
  const inner = /<div class="wrap">/.test(page) ? (['<div class="wrap">', "</div>"] as const) : (["", ""] as const);
  const section = html`<h2>${title}</h2><p>${body}</p>`.text;
  const id = freeId(page, title);
  const text = `<section${className ? ` class="${className}"` : ""} id="${id}">\n${inner[0]}${section}${inner[1]}\n</section>\n`;
  return [{ start: at, end: at, text }];
}

function freeId(page: string, title: string): string {
  const base =
    title
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, "-")
      .replace(/^-+|-+$/g, "")
      .slice(0, 30) || "more";
  let id = base;
  for (let number = 2; page.includes(`id="${id}"`); number++) id = `${base}-${number}`;
  return id;
}
