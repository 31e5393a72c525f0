import { type PagePicture, picturePattern } from "./page-picture.ts";

/**
 * The person's pictures that a revision has, to be placed on a page once more, in their order.
 *
 * @param after Only those with a higher number than this.
 */
export function keptPictures(assets: ReadonlyMap<string, Uint8Array>, after: number): PagePicture[] {
  const byNumber = new Map<number, PagePicture["variants"][number][]>();
  for (const [path, bytes] of assets) {
    const number = Number(picturePattern.exec(path)?.[1] ?? 0);
    const size = number > after ? webpSize(bytes) : undefined;
    if (size) byNumber.set(number, [...(byNumber.get(number) ?? []), { ...size, bytes }]);
  }
  return [...byNumber]
    .sort(([a], [b]) => a - b)
    .map(([, variants]) => ({ alt: "", variants: variants.toSorted((a, b) => b.width - a.width) }));
}

/** @see https://developers.google.com/speed/webp/docs/riff_container */
function webpSize(bytes: Uint8Array): { width: number; height: number } | undefined {
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.length < 30 || view.toString("latin1", 0, 4) !== "RIFF") return undefined;
  switch (view.toString("latin1", 8, 16)) {
    case "WEBPVP8 ":
      return { width: view.readUInt16LE(26) & 0x3fff, height: view.readUInt16LE(28) & 0x3fff };
    case "WEBPVP8L": {
      const bits = view.readUInt32LE(21);
      return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 };
    }
    case "WEBPVP8X":
      return { width: view.readUIntLE(24, 3) + 1, height: view.readUIntLE(27, 3) + 1 };
    default:
      return undefined;
  }
}
