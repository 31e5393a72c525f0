const prefix = "data:image/webp;base64,";

/**
 * A picture as the text that takes the place of a messenger's name for it: it travels with its job, for want of a place
 * to fetch it from. No messenger's name has a colon in it.
 */
export function carryPicture(webp: Uint8Array): string {
  return prefix + Buffer.from(webp).toString("base64");
}

/** @returns `undefined` for the name of a picture that has to be fetched. */
export function readCarriedPicture(text: string): Uint8Array | undefined {
  return text.startsWith(prefix) ? Buffer.from(text.slice(prefix.length), "base64") : undefined;
}
