import { type DefaultTreeAdapterTypes, parse } from "parse5";
import { readCss } from "./css-addresses.ts";

type Element = DefaultTreeAdapterTypes.Element;

const forbiddenElements = new Set(
  "script noscript template iframe frame frameset object embed applet base basefont bgsound param portal fencedframe noembed noframes xmp plaintext listing isindex keygen marquee foreignObject annotation annotation-xml maction mglyph malignmark handler listener discard set:href tbreak slot shadow".split(
    " ",
  ),
);
const forbiddenAttributes =
  /^(?:on|srcdoc$|action$|formaction$|formtarget$|formenctype$|enctype$|ping$|background$|manifest$|http-equiv$|xlink:|xml:base$|base$|codebase$|classid$|archive$|longdesc$|profile$|dynsrc$|lowsrc$|attributionsrc$|imagesrcset$|is$|shadowrootmode$|data$|srclang:|nonce$|integrity$|crossorigin$|referrerpolicy$|blocking$|sandbox$|allow|csp$|fetchpriority:|browsingtopics$|adauctionheaders$|sharedstorage|privatetoken|credentialless$|elementtiming$)/i;
const linkSchemes = new Set(["http:", "https:", "mailto:", "tel:", "tg:"]);
/** Where a page lies: what it loads has to lie below. */
const base = "https://site.test/p/abc/";
const paints = /^(?:fill|stroke|filter|mask|clip-path|marker-(?:start|mid|end)|cursor|from|to|by|values)$/;
const safeData =
  /^data:(?:image\/(?:png|apng|jpe?g|gif|webp|avif|bmp|svg\+xml|x-icon|vnd\.microsoft\.icon)|font\/[a-z0-9]+|application\/(?:x-)?font-[a-z0-9]+|(?:audio|video)\/[a-z0-9.+-]+)[;,]/i;

/**
 * What a page that has been sanitized must not hold, looked for in the tree of a standards parser, with the URL parser
 * of the platform and a CSS tokenizer that is not ours.
 */
export function findDangers(html: string): string[] {
  const dangers: string[] = [];
  const visit = (node: DefaultTreeAdapterTypes.ChildNode): void => {
    if (node.nodeName === "#comment") dangers.push("a comment");
    if (!("tagName" in node)) return;
    dangers.push(...dangersOf(node).map((danger) => `<${node.tagName}>: ${danger}`));
    if ("content" in node) dangers.push("template content");
    node.childNodes.forEach(visit);
  };
  parse(html).childNodes.forEach(visit);
  return dangers;
}

function dangersOf(element: Element): string[] {
  const found = dangersOfKind(element);
  for (const { name, value, prefix } of element.attrs) {
    const full = prefix ? `${prefix}:${name}` : name;
    if (forbiddenAttributes.test(full)) found.push(`attribute ${full}`);
    found.push(...dangersOfValue(element, full, value));
  }
  return found;
}

function dangersOfKind(element: Element): string[] {
  const { tagName: name } = element;
  const found: string[] = [];
  if (forbiddenElements.has(name)) found.push("element");
  if (name === "link" && !/\bicon\b|mask-icon/.test(attribute(element, "rel") ?? "")) found.push("link");
  if (name === "input" && attribute(element, "type")?.trim().toLowerCase() === "password") found.push("password");
  if (name === "form" && attribute(element, "method") !== "dialog") found.push("form");
  if (name === "style") {
    for (const child of element.childNodes) if ("value" in child) found.push(...dangersOfCss(child.value));
  }
  return found;
}

function dangersOfValue(element: Element, name: string, value: string): string[] {
  const isSvg = element.namespaceURI.endsWith("svg");
  const isLink = element.tagName === "a" || element.tagName === "area";
  if (isSvg && paints.test(name)) return dangersOfCss(value);
  switch (name.toLowerCase()) {
    case "style":
      return dangersOfCss(value);
    case "href":
      return isLink ? dangersOfLink(element, value) : dangersOfAddress(value, isSvg);
    case "cite":
      return isSafeLink(value) ? [] : [`cite ${value}`];
    case "src":
    case "poster":
      return dangersOfAddress(value, false);
    case "srcset":
      return value.split(/, /).flatMap((candidate) => dangersOfAddress(candidate.split(" ")[0] ?? "", false));
    case "target":
      return value === "_blank" ? [] : [`target ${value}`];
    case "attributename":
      return /href|^on|src|style|class|^id$|xmlns|:/i.test(value) ? [`animates ${value}`] : [];
    default:
      return [];
  }
}

function dangersOfLink(element: Element, href: string): string[] {
  if (!isSafeLink(href)) return [`href ${href}`];
  const protections = ["noopener", "noreferrer", "nofollow"];
  const relations = (attribute(element, "rel") ?? "").split(" ");
  const leaves = new URL(href, base).origin !== new URL(base).origin;
  const isProtected = protections.every((relation) => relations.includes(relation));
  return leaves && !isProtected ? [`unprotected ${href}`] : [];
}

function isSafeLink(href: string): boolean {
  const url = URL.parse(href, base);
  // A link that is no URL leads nowhere.
  return url === null || linkSchemes.has(url.protocol);
}

function dangersOfAddress(address: string, mayBeFragment: boolean): string[] {
  if (mayBeFragment && address.startsWith("#")) return [];
  if (safeData.test(address)) return [];
  const url = URL.parse(address, base);
  return url?.href.startsWith(base) && url.pathname !== new URL(base).pathname ? [] : [`loads ${address}`];
}

function dangersOfCss(css: string): string[] {
  const { addresses, atRules, functions, names } = readCss(css);
  const found = addresses.flatMap((address) => dangersOfAddress(address, true));
  if (css.includes("<")) found.push("css with <");
  if (atRules.some((name) => ["import", "namespace", "charset", "document", "-moz-document"].includes(name)))
    found.push("css at-rule");
  if (functions.some((name) => ["expression", "src"].includes(name))) found.push("css function");
  if (names.some((name) => ["-moz-binding", "behavior", "-ms-behavior"].includes(name))) found.push("css property");
  return found;
}

function attribute(element: Element, name: string): string | undefined {
  return element.attrs.find((one) => one.name === name)?.value;
}
