import { drawMark } from "../../../../design/art/art.ts";
import type { Kind } from "../../../../design/brief/kind.ts";
import { html, type Markup, raw } from "../../../../design/markup.ts";
import type { PageContext, Section } from "../page-context.ts";
import { sectionHead } from "./head.ts";

const forms = {
  columns: `.points{display:grid;gap:clamp(2rem,4vw,3.5rem);grid-template-columns:repeat(auto-fit,minmax(min(100%,15rem),1fr))}.points>li{display:grid;gap:.7rem;align-content:start}`,
  rows: `.points>li{display:grid;gap:.4rem 2rem;padding-block:1.8rem;border-top:1px solid var(--line)}@media(min-width:50rem){.points>li{grid-template-columns:5rem minmax(0,4fr) minmax(0,6fr);align-items:baseline}}.points h3{font-size:clamp(1.35rem,2.4vw,2rem)}`,
  boxes: `.points{display:grid;gap:clamp(1rem,2vw,1.5rem);grid-template-columns:repeat(auto-fit,minmax(min(100%,16rem),1fr))}.points>li{display:grid;gap:.7rem;align-content:start;padding:clamp(1.5rem,3vw,2.3rem);background:var(--card);border-radius:var(--r)}@media(min-width:60rem){.points>li:first-child:nth-last-child(odd){grid-column:span 1}}`,
} as const;

/** What stands for each point, in the order in which the copy of every language has them. */
const icons: Record<Kind, readonly string[]> = {
  coffee: ["sprout", "milk", "armchair"],
  bakery: ["hourglass", "wheat", "recycle"],
  restaurant: ["carrot", "wine", "users"],
  wedding: ["shirt", "gift", "baby"],
  saas: ["list-checks", "bell-off", "download", "keyboard"],
  portfolio: ["fingerprint", "book-open", "signpost"],
  event: ["users-round", "lightbulb", "accessibility"],
  shop: ["package-open", "wrench", "leaf"],
  blog: ["feather", "footprints", "book-open"],
  clinic: ["timer", "message-circle", "accessibility"],
  business: ["tag", "user-round-check", "sparkles"],
  plain: ["sticky-note", "pen-line", "send"],
};

const marks = {
  number: `.sign{font:${600} 1rem/1 var(--label);color:var(--accent);font-variant-numeric:tabular-nums}`,
  tile: ".sign{width:3.4rem;height:3.4rem;overflow:hidden;border-radius:min(var(--r),50%)}",
  icon: ".sign{width:2.2rem;height:2.2rem;color:var(--accent)}.sign svg{stroke-width:1.5}",
  chip: ".sign{display:grid;place-items:center;width:3.4rem;height:3.4rem;border-radius:min(var(--r),50%);background:var(--fill);color:var(--on-fill)}.sign svg{width:1.6rem;height:1.6rem}",
} as const;

/** Three or four reasons. */
export function pointsSection({ brief, copy, random }: PageContext): Section {
  const form = random.fork("points").pick(["columns", "rows", "boxes"] as const);
  const mark =
    form === "rows"
      ? "number"
      : random.fork("pointMark").pick(["number", "tile", "icon", "chip", "icon", "chip"] as const);
  const sign = (i: number): Markup => {
    if (mark === "number") return html`<span class="sign" aria-hidden="true">0${i + 1}</span>`;
    if (mark !== "tile")
      return html`<div class="sign" aria-hidden="true"><i data-icon="${icons[brief.kind][i] ?? "star"}"></i></div>`;
    return html`<div class="sign" aria-hidden="true">${raw(`<svg viewBox="0 0 40 40">${drawMark(random.fork(`sign${i}`))}</svg>`)}</div>`;
  };
  const tone = random.fork("pointsTone").pick(["band", "surface", undefined] as const);
  return {
    id: "points",
    html: html`<div class="wrap">${sectionHead(copy.pointsTitle)}
<ul class="points">${copy.points.map(({ title, text }, i) => html`<li class="rise">${sign(i)}<h3>${title}</h3><p class="muted">${text}</p></li>`)}</ul></div>`,
    css: `${forms[form]}\n${marks[mark]}`,
    ...(tone === undefined ? {} : { tone }),
  };
}
