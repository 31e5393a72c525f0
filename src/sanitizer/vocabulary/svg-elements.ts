import { flag } from "./flags.ts";

/** Lower-case name → name as written, flags. Everything else in SVG goes with its content. */
const elements = new Map<string, { name: string; flags: number }>();

function add(bits: number, names: string): void {
  for (const name of names.split(" ")) elements.set(name.toLowerCase(), { name, flags: bits });
}

add(
  flag.kept,
  "svg g defs symbol use switch a view path rect circle ellipse line polyline polygon text tspan textPath image marker pattern mask clipPath linearGradient radialGradient stop filter animate animateMotion animateTransform set mpath",
);
add(
  flag.kept,
  "feBlend feColorMatrix feComponentTransfer feComposite feConvolveMatrix feDiffuseLighting feDisplacementMap feDistantLight feDropShadow feFlood feFuncA feFuncB feFuncG feFuncR feGaussianBlur feImage feMerge feMergeNode feMorphology feOffset fePointLight feSpecularLighting feSpotLight feTile feTurbulence",
);
add(flag.kept | flag.integrationPoint | flag.textOnly, "desc title");
add(flag.kept | flag.styleSheet | flag.textOnly, "style");
add(flag.dropped | flag.integrationPoint, "foreignObject");

const unknown = { name: "", flags: flag.dropped };

/** The SVG element of a lower-case tag name, in its proper case. */
export function svgElement(lowerName: string): { name: string; flags: number } {
  return elements.get(lowerName) ?? unknown;
}
