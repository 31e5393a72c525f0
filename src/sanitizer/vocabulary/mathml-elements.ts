import { flag } from "./flags.ts";

const elements = new Map<string, number>();

function add(bits: number, names: string): void {
  for (const name of names.split(" ")) elements.set(name, bits);
}

add(
  flag.kept,
  "math mrow mfrac msqrt mroot mstyle merror mpadded mphantom mspace menclose msub msup msubsup munder mover munderover mmultiscripts mprescripts none mtable mtr mtd semantics",
);
// Text integration points: their content is HTML to the parser, and text only in what we write.
add(flag.kept | flag.integrationPoint | flag.textOnly, "mi mn mo ms mtext");
add(flag.dropped, "annotation");
add(flag.dropped | flag.integrationPoint, "annotation-xml");

/** Flags of a MathML element; one that is unknown goes with its content. */
export function mathFlags(name: string): number {
  return elements.get(name) ?? flag.dropped;
}
