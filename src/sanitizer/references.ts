import { decodeHTML, decodeHTMLAttribute } from "entities/decode";
import { limits } from "./limits.ts";

/** A reference and, because an attribute's decoding looks at it, an equals sign after it. */
const references = /&[#A-Za-z0-9]+[;=]?/g;
const maxKnown = 1024;

type Decoder = (reference: string) => string;

/** Decodes the references of text. */
export const textReferences = remembering(decodeHTML);
/** Decodes the references of an attribute's value, where `&copy=` is no reference. */
export const attributeReferences = remembering(decodeHTMLAttribute);

/** Replaces character references as HTML does. One that is longer than any that means something stays as it is. */
export function decodeReferences(text: string, decoder: Decoder): string {
  return text.replace(references, decoder);
}

/** Pages repeat a handful of references. */
function remembering(decoder: Decoder): Decoder {
  const known = new Map<string, string>();
  return (reference) => {
    if (reference.length > limits.referenceChars) return reference;
    const remembered = known.get(reference);
    if (remembered !== undefined) return remembered;
    const decoded = decoder(reference).replaceAll("\r", "\n");
    if (known.size < maxKnown) known.set(reference, decoded);
    return decoded;
  };
}
