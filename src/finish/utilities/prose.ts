import { layerOf } from "./layers.ts";
import type { Utility } from "./utility-compiler.ts";

const faint = (percent: number): string => `color-mix(in srgb,currentcolor ${percent}%,transparent)`;

/** The typography plugin's `prose`, which the compiler lacks: running text whose elements have no classes. Colours are inherited. */
const sheet = `.prose{max-width:65ch;line-height:1.75}
.prose :where(p,ul,ol,pre,blockquote,table,figure){margin-block:1.25em}
.prose :where(h1,h2,h3,h4){font-weight:700;line-height:1.25;text-wrap:balance}
.prose :where(h1){font-size:2.25em;margin-block:0 .8em}
.prose :where(h2){font-size:1.5em;margin-block:1.8em .8em}
.prose :where(h3){font-size:1.25em;margin-block:1.6em .6em}
.prose :where(h4){margin-block:1.5em .5em}
.prose :where(ul,ol){padding-inline-start:1.6em}
.prose :where(ul){list-style:disc}
.prose :where(ol){list-style:decimal}
.prose :where(li){margin-block:.5em}
.prose :where(a){text-decoration:underline;text-underline-offset:.15em}
.prose :where(strong){font-weight:600}
.prose :where(blockquote){border-inline-start:.25rem solid ${faint(25)};padding-inline-start:1em;font-style:italic}
.prose :where(pre){padding:1em;border-radius:.375rem;overflow-x:auto;background:${faint(8)}}
.prose :where(img,hr){margin-block:2em}
.prose :where(th,td){padding:.5em .75em;border-bottom:1px solid ${faint(15)};text-align:start}
.prose>:where(:nth-child(1 of :not(style))){margin-top:0}`.replaceAll("\n", "");

const sizes: Record<string, string> = {
  "prose-sm": "0.875rem",
  "prose-base": "1rem",
  "prose-lg": "1.125rem",
  "prose-xl": "1.25rem",
  "prose-2xl": "1.5rem",
};

/** What a class of the typography plugin means; nothing for those that only change colours. */
export function proseUtility(name: string): Utility | undefined {
  const css = name === "prose" ? sheet : Object.hasOwn(sizes, name) ? `.${name}{font-size:${sizes[name]}}` : undefined;
  return css === undefined ? undefined : { layer: layerOf(name, css), css, properties: new Map(), variables: [] };
}
