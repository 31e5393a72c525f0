import { html } from "../../../../design/markup.ts";
import type { PageContext, Section } from "../page-context.ts";
import { sectionHead } from "./head.ts";

const forms = {
  stack: ".faq .wrap{max-width:calc(48rem + 2*var(--gut))}",
  split:
    "@media(min-width:56rem){.faq .wrap{display:grid;grid-template-columns:minmax(0,4fr) minmax(0,7fr);gap:5rem;align-items:start}}",
  boxes:
    ".faq .wrap{max-width:calc(52rem + 2*var(--gut))}.faq details{border:0;background:var(--card);border-radius:var(--r);padding-inline:1.4rem;margin-bottom:.7rem}.faq details:last-child{border:0}",
} as const;

const common = `.faq details{border-top:1px solid var(--line)}.faq details:last-child{border-bottom:1px solid var(--line)}
.faq summary{display:flex;justify-content:space-between;gap:1.5rem;align-items:center;min-height:3.4rem;padding-block:1rem;font:600 1.1rem/1.35 var(--label);cursor:pointer;list-style:none}
.faq summary::-webkit-details-marker{display:none}
.faq summary::after{content:"";flex:none;width:.7rem;height:.7rem;border:solid var(--accent);border-width:0 2px 2px 0;transform:rotate(45deg) translate(-2px,-2px);transition:transform .2s}
.faq details[open] summary::after{transform:rotate(225deg) translate(-3px,-3px)}
.faq details p{padding-bottom:1.4rem;max-width:38em;color:var(--muted)}`;

/** Questions that open one at a time, without script. */
export function questionsSection({ copy, labels, random }: PageContext): Section {
  const form = random.fork("faq").pick(["stack", "split", "boxes"] as const);
  return {
    id: "faq",
    label: labels.faq,
    html: html`<div class="faq"><div class="wrap">${sectionHead(labels.faq)}
<div>${copy.questions.map(({ title, text }, i) => html`<details name="faq"${i === 0 && html` open`}><summary>${title}</summary><p>${text}</p></details>`)}</div></div></div>`,
    css: `${common}\n${forms[form]}`,
  };
}
