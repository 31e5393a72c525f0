import type { Kind } from "../../../../design/brief/kind.ts";
import { html, type Markup } from "../../../../design/markup.ts";
import type { PageContext, Section } from "../page-context.ts";
import { sectionHead } from "./head.ts";

/** Ordinary opening hours; only of places one can walk into, and only until the prompt names others. */
const usualHours: Partial<Record<Kind, readonly [weekdays: string, saturday: string, sunday: string | undefined]>> = {
  coffee: ["7:30 – 18:00", "8:30 – 18:00", "9:00 – 16:00"],
  bakery: ["6:00 – 18:00", "6:00 – 14:00", "7:00 – 12:00"],
  restaurant: ["17:30 – 23:00", "12:00 – 23:30", "12:00 – 21:00"],
  shop: ["10:00 – 18:30", "10:00 – 17:00", undefined],
  clinic: ["8:00 – 18:00", "9:00 – 12:00", undefined],
  business: ["8:00 – 17:30", "9:00 – 13:00", undefined],
};

type Row = readonly [term: string, value: Markup | string, icon: string];

function rows({ brief: { facts, kind }, labels, email }: PageContext): readonly Row[] {
  const usual = usualHours[kind];
  const hours: Row[] =
    facts.hours !== undefined
      ? [[labels.hours, facts.hours, "clock"]]
      : usual === undefined
        ? []
        : [
            [labels.weekdays, usual[0], "clock"],
            [labels.saturday, usual[1], "clock"],
            [labels.sunday, usual[2] ?? labels.closed, "clock"],
          ];
  return [
    ...(facts.date === undefined ? [] : [[labels.date, facts.date, "calendar"] as const]),
    ...(facts.address === undefined ? [] : [[labels.address, facts.address, "map-pin"] as const]),
    ...hours,
    ...(facts.phone === undefined
      ? []
      : [
          [
            labels.phone,
            html`<a href="tel:${facts.phone.replace(/[^\d+]/g, "")}">${facts.phone}</a>`,
            "phone",
          ] as const,
        ]),
    [labels.email, html`<a href="mailto:${email}">${email}</a>`, "mail"],
  ];
}

const forms = {
  split:
    "@media(min-width:56rem){.visit{display:grid;grid-template-columns:1fr 1fr;gap:5rem;align-items:center}.visit .head{margin-bottom:0}}",
  card: ".visit{max-width:62rem;margin-inline:auto;background:var(--card);border-radius:max(var(--r),4px);padding:clamp(1.6rem,5vw,4rem)}@media(min-width:56rem){.visit{display:grid;grid-template-columns:1fr 1fr;gap:4rem;align-items:center}.visit .head{margin-bottom:0}}",
  tall: ".visit{max-width:46rem;margin-inline:auto;text-align:center}.visit .head{justify-items:center;max-width:none}.visit .actions{justify-content:center}.visit .rows{text-align:left}",
} as const;

/** How to get in touch: what was given, the usual hours, a letter to write. */
export function visitSection(context: PageContext): Section {
  const { brief, copy, labels, random, email } = context;
  const form = random.fork("visit").pick(["split", "card", "tall"] as const);
  const { phone } = brief.facts;
  const tone = form === "card" ? undefined : random.fork("visitTone").pick(["band", "band", "surface"] as const);
  const below = html`<p class="muted">${copy.visit.text}</p>
<p class="actions">${phone !== undefined && html`<a class="button" href="tel:${phone.replace(/[^\d+]/g, "")}">${labels.call}</a>`}<a class="${phone === undefined ? "button" : "link"}" href="mailto:${email}">${labels.write}</a></p>`;
  return {
    id: "visit",
    label: labels.contact,
    html: html`<div class="wrap"><div class="visit">${sectionHead(copy.visit.title, below)}
<dl class="rows">${rows(context).map(([term, value, icon]) => html`<div><dt><i data-icon="${icon}"></i>${term}</dt><dd>${value}</dd></div>`)}</dl></div></div>`,
    css: `.visit>*{min-width:0}.visit .head{gap:1.1rem;margin-bottom:2rem}.visit .actions{display:flex;flex-wrap:wrap;gap:.6rem 1.6rem}.rows div{display:flex;flex-wrap:wrap;justify-content:space-between;gap:.1rem 1.5rem;padding-block:.95rem;border-top:1px solid var(--line)}.rows div:last-child{border-bottom:1px solid var(--line)}.rows dt{display:flex;align-items:center;gap:.7em;color:var(--muted)}.rows dt svg{flex:none;width:1.1em;height:1.1em;color:var(--accent)}.rows dd{font-weight:600;font-variant-numeric:tabular-nums;overflow-wrap:anywhere}.rows a{display:inline-block;padding-block:.2rem}\n${forms[form]}`,
    ...(tone === undefined ? {} : { tone }),
  };
}
