import { drawSecond } from "../../../../design/art/art.ts";
import { html } from "../../../../design/markup.ts";
import type { PageContext, Section } from "../page-context.ts";

const figuresStyle = `.figures{display:flex;flex-wrap:wrap;gap:1.4rem clamp(2rem,5vw,4rem);margin-top:1.6rem}.figures dt{font-size:.95rem;color:var(--muted)}.figures div{display:flex;flex-direction:column-reverse}.figures dd{font:700 clamp(1.8rem,3.4vw,2.7rem)/1.1 var(--display);letter-spacing:-.02em}`;

const forms = {
  picture: `.story{display:grid;gap:clamp(2rem,5vw,5rem);align-items:center}.story-text{display:grid;gap:1.2rem}.story-art{aspect-ratio:5/4;overflow:hidden;border-radius:var(--r)}@media(min-width:56rem){.story{grid-template-columns:1fr 1fr}}`,
  mirrored: `.story{display:grid;gap:clamp(2rem,5vw,5rem);align-items:center}.story-text{display:grid;gap:1.2rem}.story-art{aspect-ratio:5/4;overflow:hidden;border-radius:var(--r)}@media(min-width:56rem){.story{grid-template-columns:1.15fr .85fr}.story-art{order:-1}}`,
  large: `.story-text{display:grid;gap:1.6rem}.story-text p:first-of-type{font:400 clamp(1.4rem,1rem + 2vw,2.3rem)/1.3 var(--display);letter-spacing:-.01em;max-width:30em}.story-text p{max-width:38em}`,
  aside: `.story-text{display:grid;gap:1.2rem}.story-text p{max-width:38em;font-size:1.12rem}@media(min-width:56rem){.story-text{grid-template-columns:minmax(0,5fr) minmax(0,7fr);column-gap:4rem}.story-text h2{grid-row:1/span 4}.story-text>:not(h2){grid-column:2}}`,
} as const;

/** Who is behind it, with two or three figures. */
export function storySection({ brief, copy, labels, random }: PageContext): Section {
  const form = random.fork("story").pick(["picture", "mirrored", "large", "aside", "picture"] as const);
  const pictured = form === "picture" || form === "mirrored";
  const figures =
    copy.figures.length > 0 &&
    html`<dl class="figures">${copy.figures.map(({ value, label }) => html`<div><dt>${label}</dt><dd>${value}</dd></div>`)}</dl>`;
  const tone = random.fork("storyTone").pick([undefined, "surface", pictured ? undefined : "band"] as const);
  return {
    id: "about",
    label: labels.about,
    html: html`<div class="wrap story"><div class="story-text"><h2>${copy.storyTitle}</h2>${copy.story.map((text) => html`<p>${text}</p>`)}${figures}</div>
${pictured && html`<div class="story-art">${drawSecond(brief.kind, random.fork("art"), { w: 720, h: 576 })}</div>`}</div>`,
    css: `${forms[form]}\n${figuresStyle}`,
    ...(tone === undefined ? {} : { tone }),
  };
}
