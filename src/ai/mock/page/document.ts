import { drawMark } from "../../../design/art/art.ts";
import { iconUrl } from "../../../design/art/icon.ts";
import { capitalised } from "../../../design/brief/name.ts";
import { html, type Markup, raw } from "../../../design/markup.ts";
import { baseStyle } from "./base-style.ts";
import { footer } from "./footer.ts";
import { header } from "./header.ts";
import { hero } from "./hero.ts";
import type { PageContext, Section } from "./page-context.ts";
import { planSections } from "./sections/plan.ts";
import { shortened } from "./shortened.ts";

function section({ id, html: content, tone }: Section): Markup {
  return html`<section class="section tone-${tone ?? "plain"}" id="${id}">
${content}
</section>
`;
}

/** Two neighbours never share a coloured ground. */
function alternate(sections: readonly Section[]): Section[] {
  let previous: Section["tone"];
  return sections.map((one) => {
    const { tone, ...rest } = one;
    const kept = tone !== undefined && tone !== previous ? { ...rest, tone } : rest;
    previous = "tone" in kept ? kept.tone : undefined;
    return kept;
  });
}

/** The whole HTML document. */
export function writeDocument(context: PageContext): string {
  const { brief, labels, direction, name, kicker, lead, random } = context;
  const sections = alternate(planSections(context));
  const [top, first, end] = [header(context, sections), hero(context), footer(context)];
  const title = brief.voice === "plain" ? capitalised(shortened(brief.sentence, 60)) || name : `${name} – ${kicker}`;
  const css = [baseStyle(direction), top.css, first.css, ...sections.map((one) => one.css), end.css].join("\n");
  return html`<!DOCTYPE html>
<html lang="${brief.language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<meta name="description" content="${lead}">
<meta name="theme-color" content="${direction.palette.bg}">
<meta property="og:title" content="${title}">
<meta property="og:description" content="${lead}">
<meta property="og:type" content="website">
<link rel="icon" href="${iconUrl(drawMark(random.fork("mark")), direction.palette.art)}">
<style>
${raw(css)}
</style>
</head>
<body>
<a class="skip" href="#main">${labels.skip}</a>
${top.html}
<main id="main">
${first.html}
${sections.map(section)}</main>
${end.html}
</body>
</html>
`.text;
}
