import { html, type Markup } from "../../../design/markup.ts";
import type { PageContext } from "./page-context.ts";

const forms = {
  row: ".foot .wrap{display:flex;flex-wrap:wrap;justify-content:space-between;align-items:center;gap:.6rem 2rem;padding-block:2.4rem}",
  grand:
    ".foot .wrap{display:grid;grid-template-columns:minmax(0,1fr);gap:1rem;padding-block:clamp(2.5rem,6vw,4.5rem)}.foot .name{font-size:clamp(1.8rem,7vw,5.5rem);line-height:1}",
} as const;

/** Name, place, the address to write to, and the way back up. */
export function footer({ name, kicker, labels, email, random }: PageContext): { html: Markup; css: string } {
  const form = random.fork("footer").pick(["row", "grand"] as const);
  return {
    html: html`<footer class="foot"><div class="wrap"><p class="name display" dir="auto">${name}</p><p class="muted" dir="auto">${kicker}</p><p><a href="mailto:${email}">${email}</a></p><p><a href="#top">${labels.top}</a></p></div></footer>`,
    css: `.foot{border-top:1px solid var(--line);background:var(--bg)}.foot .wrap>*{min-width:0;max-width:100%}.foot .name{font-size:1.3rem}.foot a{display:inline-block;padding-block:.6rem;overflow-wrap:anywhere}\n${forms[form]}`,
  };
}
