import { drawTile } from "../../../../design/art/art.ts";
import { html } from "../../../../design/markup.ts";
import type { PageContext, Section } from "../page-context.ts";
import { sectionHead } from "./head.ts";

const forms = {
  mosaic: `.tiles{display:grid;gap:clamp(.5rem,1.2vw,1rem);grid-template-columns:1fr 1fr;grid-auto-rows:clamp(9rem,21vw,17rem)}.tiles>div{overflow:hidden;border-radius:var(--r)}@media(min-width:50rem){.tiles{grid-template-columns:2fr 1fr 1fr}.tiles>div:first-child{grid-row:span 2}}@media(max-width:49.99rem){.tiles>div:first-child{grid-column:1/-1}}`,
  strip: `.tiles{display:flex;gap:clamp(.75rem,2vw,1.5rem);overflow-x:auto;scroll-snap-type:x proximity;padding-inline:max(var(--gut),calc(50vw - 37rem));padding-bottom:1rem;scrollbar-width:thin}.tiles>div{flex:none;width:clamp(14rem,30vw,22rem);aspect-ratio:4/5;overflow:hidden;border-radius:var(--r);scroll-snap-align:center}.tiles>div:nth-child(even){aspect-ratio:1}`,
  row: `.tiles{display:grid;grid-template-columns:repeat(2,1fr)}.tiles>div{aspect-ratio:1;overflow:hidden}@media(min-width:50rem){.tiles{grid-template-columns:repeat(4,1fr)}}`,
} as const;

/** Pictures only: a few drawn tiles in the page's colours. */
export function gallerySection({ brief, labels, random }: PageContext): Section {
  const form = random.fork("gallery").pick(["mosaic", "strip", "row"] as const);
  const count = form === "row" ? 4 : 5;
  const tiles = Array.from(
    { length: count },
    (_, i) => html`<div>${drawTile(brief.kind, random.fork(`gallery${i}`), { w: 360, h: 360 }, i)}</div>`,
  );
  const inner = html`<div class="tiles"${form === "strip" && html` tabindex="0" role="group" aria-label="${labels.gallery}"`}>${tiles}</div>`;
  const titled = brief.kind !== "wedding" && brief.kind !== "event";
  const head = titled && sectionHead(labels.gallery);
  return {
    id: "gallery",
    html:
      form === "mosaic"
        ? html`<div class="wrap">${head}${inner}</div>`
        : html`${head && html`<div class="wrap">${head}</div>`}${inner}`,
    css: forms[form],
  };
}
