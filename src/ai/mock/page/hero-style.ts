import type { ArtShape, HeroLayout } from "../../../design/direction/direction.ts";

const common = `.hero{position:relative}
.hero-text{display:grid;gap:clamp(1.1rem,2vw,1.6rem);justify-items:start;align-content:center;min-width:0}
.hero .sub{font-size:clamp(1.25rem,1rem + 1.2vw,1.8rem);line-height:1.25;letter-spacing:-.01em}
.hero .lead{max-width:34em;font-size:clamp(1.08rem,1rem + .4vw,1.28rem);line-height:1.55;color:var(--muted)}
.actions{display:flex;flex-wrap:wrap;align-items:center;gap:.6rem 1.6rem;margin-top:.4rem}
.facts{display:flex;flex-wrap:wrap;gap:.8rem 2.2rem;margin-top:.6rem;padding-top:1.1rem;border-top:1px solid var(--line);width:100%}
.facts dt{font:500 .88rem/1.4 var(--label);color:var(--muted)}
.facts dd{font-weight:600}
.hero-art{position:relative;min-width:0}
.crop{overflow:hidden;height:100%;background:var(--a0)}`;

const pair = (
  columns: string,
  first: string,
): string => `.hero{max-width:calc(74rem + 2*var(--gut));margin-inline:auto;padding:clamp(1.5rem,3vw,3rem) var(--gut) var(--space);display:grid;gap:clamp(2rem,5vw,4.5rem)}
.hero-art{aspect-ratio:6/5}
@media(min-width:56rem){.hero{grid-template-columns:${columns};align-items:center}.hero-art{aspect-ratio:7/8;max-height:44rem;width:100%}${first}}`;

const layouts: Record<HeroLayout, string> = {
  split: pair("1.1fr .9fr", ""),
  flip: `${pair(".95fr 1.05fr", "")}.hero-art{order:-1}`,
  bleed: `.hero{display:grid}
.hero-art{height:clamp(19rem,70vw,44rem)}
.hero-text{background:var(--bg);padding:clamp(1.6rem,4vw,3.5rem);margin:-4rem var(--gut) 0;position:relative;z-index:1;border-radius:var(--r)}
.hero-art{order:-1}
@media(min-width:56rem){.hero-text,.hero-art{grid-area:1/1}.hero-text{align-self:end;width:min(40rem,52vw);margin:6rem 0 0 max(var(--gut),calc(50vw - 37rem));border-radius:var(--r) var(--r) 0 0}.hero-art{height:auto;min-height:min(42rem,54vw);order:0}.crop{position:absolute;inset:0;height:auto}.crop svg{width:140%}}`,
  poster: `.hero-text{max-width:calc(74rem + 2*var(--gut));margin-inline:auto;padding:clamp(2rem,5vw,4.5rem) var(--gut) clamp(2rem,4vw,3.5rem)}
.hero-art{height:clamp(17rem,46vw,38rem)}
@media(min-width:56rem){.hero-text{grid-template-columns:1fr auto;column-gap:3rem}.hero-text>*{grid-column:1/-1}.hero-text>.lead{grid-column:1}.hero-text>.actions{grid-column:2;align-self:end}}`,
  center: `.hero-text{justify-items:center;text-align:center;max-width:calc(56rem + 2*var(--gut));margin-inline:auto;padding:clamp(2rem,5vw,4.5rem) var(--gut) clamp(2rem,4vw,3.5rem)}
.hero .actions,.facts{justify-content:center}
.hero-art{width:min(100% - 2*var(--gut),66rem);margin-inline:auto;aspect-ratio:7/6;margin-bottom:var(--space)}
@media(min-width:48rem){.hero-art{aspect-ratio:7/4}}`,
  band: `.hero{background:var(--band);--bg:var(--band);--ink:var(--band-ink);--muted:var(--band-muted);--accent:var(--band-accent);--fill:var(--band-accent);--on-fill:var(--band);--line:color-mix(in oklab,var(--band-ink) 26%,var(--band));color:var(--ink);display:grid}
.hero-text{padding:clamp(3rem,7vw,6rem) var(--gut)}
.hero-art{height:clamp(20rem,90vw,34rem)}
@media(min-width:56rem){.hero{grid-template-columns:minmax(0,1.08fr) minmax(0,.92fr);min-height:min(48rem,88vh)}.hero-text{padding-left:max(var(--gut),calc(50vw - 37rem))}.hero-art{height:auto}}`,
  editorial: `.hero{max-width:calc(74rem + 2*var(--gut));margin-inline:auto;padding:clamp(1.5rem,3vw,3rem) var(--gut) var(--space)}
.hero-text .label{border-bottom:2px solid var(--ink);padding-bottom:.8rem;width:100%;color:var(--ink)}
.hero-art{margin-top:clamp(2rem,4vw,3rem);aspect-ratio:6/5}
@media(min-width:56rem){.hero-text{grid-template-columns:minmax(0,8fr) minmax(0,4fr);column-gap:4rem}.hero-text .label,.hero-text .facts{grid-column:1/-1}.hero-text h1{grid-row:2/span 3}.hero-text .lead{align-self:end}.hero-art{aspect-ratio:16/8}}`,
  frame: `.hero{margin:.4rem var(--gut) var(--space);border:2px solid var(--ink);border-radius:var(--r);overflow:hidden;display:grid;background:var(--card)}
.hero-text{padding:clamp(2rem,5vw,4.5rem) clamp(1.4rem,4vw,4rem)}
.hero-art{aspect-ratio:6/5;border-top:2px solid var(--ink)}
@media(min-width:56rem){.hero{grid-template-columns:1.05fr .95fr;min-height:min(44rem,80vh)}.hero-art{aspect-ratio:auto;border-top:0;border-left:2px solid var(--ink)}}`,
};

export const heroShapes: Record<ArtShape, string> = {
  square: "",
  soft: ".crop{border-radius:max(var(--r),18px)}",
  arch: ".crop{border-radius:50vw 50vw var(--r) var(--r)}",
  circle:
    ".hero-art{aspect-ratio:1!important;justify-self:center;margin-inline:auto;width:min(100%,100vw - 2*var(--gut),38rem)}.crop{border-radius:50%}",
  leaf: ".crop{border-radius:var(--r) 34% var(--r) 34%}",
  tilt: `.hero-art::before{content:"";position:absolute;inset:0;background:var(--fill);transform:rotate(-2.5deg);border-radius:var(--r)}.crop{position:relative;border-radius:var(--r)}`,
};

export function heroStyles(layout: HeroLayout): string {
  return `${common}\n${layouts[layout]}`;
}
