import { drawTile } from "../../../../design/art/art.ts";
import type { Kind } from "../../../../design/brief/kind.ts";
import { html, type Markup } from "../../../../design/markup.ts";
import type { Item } from "../../copy/copy.ts";
import type { PageContext, Section } from "../page-context.ts";
import { sectionHead } from "./head.ts";

type Form = "lines" | "board" | "printed" | "cards" | "table" | "steps" | "tiers" | "pictures" | "split";

const forms: Record<Kind, readonly Form[]> = {
  coffee: ["lines", "board", "printed", "pictures", "split", "cards"],
  bakery: ["pictures", "printed", "board", "split", "lines"],
  restaurant: ["lines", "printed", "board", "split"],
  wedding: ["steps", "table"],
  saas: ["tiers"],
  portfolio: ["pictures", "table", "pictures"],
  event: ["steps", "table"],
  shop: ["pictures"],
  blog: ["pictures", "table", "lines"],
  clinic: ["cards", "table", "split", "board"],
  business: ["cards", "table", "board", "lines"],
  plain: ["cards", "table"],
};

const grid =
  ".items{display:grid;gap:clamp(1rem,2vw,1.6rem);grid-template-columns:repeat(auto-fit,minmax(min(100%,17.5rem),1fr))}";
const price = ".price{font-weight:600;white-space:nowrap;font-variant-numeric:tabular-nums}";

const styles: Record<Form, string> = {
  lines: `.items{display:grid;gap:1.6rem clamp(2rem,6vw,5rem)}@media(min-width:50rem){.items{grid-template-columns:1fr 1fr}}
.item-top{display:flex;align-items:baseline;gap:.7rem}.item-top::after{content:"";order:1;flex:1;border-bottom:2px dotted var(--line)}.item-top .price{order:2}`,
  board: `.items>li{display:grid;grid-template-columns:1fr auto;gap:.1rem 2rem;align-items:baseline;padding-block:clamp(1rem,2vw,1.5rem);border-top:2px solid var(--ink)}.items>li:last-child{border-bottom:2px solid var(--ink)}.items h3{font-size:calc(clamp(1.5rem,1rem + 2.2vw,2.6rem)*var(--scale))}.items .price{font-family:var(--display);font-size:calc(clamp(1.3rem,.9rem + 2vw,2.3rem)*var(--scale));color:var(--accent)}.items p{grid-column:1}.items .price{grid-column:2;grid-row:1}`,
  printed: `.listing{max-width:calc(58rem + 2*var(--gut))}.listing .head{justify-items:center;text-align:center;margin-inline:auto}.items{display:grid;gap:1.5rem clamp(2rem,5vw,4rem);padding:clamp(1.5rem,4vw,3.5rem);border:3px double var(--accent);border-radius:var(--r);background:var(--card)}@media(min-width:50rem){.items{grid-template-columns:1fr 1fr}}
.item-top{display:flex;align-items:baseline;justify-content:space-between;gap:1rem}.items .price{color:var(--accent)}`,
  cards: `${grid}
.items>li{display:grid;align-content:start;gap:.5rem;padding:clamp(1.4rem,2.5vw,2rem);background:var(--card);border-radius:var(--r)}.price{margin-top:.6rem;color:var(--accent)}`,
  table: `.items>li{display:grid;grid-template-columns:1fr auto;gap:.2rem 1.5rem;align-items:baseline;padding-block:1.25rem;border-top:1px solid var(--line)}.items>li:last-child{border-bottom:1px solid var(--line)}.items p{grid-column:1}.items .price{grid-column:2;grid-row:1;text-align:right}
@media(min-width:50rem){.items>li{grid-template-columns:minmax(0,5fr) minmax(0,6fr) minmax(5rem,auto)}.items p{grid-column:2;grid-row:1}.items .price{grid-column:3}.items h3{font-size:clamp(1.2rem,2vw,1.7rem)}}`,
  split: `@media(min-width:56rem){.listing{display:grid;grid-template-columns:minmax(0,4fr) minmax(0,7fr);gap:5rem;align-items:start}.listing .head{position:sticky;top:2rem}}
.items>li{display:grid;gap:.3rem;padding-block:1.2rem;border-top:1px solid var(--line)}.items>li:first-child{border-top:0;padding-top:0}.item-top{display:flex;justify-content:space-between;gap:1.5rem;align-items:baseline}`,
  steps: `.items{position:relative;display:grid;max-width:46rem}
.items>li{position:relative;display:grid;gap:.25rem;padding:0 0 2.2rem 2.2rem;border-left:2px solid var(--line);margin-left:.5rem}.items>li:last-child{padding-bottom:0;border-color:transparent}
.items>li::before{content:"";position:absolute;left:-.56rem;top:.35rem;width:1rem;height:1rem;border-radius:50%;background:var(--fill);box-shadow:0 0 0 5px var(--bg)}
.price{font-family:var(--label);color:var(--accent)}
@media(min-width:50rem){.items>li{grid-template-columns:7rem 1fr;padding-left:2.6rem}.items .price{grid-row:1/3;grid-column:1}}`,
  tiers: `${grid}
.items>li{display:grid;align-content:start;gap:.8rem;padding:clamp(1.6rem,3vw,2.4rem);background:var(--card);border:1px solid var(--line);border-radius:var(--r)}
.items>li:nth-child(2){border:2px solid var(--accent);box-shadow:0 1.4rem 3rem -1.6rem color-mix(in oklab,var(--accent) 60%,transparent)}
.price{order:-1;font:${700} clamp(2.4rem,4vw,3.2rem)/1 var(--display);letter-spacing:-.03em}.per{order:-1}.per{margin-top:-.4rem;font-size:.95rem}.items .button{margin-top:1rem}`,
  pictures: `.items{display:grid;gap:clamp(1.6rem,3vw,2.6rem) clamp(1rem,2.4vw,2rem);grid-template-columns:repeat(auto-fill,minmax(min(100%,20rem),1fr))}
@media(max-width:33rem){.items{grid-template-columns:1fr 1fr}.item-top{flex-wrap:wrap}.items h3{font-size:1.05rem}.items .muted{font-size:.93rem;line-height:1.45}}
.items>li{display:grid;gap:.5rem;align-content:start}.thumb{aspect-ratio:4/3.4;overflow:hidden;border-radius:var(--r);margin-bottom:.5rem}.thumb svg{transition:transform .5s}li:hover>.thumb svg{transform:scale(1.04)}
.item-top{display:flex;justify-content:space-between;gap:1rem;align-items:baseline}.price{color:var(--accent)}`,
};

/** A ground of their own suits forms that have no cards. */
const tones: Partial<Record<Form, Pick<Section, "tone">>> = {
  lines: { tone: "surface" },
  table: { tone: "surface" },
  split: { tone: "surface" },
  board: { tone: "band" },
};

/** An item and its place in the copy's own list. */
type Entry = Item & { place: number };

/** As many make a list of their own, to which nothing is invented that the person may not have. */
const enoughGiven = 2;

/** Prices that were given come first, each in place of an invented one. */
function withGiven({ brief, copy, random }: PageContext, form: Form): readonly Entry[] {
  const given = brief.facts.prices.map(({ title, price: meta }, i) => ({
    title,
    text: "",
    meta,
    place: copy.items.length + i,
  }));
  if (given.length >= enoughGiven && form !== "tiers") return given;
  const items = copy.items.map((item, place) => ({ ...item, place }));
  const inOrder = form === "tiers" || brief.kind === "wedding" || brief.kind === "event";
  const ordered = inOrder ? items : random.fork("items").shuffle(items);
  return [...given, ...ordered].slice(0, Math.max(copy.items.length, given.length));
}

/** What there is: menu, services, plans, programme, works, goods or articles, in the form that suits. */
export function listSection(context: PageContext): Section {
  const { brief, copy, random, email } = context;
  const form = random.fork("list").pick(forms[brief.kind]);
  const item = (entry: Entry): Markup => {
    const title = html`<h3>${entry.title}</h3>`;
    const meta = html`<p class="price">${entry.meta}</p>`;
    const text = entry.text !== "" && html`<p class="muted">${entry.text}</p>`;
    const picture =
      form === "pictures" &&
      html`<div class="thumb">${drawTile(brief.kind, random.fork(`tile${entry.place}`), { w: 320, h: 272 }, entry.place)}</div>`;
    if (form === "cards" || form === "table" || form === "board" || form === "steps")
      return html`<li>${form === "steps" && meta}${title}${text}${form !== "steps" && meta}</li>`;
    if (form === "tiers")
      return html`<li>${title}${meta}<p class="per muted">${context.labels.month}</p><p>${entry.text}</p><a class="button" href="mailto:${email}?subject=${encodeURIComponent(entry.title)}">${context.labels.write}</a></li>`;
    return html`<li>${picture}<div class="item-top">${title}${meta}</div>${text}</li>`;
  };
  return {
    id: "list",
    label: copy.listLabel,
    html: html`<div class="wrap listing">${sectionHead(copy.listTitle)}
<ul class="items">${withGiven(context, form).map(item)}</ul></div>`,
    css: `${price}\n${styles[form]}`,
    ...(random.fork("listTone").chance(0.45) ? tones[form] : {}),
  };
}
