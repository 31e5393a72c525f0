import type { Direction } from "../../../design/direction/direction.ts";
import type { Palette } from "../../../design/direction/palette.ts";

function colors(palette: Palette): string {
  const { bg, surface, ink, muted, accent, fill, onFill, line, band, bandInk, bandMuted, bandAccent } = palette;
  return `--bg:${bg};--card:${surface};--ink:${ink};--muted:${muted};--accent:${accent};--fill:${fill};--on-fill:${onFill};--line:${line};--surface:${surface};--paper:${bg};--band:${band};--band-ink:${bandInk};--band-muted:${bandMuted};--band-accent:${bandAccent}`;
}

const buttons: Record<Direction["button"], string> = {
  pill: ".button{border-radius:99px}",
  soft: ".button{border-radius:10px}",
  square: ".button{border-radius:0}",
  outline:
    ".button{border-radius:var(--r);background:transparent;color:var(--ink)}.button:hover{background:var(--fill);color:var(--on-fill)}",
};

const textures: Record<Direction["texture"], string> = {
  none: "",
  grain: `body::before{content:"";position:absolute;inset:0;z-index:-1;opacity:.09;background-image:url("data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' width='160' height='160'%3E%3Cfilter id='n'%3E%3CfeTurbulence baseFrequency='.8' numOctaves='3' stitchTiles='stitch'/%3E%3C/filter%3E%3Crect width='160' height='160' filter='url(%23n)'/%3E%3C/svg%3E")}`,
  dots: "body{background-image:radial-gradient(var(--line) 1.2px,transparent 1.6px);background-size:22px 22px}",
  grid: "body{background-image:linear-gradient(color-mix(in oklab,var(--line) 50%,transparent) 1px,transparent 1px),linear-gradient(90deg,color-mix(in oklab,var(--line) 50%,transparent) 1px,transparent 1px);background-size:96px 96px}",
  glow: "body{background-image:radial-gradient(60rem 40rem at 85% -8rem,color-mix(in oklab,var(--fill) 22%,transparent),transparent 70%),radial-gradient(50rem 40rem at -10% 40rem,color-mix(in oklab,var(--a5) 16%,transparent),transparent 70%);background-repeat:no-repeat}",
  stripes:
    "body{background-image:repeating-linear-gradient(90deg,transparent 0 11.92%,color-mix(in oklab,var(--line) 55%,transparent) 11.92% 12%)}",
};

const edges: Record<Direction["divider"], string> = {
  none: "",
  line: `.tone-plain+.tone-plain>.wrap:first-child::before{content:"";display:block;grid-column:1/-1;border-top:1px solid var(--line);margin-bottom:var(--space)}`,
  wave: `.tone-band::before{content:"";position:absolute;inset:auto 0 calc(100% - 1px);height:clamp(18px,3vw,44px);background:var(--bg);clip-path:polygon(0 100%,0 62%,6% 44%,12% 34%,19% 32%,27% 40%,36% 56%,45% 70%,53% 76%,61% 72%,69% 58%,77% 38%,85% 20%,92% 12%,100% 16%,100% 100%)}`,
  scallop: `.tone-band::before{content:"";position:absolute;inset:auto 0 calc(100% - 1px);height:16px;background:radial-gradient(circle at 50% 100%,var(--bg) 15px,transparent 15.6px) 50% 100%/36px 16px repeat-x}`,
  zigzag: `.tone-band::before{content:"";position:absolute;inset:auto 0 calc(100% - 1px);height:14px;background:linear-gradient(135deg,transparent 50%,var(--bg) 50.5%) 0 0/28px 14px repeat-x,linear-gradient(225deg,transparent 50%,var(--bg) 50.5%) 0 0/28px 14px repeat-x}`,
};

const heads: Record<Direction["heads"], string> = {
  plain: "",
  bar: `.head h2::before{content:"";display:block;width:3.5rem;height:.38rem;margin-bottom:1.2rem;background:var(--accent);border-radius:min(var(--r),99px)}`,
  numbered: `main{counter-reset:part}.section:has(.head){counter-increment:part}.head h2::before{content:counter(part,decimal-leading-zero);display:block;margin-bottom:.9rem;font:500 1rem/1 var(--label);letter-spacing:.06em;color:var(--accent);font-style:normal}`,
  underlined: ".head h2{text-decoration:underline .07em var(--accent);text-underline-offset:.18em}",
  dotted: `.head h2:not(.ended)::after{content:".";color:var(--accent)}`,
};

const motion = `@media (prefers-reduced-motion:no-preference){
.moves-sway{animation:sway 7s ease-in-out infinite alternate;transform-box:fill-box;transform-origin:50% 100%}
.moves-float{animation:float 6s ease-in-out infinite alternate}
.moves-steam{animation:steam 5s ease-in-out infinite}
.moves-spin{animation:spin 60s linear infinite;transform-box:fill-box;transform-origin:center}
.moves-twinkle{animation:twinkle 4s ease-in-out infinite alternate}
.moves-drift{animation:drift 14s ease-in-out infinite alternate}
.moves-drip{animation:drip 2.4s ease-in infinite}
.moves-flame{animation:flame 1.6s ease-in-out infinite alternate;transform-box:fill-box;transform-origin:50% 100%}
}
@keyframes sway{from{transform:rotate(-1.6deg)}to{transform:rotate(1.6deg)}}
@keyframes float{from{transform:translateY(7px)}to{transform:translateY(-9px)}}
@keyframes steam{0%,100%{transform:translateY(8px);opacity:.45}50%{transform:translateY(-10px);opacity:1}}
@keyframes spin{to{transform:rotate(1turn)}}
@keyframes twinkle{from{opacity:.45}to{opacity:1}}
@keyframes drift{from{transform:translateX(-16px)}to{transform:translateX(16px)}}
@keyframes drip{from{transform:none;opacity:1}to{transform:translateY(110px);opacity:.7}}
@keyframes flame{from{transform:scale(1,1)}to{transform:scale(.94,1.07)}}`;

/** Content is in place without it: things only move up a little, so a page that is printed or never scrolled is whole. */
const rising = `@supports (animation-timeline:view()){@media (prefers-reduced-motion:no-preference){
.rise{animation:rise ease-out both;animation-timeline:view();animation-range:entry 0% entry 70%}
@keyframes rise{from{transform:translateY(16px)}to{transform:none}}}}`;

/** Tokens, type, layout primitives and everything that all sections share. */
export function baseStyle(direction: Direction): string {
  const { palette, night, type, radius } = direction;
  const art = palette.art.map((color, i) => `--a${i}:${color}`).join(";");
  const tones = palette.art.map((_, i) => `.f${i}{fill:var(--a${i})}.k${i}{stroke:var(--a${i})}`).join("");
  return `:root{color-scheme:${palette.dark ? "dark" : night ? "light dark" : "light"};${colors(palette)};${art};
--display:${type.display};--body:${type.body};--label:${type.label};--r:${radius}px;--scale:${type.scale};--gut:clamp(1.25rem,5vw,4rem);--space:clamp(3.6rem,7.6vw,6.6rem)}
${night ? `@media (prefers-color-scheme:dark){:root{${colors(night)}}}` : ""}
*,*::before,*::after{box-sizing:border-box}
html{scroll-padding-top:2rem;-webkit-text-size-adjust:100%;text-size-adjust:100%}
@media (prefers-reduced-motion:no-preference){html{scroll-behavior:smooth}}
body{margin:0;position:relative;isolation:isolate;background-color:var(--bg);color:var(--ink);font:400 1.0625rem/1.62 var(--body);overflow-wrap:break-word;overflow-x:clip;-webkit-font-smoothing:antialiased}
h1,h2,h3,p,ul,ol,dl,dd,figure,blockquote{margin:0;padding:0}
ul,ol{list-style:none}
h1,h2,h3,.display{font-family:var(--display);font-weight:${type.weight};line-height:${type.leading};letter-spacing:${type.tracking}em;text-wrap:balance;overflow-wrap:anywhere${type.uppercase ? ";text-transform:uppercase" : ""}}
${type.italic ? "h1,h2,.display{font-style:italic}" : ""}
h2{font-size:calc(clamp(1.9rem,1.3rem + 2.6vw,3.1rem)*${type.scale})}
h3{font-size:calc(clamp(1.15rem,1.05rem + .4vw,1.35rem)*${Math.min(type.scale, 1.08)});line-height:1.2}
p{text-wrap:pretty}
a{color:inherit;text-underline-offset:.2em;text-decoration-thickness:1px}
svg{display:block;width:100%;height:100%}
:focus-visible{outline:3px solid var(--accent);outline-offset:3px;border-radius:3px}
.wrap{width:100%;max-width:calc(74rem + 2*var(--gut));margin-inline:auto;padding-inline:var(--gut)}
.skip{position:absolute;left:1rem;top:-6rem;z-index:9;background:var(--ink);color:var(--bg);padding:.7rem 1rem}
.skip:focus{top:1rem}
.label{font:500 .9rem/1.4 var(--label);letter-spacing:.04em;color:var(--accent)}
.muted{color:var(--muted)}
.button{display:inline-flex;align-items:center;justify-content:center;gap:.6em;min-height:3rem;padding:.7em 1.5em;border:2px solid var(--fill);background:var(--fill);color:var(--on-fill);font:600 1rem/1.2 var(--label);text-decoration:none;text-align:center;transition:transform .2s,background-color .2s}
.button:hover{transform:translateY(-2px)}
${buttons[direction.button]}
.link{display:inline-flex;align-items:center;min-height:3rem;font:600 1rem/1.2 var(--label);text-decoration:underline;text-decoration-thickness:2px;text-decoration-color:var(--accent)}
.section{position:relative;padding-block:var(--space);background-color:var(--bg);color:var(--ink)}
.tone-plain{background-color:transparent}
.tone-plain+.tone-plain,:is(.hero-split,.hero-flip,.hero-center,.hero-editorial,.hero-frame)+.tone-plain{padding-top:0}
.tone-surface{--bg:var(--surface);--card:var(--paper)}
.tone-band{--bg:var(--band);--ink:var(--band-ink);--muted:var(--band-muted);--accent:var(--band-accent);--fill:var(--band-accent);--on-fill:var(--band);--line:color-mix(in oklab,var(--band-ink) 26%,var(--band));--card:color-mix(in oklab,var(--band-ink) 7%,var(--band))}
.head{display:grid;gap:.75rem;margin-bottom:clamp(2rem,4vw,3.5rem);max-width:44rem}
${heads[direction.heads]}
${textures[direction.texture]}
${edges[direction.divider]}
[class^=k]{fill:none;stroke-linecap:round;stroke-linejoin:round}
${tones}
${direction.moving ? motion : ""}
${direction.rising ? rising : ""}
@media print{.skip,.bar nav,.menu-button{display:none}}`;
}
