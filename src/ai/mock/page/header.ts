import { drawMark } from "../../../design/art/art.ts";
import { html, type Markup, raw } from "../../../design/markup.ts";
import type { PageContext, Section } from "./page-context.ts";

const styles = {
  plain: ".bar .wrap{padding-block:1.4rem}",
  ruled: ".bar{border-bottom:1px solid var(--line)}.bar .wrap{padding-block:1.1rem}",
  center:
    "@media(min-width:50rem){.bar .wrap{flex-direction:column;gap:1rem;padding-block:1.8rem 1rem}.brand{font-size:1.7rem}}.bar .wrap{padding-block:1.2rem}",
  pill: "@media(min-width:50rem){.bar{padding-top:1.1rem}.bar .wrap{max-width:calc(74rem + 2*var(--gut))}.bar nav{background:var(--card);border:1px solid var(--line);border-radius:99px;padding:.1rem 1.4rem}}.bar .wrap{padding-block:1rem}",
} as const;

const common = `.bar{position:relative;z-index:5}
.bar .wrap{display:flex;align-items:center;justify-content:space-between;gap:1rem 2rem}
.brand{display:inline-flex;align-items:center;gap:.7rem;min-height:2.75rem;min-width:0;font:700 1.25rem/1.15 var(--display);letter-spacing:-.01em;text-decoration:none;overflow-wrap:anywhere}
.brand svg{flex:none;width:2.1rem;height:2.1rem;border-radius:min(var(--r),.7rem)}
.bar nav ul{display:flex;gap:.4rem 1.7rem}
.bar nav a{display:flex;align-items:center;min-height:2.75rem;font:500 .96rem/1.2 var(--label);text-decoration:none;white-space:nowrap}
.bar nav a:hover{text-decoration:underline;text-decoration-color:var(--accent);text-decoration-thickness:2px}`;

const popover = `.menu-button{display:none}
@media(max-width:49.99rem){.bar .wide{display:none}
.menu-button{display:inline-flex;align-items:center;gap:.6rem;flex:none;min-height:2.75rem;padding:.4rem 1rem;border:1px solid var(--line);border-radius:min(var(--r),99px);background:var(--card);color:var(--ink);font:600 .95rem/1 var(--label);cursor:pointer}
.menu-button i{width:1.1rem;height:.5rem;border-block:2px solid currentColor}}
#site-menu{position:fixed;inset:4.6rem var(--gut) auto auto;margin:0;min-width:14rem;padding:.6rem 1.4rem;border:1px solid var(--line);border-radius:max(var(--r),4px);background:var(--card);color:var(--ink);box-shadow:0 1.2rem 3rem rgb(0 0 0/.22)}
#site-menu ul{flex-direction:column;gap:0}
#site-menu li+li{border-top:1px solid var(--line)}
#site-menu a{min-height:3.1rem;font-size:1.05rem}`;

const chips = `@media(max-width:49.99rem){.bar .wrap{flex-wrap:wrap;padding-bottom:.4rem}
.bar .wide{width:calc(100% + 2*var(--gut));margin-inline:calc(-1*var(--gut));overflow-x:auto;scrollbar-width:none;border-radius:0;background:none;border:0;padding:0}
.bar .wide ul{gap:.5rem;padding:.2rem var(--gut) .8rem;width:max-content}
.bar .wide a{padding:.3rem 1rem;border:1px solid var(--line);border-radius:min(var(--r),99px);background:var(--card)}}`;

/** Name and navigation: a row on a wide screen, a popover or a row of chips on a phone. */
export function header(context: PageContext, sections: readonly Section[]): { html: Markup; css: string } {
  const { name, labels, direction, random } = context;
  const links = sections.flatMap(({ id, label }) =>
    label === undefined ? [] : [html`<li><a href="#${id}">${label}</a></li>`],
  );
  const list = html`<ul>${links}</ul>`;
  const mark = raw(`<svg viewBox="0 0 40 40" aria-hidden="true">${drawMark(random.fork("mark"))}</svg>`);
  const phoneMenu =
    direction.menu === "popover" &&
    html`<button class="menu-button" type="button" popovertarget="site-menu"><i></i>${labels.menu}</button>
<nav id="site-menu" popover aria-label="${labels.menu}">${list}</nav>`;
  return {
    html: html`<header class="bar"><div class="wrap">
<a class="brand" href="#top" dir="auto">${mark}${name}</a>
<nav class="wide" aria-label="${labels.menu}">${list}</nav>
${phoneMenu}
</div></header>`,
    css: `${common}\n${styles[direction.header]}\n${direction.menu === "popover" ? popover : chips}`,
  };
}
