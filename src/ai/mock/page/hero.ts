import { drawHero } from "../../../design/art/art.ts";
import { capitalised } from "../../../design/brief/name.ts";
import type { Voice } from "../../../design/brief/voice.ts";
import type { Direction, HeroLayout } from "../../../design/direction/direction.ts";
import { html, type Markup } from "../../../design/markup.ts";
import { headingSize } from "./fluid.ts";
import { heroShapes, heroStyles } from "./hero-style.ts";
import type { PageContext } from "./page-context.ts";
import { shortened } from "./shortened.ts";

/** Width the heading gets on a wide screen, rem; and the size the picture is drawn for. */
const geometry: Record<HeroLayout, { columnRem: number; w: number; h: number }> = {
  split: { columnRem: 36, w: 640, h: 720 },
  flip: { columnRem: 33, w: 640, h: 720 },
  bleed: { columnRem: 32, w: 1240, h: 680 },
  poster: { columnRem: 72, w: 1280, h: 640 },
  center: { columnRem: 52, w: 1120, h: 640 },
  band: { columnRem: 34, w: 680, h: 760 },
  editorial: { columnRem: 48, w: 1120, h: 640 },
  frame: { columnRem: 32, w: 640, h: 720 },
};

/** Letters; a longer thought is begun in the heading and cut. */
const longestHeading = 140;

const tall: readonly Direction["shape"][] = ["arch", "circle", "leaf"];
const nameLeads: readonly Voice[] = ["wedding", "event", "party", "portfolio", "photographer", "blog", "topic"];

function titles(context: PageContext): { heading: string; above: string; below: string | undefined } {
  const { brief, copy, name, kicker, random } = context;
  const headline = random.fork("headline").pick(copy.headlines);
  if (brief.voice === "plain") {
    const said = shortened(brief.sentence, longestHeading);
    return { heading: said ? capitalised(said) : name, above: kicker, below: undefined };
  }
  if (nameLeads.includes(brief.voice) || random.fork("nameLeads").chance(brief.name === undefined ? 0.25 : 0.45))
    return { heading: name, above: kicker === headline ? "" : kicker, below: headline };
  return { heading: headline, above: brief.name === undefined ? kicker : `${name} · ${kicker}`, below: undefined };
}

function givenFacts({ brief: { facts, kind }, labels, kicker }: PageContext): Markup | undefined {
  const place = facts.address ?? (kind === "wedding" || kind === "event" ? facts.place : undefined);
  const rows = [
    [labels.date, facts.date],
    [labels.place, place !== undefined && kicker.includes(place) ? undefined : place],
    [labels.hours, facts.hours],
    [labels.phone, facts.phone],
  ].filter((row): row is [string, string] => row[1] !== undefined);
  return rows.length === 0
    ? undefined
    : html`<dl class="facts">${rows.map(([term, value]) => html`<div><dt>${term}</dt><dd>${value}</dd></div>`)}</dl>`;
}

const photoStyle = ".crop img{display:block;width:100%;height:100%;object-fit:cover}";

/** The first screen: what it is, what it says, what to do next, and the picture. */
export function hero(context: PageContext): { html: Markup; css: string } {
  const { brief, copy, labels, direction, random, kicker, lead, name, picture } = context;
  const { columnRem, w, h } = geometry[direction.hero];
  const { heading, above, below } = titles(context);
  const { phone } = brief.facts;
  const art =
    picture === undefined
      ? drawHero(brief.kind, brief.sentence, random.fork("art"), { w, h }, `${labels.illustration}: ${kicker}`)
      : html`<img data-slot="photo-${String(picture)}" alt="${name}">`;
  const size = headingSize(heading, {
    columnRem,
    emPerLetter: direction.type.letterEm,
    scale: direction.type.scale,
  });
  const second =
    phone === undefined
      ? html`<a class="link" href="#visit">${labels.contact}</a>`
      : html`<a class="link" href="tel:${phone.replace(/[^\d+]/g, "")}">${labels.call}</a>`;
  const shaped =
    direction.hero === "split" ||
    direction.hero === "flip" ||
    direction.hero === "center" ||
    direction.hero === "editorial";
  const shape =
    shaped && !(direction.hero === "editorial" && tall.includes(direction.shape)) ? direction.shape : "square";
  return {
    html: html`<div class="hero hero-${direction.hero}" id="top"><div class="hero-text">
${above !== "" && html`<p class="label" dir="auto">${above}</p>`}
<h1 dir="auto">${heading}</h1>
${below !== undefined && html`<p class="display sub">${below}</p>`}
<p class="lead" dir="auto">${lead}</p>
<p class="actions"><a class="button" href="#list">${copy.action}</a>${second}</p>
${givenFacts(context)}
</div><div class="hero-art shape-${shape}"><div class="crop">${art}</div></div></div>`,
    css: `h1{font-size:calc(${size}*${direction.type.scale})}\n${heroStyles(direction.hero)}\n${heroShapes[shape]}${picture === undefined ? "" : `\n${photoStyle}`}`,
  };
}
