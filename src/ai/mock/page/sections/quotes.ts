import { html } from "../../../../design/markup.ts";
import type { PageContext, Section } from "../page-context.ts";

const forms = {
  single: `.quotes figure{display:grid;gap:1.4rem;max-width:50rem;margin-inline:auto;text-align:center}.quotes blockquote::before{content:"“";display:block;height:.55em;font-size:2.6em;line-height:1;color:var(--accent)}.quotes blockquote{font-size:clamp(1.6rem,1.1rem + 2.6vw,2.9rem);line-height:1.22}`,
  pair: `.quotes{display:grid;gap:clamp(2rem,5vw,4rem)}@media(min-width:50rem){.quotes{grid-template-columns:1fr 1fr}}.quotes figure{display:grid;gap:1.2rem;align-content:start;border-top:2px solid var(--accent);padding-top:1.4rem}.quotes blockquote{font-size:clamp(1.3rem,1.1rem + 1vw,1.75rem);line-height:1.32}`,
  cards: `.quotes{display:grid;gap:clamp(1rem,2vw,1.6rem)}@media(min-width:50rem){.quotes{grid-template-columns:1fr 1fr}}.quotes figure{display:grid;gap:1.2rem;align-content:space-between;background:var(--card);border-radius:var(--r);padding:clamp(1.6rem,3.4vw,2.8rem)}.quotes blockquote{font-size:clamp(1.2rem,1.05rem + .8vw,1.55rem);line-height:1.36}`,
} as const;

/** What people say; the heading is there for those who navigate by headings. */
export function quotesSection({ copy, labels, random }: PageContext): Section {
  const form = copy.quotes.length < 2 ? "single" : random.fork("quotes").pick(["single", "pair", "cards"] as const);
  const chosen = form === "single" ? [random.fork("quote").pick(copy.quotes)] : copy.quotes;
  const tone = random
    .fork("quotesTone")
    .pick(form === "cards" ? ([undefined] as const) : (["band", "surface", undefined] as const));
  return {
    id: "voices",
    html: html`<div class="wrap"><h2 class="unseen">${labels.voices}</h2><div class="quotes">${chosen.map(
      ({ text, by }) =>
        html`<figure class="rise"><blockquote class="display"><p>${text}</p></blockquote><figcaption class="muted">${by}</figcaption></figure>`,
    )}</div></div>`,
    css: `.unseen{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}.quotes .display{text-transform:none}\n${forms[form]}`,
    ...(tone === undefined ? {} : { tone }),
  };
}
