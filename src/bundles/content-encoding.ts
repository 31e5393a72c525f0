import { promisify } from "node:util";
import { brotliCompress, constants } from "node:zlib";

/** Encodings kept beside each text file, best first, and the suffix of the stored variant. */
export const encodingSuffixes = { br: ".br", zstd: ".zst", gzip: ".gz" } as const;

export type ContentEncoding = keyof typeof encodingSuffixes;

export const contentEncodings = Object.keys(encodingSuffixes) as readonly ContentEncoding[];

const compressible = /\.(?:html|css|svg|txt|json|ico)$/;
const compressBrotli = promisify(brotliCompress);

/**
 * The variants of a file that are worth keeping: text only, and only where the variant is smaller.
 *
 * Levels are the knee of each curve on a 32 KB page. Each takes about a millisecond, also for the first page of a
 * process: brotli 9 would save another 1 % and touch 33 MB of fresh memory, which is 100 ms for who makes one page.
 */
export async function compressVariants(path: string, content: Uint8Array): Promise<Map<ContentEncoding, Uint8Array>> {
  const variants = new Map<ContentEncoding, Uint8Array>();
  if (!compressible.test(path)) return variants;
  const params = {
    [constants.BROTLI_PARAM_QUALITY]: 5,
    [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
    [constants.BROTLI_PARAM_SIZE_HINT]: content.byteLength,
  };
  const candidates: [ContentEncoding, Uint8Array][] = [
    ["br", await compressBrotli(content, { params })],
    ["zstd", await Bun.zstdCompress(content as Uint8Array<ArrayBuffer>, { level: 12 })],
    ["gzip", Bun.gzipSync(content as Uint8Array<ArrayBuffer>, { level: 9 })],
  ];
  for (const [encoding, bytes] of candidates) {
    if (bytes.byteLength < content.byteLength) variants.set(encoding, bytes);
  }
  return variants;
}
