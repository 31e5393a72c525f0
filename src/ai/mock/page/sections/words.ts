import { html } from "../../../../design/markup.ts";
import type { PageContext, Section } from "../page-context.ts";

const common =
  ".words{overflow:hidden;padding-block:clamp(1rem,2vw,1.6rem);border-block:1px solid var(--line)}.words ul{display:flex;align-items:center;font-size:clamp(1.2rem,1rem + 1.4vw,2rem)}.words li{flex:none;line-height:1.3;padding-inline:.9em;position:relative}";
const dot =
  'content:"";position:absolute;top:50%;width:.36em;height:.36em;margin-top:-.18em;border-radius:50%;background:var(--accent)';
const running = `.words ul{white-space:nowrap}.words li::after{${dot};right:-.18em}
@media (prefers-reduced-motion:no-preference){.words>div{display:flex;width:max-content;animation:run 46s linear infinite}.words>div:hover{animation-play-state:paused}@keyframes run{to{transform:translateX(-50%)}}}`;
/** A dot stands before its word, and is cut off where the word begins a line: a line that ends with a dot looks unfinished. */
const still = `.words>div{overflow:hidden;width:fit-content;max-width:calc(100% - 2*var(--gut));margin-inline:auto}.words ul{flex-wrap:wrap;margin-inline:-.9em}.words li::before{${dot};left:-.18em}`;

/** A line of words between two sections, running where motion is welcome. */
export function wordsSection({ copy, direction }: PageContext): Section {
  const list = (hidden: boolean) =>
    html`<ul${hidden && html` aria-hidden="true"`}>${[...copy.words, ...(hidden || direction.moving ? copy.words : [])].map((word, i) => html`<li class="display"${i >= copy.words.length && html` aria-hidden="true"`}>${word}</li>`)}</ul>`;
  return {
    id: "words",
    html: html`<div class="words"><div>${list(false)}${direction.moving && list(true)}</div></div>`,
    css: `#words{padding-block:0}#words+.tone-plain{padding-top:var(--space)}\n${common}\n${direction.moving ? running : still}`,
  };
}
