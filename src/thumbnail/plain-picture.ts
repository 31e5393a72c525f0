import { crc32, deflateSync } from "node:zlib";
import { thumbnailSize } from "./create-thumbnailer.ts";

/**
 * A PNG of one colour in the thumbnail's size, a few hundred bytes. The page's head names the picture before anybody
 * knows whether there will be one; when there is not, this stands in its place and nothing is broken.
 *
 * @param color `#rrggbb`.
 */
export function drawPlainPicture(color: string): Uint8Array {
  const { width, height } = thumbnailSize;
  const rgb = [1, 3, 5].map((at) => Number.parseInt(color.slice(at, at + 2), 16) || 0);
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  // One bit a pixel, taken from a palette.
  header.set([1, 3, 0, 0, 0], 8);
  const rows = Buffer.alloc((1 + Math.ceil(width / 8)) * height);
  return Buffer.concat([
    Buffer.from("\x89PNG\r\n\x1a\n", "latin1"),
    chunk("IHDR", header),
    chunk("PLTE", Buffer.from(rgb)),
    chunk("IDAT", deflateSync(rows)),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

function chunk(type: string, data: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const framed = Buffer.alloc(body.byteLength + 8);
  framed.writeUInt32BE(data.byteLength, 0);
  framed.set(body, 4);
  framed.writeUInt32BE(crc32(body), body.byteLength + 4);
  return framed;
}
