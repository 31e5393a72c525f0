import { flag } from "./flags.ts";

const flags = new Map<string, number>();

function mark(bits: number, names: string): void {
  for (const name of names.split(" ")) flags.set(name, (flags.get(name) ?? 0) | bits);
}

const keptFlow =
  "a abbr acronym address area article aside audio b bdi bdo big blockquote br button canvas caption center cite code col colgroup data datalist dd del details dfn dialog dir div dl dt em fieldset figcaption figure font footer form h1 h2 h3 h4 h5 h6 header hgroup hr i img input ins kbd label legend li main map mark menu meter nav nobr ol optgroup option output p picture pre progress q rb rp rt rtc ruby s samp search section select small source span strike strong style sub summary sup table tbody td textarea tfoot th thead time title tr track tt u ul var video wbr";

mark(flag.kept, keptFlow);
mark(flag.kept, "html head body meta link");
mark(flag.dropped, "script template iframe noembed noframes frameset applet");
mark(flag.void, "area base basefont bgsound br col embed frame hr img input keygen link meta param source track wbr");
mark(
  flag.special,
  "address applet area article aside base basefont bgsound blockquote body br button caption center col colgroup dd details dir div dl dt embed fieldset figcaption figure footer form frame frameset h1 h2 h3 h4 h5 h6 head header hgroup hr html iframe img input keygen li link main marquee menu meta nav noembed noframes noscript object ol p param pre script search section select source style summary table tbody td template textarea tfoot th thead title tr track ul wbr",
);
mark(flag.formatting, "a b big code em font i nobr s small strike strong tt u");
mark(
  flag.closesParagraph,
  "address article aside blockquote center details dialog dir div dl fieldset figcaption figure footer header hgroup main menu nav ol p search section summary ul h1 h2 h3 h4 h5 h6 pre form li dd dt hr table",
);
mark(flag.scope, "html table caption td th select");
mark(flag.impliedEnd, "dd dt li optgroup option p rb rp rt rtc");
mark(flag.heading, "h1 h2 h3 h4 h5 h6");
mark(
  flag.blockEnd,
  "address article aside blockquote button center details dialog dir div dl fieldset figcaption figure footer form header hgroup main menu nav ol pre search section select summary ul",
);
mark(flag.rawText, "script style title textarea iframe noembed noframes");
mark(flag.fosters, "table tbody tfoot thead tr");
mark(flag.styleSheet, "style");
mark(flag.textOnly, "option title textarea style");

/** `my-card`: no meaning without script, so it is a styled `span`. The reserved names belong to SVG and MathML. */
const customElement = /^[a-z][a-z0-9]*(?:-[a-z0-9]+)+$/;
const reserved = /^(?:annotation-xml|color-profile|font-face(?:-\w+)*|missing-glyph)$/;

/**
 * Flags of an HTML element by its lower-case name. An unknown one has none: its tags are left out, its content stays.
 */
export function htmlFlags(name: string): number {
  const known = flags.get(name);
  if (known !== undefined) return known;
  return name.includes("-") && customElement.test(name) && !reserved.test(name) ? flag.kept : 0;
}

/** Whether an element is one we know by name, so that the name may stand in a report. */
export function isKnownHtml(name: string): boolean {
  return flags.has(name);
}
