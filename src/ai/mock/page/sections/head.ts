import { html, type Markup } from "../../../../design/markup.ts";

/** What needs no dot after it: it has a mark of its own. */
const marked = /[.?!…:。？！]["”»“]?\s*$/u;

/** The heading of a section, with what stands below it. A title that ends a sentence says so to the style. */
export function sectionHead(title: string, below?: Markup): Markup {
  return html`<div class="head"><h2${marked.test(title) && html` class="ended"`}>${title}</h2>${below}</div>`;
}
