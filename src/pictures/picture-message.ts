import { type Picture, PictureError, type PictureProblem, type PictureVariant } from "./picture.ts";

/**
 * What the process that resizes says on its standard output: a line of JSON, then the bytes of every variant, in order.
 */
type Header = { variants: { width: number; height: number; size: number }[] } | { problem: PictureProblem };

export function formatPicture({ variants }: Picture): Uint8Array {
  const header: Header = {
    variants: variants.map(({ width, height, bytes }) => ({ width, height, size: bytes.byteLength })),
  };
  return Buffer.concat([Buffer.from(`${JSON.stringify(header)}\n`), ...variants.map(({ bytes }) => bytes)]);
}

export function formatProblem(problem: PictureProblem): Uint8Array {
  return Buffer.from(`${JSON.stringify({ problem } satisfies Header)}\n`);
}

/** @throws {PictureError} What the other side said, or `unreadable` when it died in the middle. */
export function parsePicture(message: Uint8Array): Picture {
  const end = message.indexOf(0x0a);
  if (end < 0) throw new PictureError("unreadable");
  const header = JSON.parse(Buffer.from(message.subarray(0, end)).toString()) as Header;
  if ("problem" in header) throw new PictureError(header.problem);
  let at = end + 1;
  const variants = header.variants.map(({ width, height, size }): PictureVariant => {
    const bytes = message.slice(at, at + size);
    at += size;
    return { width, height, bytes };
  });
  if (at !== message.byteLength || variants.length === 0) throw new PictureError("unreadable");
  return { variants };
}
