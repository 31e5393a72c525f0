import type { Namespace } from "../tree/element.ts";

/**
 * How an attribute's value is checked. `text` is anything (it is escaped), `identity` likewise but not for an animation to set; `flag` is written empty; a list allows these
 * values; the rest is by meaning.
 */
export type AttributeKind =
  | "text"
  | "identity"
  | "flag"
  | "id"
  | "style"
  | "link"
  | "image"
  | "media"
  | "srcset"
  | "fragment"
  | "paint"
  | "command"
  | "animated"
  | "schema"
  | readonly string[];

type Kinds = Record<string, AttributeKind>;

function text(names: string): Kinds {
  return all(names, "text");
}

function flags(names: string): Kinds {
  return all(names, "flag");
}

function all(names: string, kind: AttributeKind): Kinds {
  return Object.fromEntries(names.split(" ").map((name) => [name, kind]));
}

/** Allowed on every HTML element, besides `data-*` and `aria-*`. */
const globalAttributes: Kinds = {
  ...text(
    "class title lang dir role tabindex slot part accesskey contenteditable spellcheck translate draggable enterkeyhint inputmode autocapitalize autocorrect writingsuggestions itemprop itemref hidden align valign bgcolor width height nowrap anchor headingoffset prefix typeof property",
  ),
  ...flags("inert autofocus itemscope headingreset"),
  id: "id",
  style: "style",
  itemtype: "schema",
  itemid: "schema",
  popover: ["", "auto", "manual", "hint"],
};

const link: Kinds = { href: "link", target: ["_blank"], ...text("rel download hreflang type") };
const invoker: Kinds = {
  ...text("popovertarget commandfor interestfor"),
  popovertargetaction: ["toggle", "show", "hide"],
  command: "command",
};
const control: Kinds = { ...text("form"), name: "id", ...flags("disabled") };
const player: Kinds = {
  src: "media",
  ...flags("controls autoplay loop muted disablepictureinpicture disableremoteplayback"),
  ...text("preload controlslist"),
};
const cell: Kinds = text("colspan rowspan headers scope abbr axis char charoff border bordercolor");

/** Allowed on one element besides the global ones. */
const elementAttributes: Record<string, Kinds> = {
  a: { ...link, name: "id", ...invoker },
  area: { ...link, ...text("alt shape coords") },
  audio: player,
  blockquote: { cite: "link" },
  body: text("text link vlink alink"),
  br: text("clear"),
  button: { ...control, ...text("value"), type: ["button", "submit", "reset"], ...invoker, ...flags("formnovalidate") },
  caption: text("char"),
  col: text("span char charoff"),
  colgroup: text("span char charoff"),
  data: text("value"),
  del: { cite: "link", ...text("datetime") },
  details: { ...flags("open"), name: "id" },
  dialog: { ...flags("open"), closedby: ["any", "closerequest", "none"] },
  dir: text("type compact"),
  dl: text("compact"),
  fieldset: control,
  font: text("color face size"),
  form: { ...text("autocomplete rel"), ...flags("novalidate") },
  hr: text("color noshade size"),
  img: {
    src: "image",
    srcset: "srcset",
    usemap: "fragment",
    ...text("alt sizes loading decoding fetchpriority border hspace vspace"),
  },
  input: {
    ...control,
    src: "image",
    ...text(
      "type value placeholder min max step pattern maxlength minlength size list accept autocomplete alt capture",
    ),
    ...text("dirname colorspace"),
    ...flags("required readonly checked multiple formnovalidate switch alpha"),
    ...invoker,
  },
  ins: { cite: "link", ...text("datetime") },
  label: text("for"),
  legend: text("char"),
  li: text("value type"),
  link: { href: "image", rel: "text", ...text("sizes type media color") },
  map: { name: "id" },
  menu: text("type compact"),
  meta: text("name content property media"),
  meter: text("value min max low high optimum form"),
  ol: { ...flags("reversed"), ...text("start type compact") },
  optgroup: { ...flags("disabled"), ...text("label") },
  option: { ...flags("disabled selected"), ...text("label value") },
  output: { ...control, ...text("for") },
  progress: text("value max"),
  q: { cite: "link" },
  select: { ...control, ...flags("required multiple"), ...text("size autocomplete") },
  source: { src: "media", srcset: "srcset", ...text("sizes media type") },
  style: text("media"),
  table: text("border bordercolor cellpadding cellspacing summary rules frame"),
  td: cell,
  textarea: {
    ...control,
    ...flags("required readonly"),
    ...text("rows cols placeholder maxlength minlength wrap autocomplete dirname"),
  },
  th: cell,
  time: text("datetime"),
  track: { src: "media", ...text("kind srclang label"), ...flags("default") },
  ul: text("type compact"),
  video: { ...player, poster: "image", ...flags("playsinline") },
};

/** Presentation attributes of SVG whose value is CSS and may point to a paint server, filter or mask of this page. */
const paint =
  "fill stroke filter mask clip-path marker-start marker-mid marker-end cursor color flood-color lighting-color stop-color";

/** The other attributes of SVG, in proper case. What has a meaning beyond drawing is not among them. */
const drawing =
  "accumulate additive alignment-baseline amplitude attributeType azimuth baseFrequency baseline-shift baseProfile begin bias by calcMode clip clip-rule clipPathUnits color-interpolation color-interpolation-filters color-rendering cx cy d diffuseConstant direction display divisor dominant-baseline dur dx dy edgeMode elevation end exponent fill-opacity fill-rule filterUnits flood-opacity focusable font-family font-size font-size-adjust font-stretch font-style font-variant font-weight from fr fx fy glyph-orientation-horizontal glyph-orientation-vertical gradientTransform gradientUnits height image-rendering in in2 intercept isolation k1 k2 k3 k4 kernelMatrix kernelUnitLength keyPoints keySplines keyTimes lengthAdjust letter-spacing limitingConeAngle markerHeight markerUnits markerWidth mask-type maskContentUnits maskUnits max method min mix-blend-mode mode numOctaves offset opacity operator order orient orientation origin overflow paint-order path pathLength patternContentUnits patternTransform patternUnits pointer-events points pointsAtX pointsAtY pointsAtZ preserveAlpha preserveAspectRatio primitiveUnits r radius refX refY repeatCount repeatDur requiredExtensions restart result rotate rx ry scale seed shape-rendering side slope spacing specularConstant specularExponent spreadMethod startOffset stdDeviation stitchTiles stop-opacity stroke-dasharray stroke-dashoffset stroke-linecap stroke-linejoin stroke-miterlimit stroke-opacity stroke-width surfaceScale systemLanguage tableValues targetX targetY text-anchor text-decoration text-overflow text-rendering textLength to transform transform-box transform-origin type unicode-bidi values vector-effect version viewBox viewTarget visibility white-space width word-spacing writing-mode x x1 x2 xChannelSelector y y1 y2 yChannelSelector z zoomAndPan";

const svgGlobal: Kinds = {
  ...text("role tabindex lang"),
  ...text(drawing),
  ...all(paint, "paint"),
  // What an animation sets on another element is checked as that element's own value would be.
  ...all("from to by values", "paint"),
  attributeName: "animated",
  id: "id",
  class: "identity",
  style: "style",
  "xml:space": ["preserve", "default"],
};

const svgElementAttributes: Record<string, Kinds> = {
  svg: { xmlns: ["http://www.w3.org/2000/svg"] },
  a: link,
  image: { href: "image", ...text("decoding") },
  feImage: { href: "image" },
  style: text("media"),
};

const mathAttributes: Kinds = {
  ...text(
    "alttext class dir lang display displaystyle scriptlevel mathvariant mathsize mathcolor mathbackground accent accentunder align columnalign columnlines columnspacing columnspan depth fence form frame framespacing height largeop linethickness lspace rspace maxsize minsize movablelimits notation rowalign rowlines rowspacing rowspan separator side stretchy symmetric voffset width",
  ),
  id: "id",
  style: "style",
  xmlns: ["http://www.w3.org/1998/Math/MathML"],
};

const named = /^(?:data|aria)-[a-z0-9_.:-]+$/;

/** An attribute that is allowed: its name in proper case, how its value is checked, and what it is written with. */
export interface AllowedAttribute {
  name: string;
  kind: AttributeKind;
  /** Everything before the value: ` name="`. */
  opening: string;
}

function allow(name: string, kind: AttributeKind): AllowedAttribute {
  return { name, kind, opening: ` ${name}="` };
}

/** Lower-case name → what is allowed. */
export type AttributeTable = ReadonlyMap<string, AllowedAttribute>;

function table(...kinds: Kinds[]): AttributeTable {
  const entries = Object.entries(Object.assign({}, ...kinds) as Kinds);
  return new Map(entries.map(([name, kind]) => [name.toLowerCase(), allow(name, kind)]));
}

const htmlDefault = table(globalAttributes);
const htmlByElement = new Map(
  Object.entries(elementAttributes).map(([element, own]) => [element, table(globalAttributes, own)]),
);
const svgDefault = table(svgGlobal, { href: "fragment" });
const svgByElement = new Map(
  Object.entries(svgElementAttributes).map(([element, own]) => [element, table(svgGlobal, { href: "fragment" }, own)]),
);
const mathDefault = table(mathAttributes);

/**
 * @param table Of the element that has the attribute.
 * @param name Lower case.
 * @returns Nothing if the attribute is not allowed there.
 */
export function findAttribute(table: AttributeTable, name: string): AllowedAttribute | undefined {
  return table.get(name) ?? (named.test(name) ? allow(name, "text") : undefined);
}

/** @param element In proper case. */
export function attributesOf(namespace: Namespace, element: string): AttributeTable {
  if (namespace === "html") return htmlByElement.get(element) ?? htmlDefault;
  return namespace === "svg" ? (svgByElement.get(element) ?? svgDefault) : mathDefault;
}

/** Whether an animation may set this attribute (in any case): only what draws, never an address or an identity. */
export function isAnimatable(name: string): boolean {
  const kind = svgDefault.get(name.toLowerCase())?.kind;
  return kind === "text" || kind === "paint";
}
