import { mkdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { OutputError } from "../errors.ts";
import { getContentType, isBundlePath } from "./bundle-path.ts";
import { compressVariants, encodingSuffixes } from "./content-encoding.ts";
import { createFile, syncDirectory } from "./durable-write.ts";
import { formatManifest, type Manifest, type ManifestFile } from "./manifest.ts";

const maxFiles = 200;
export const maxFileBytes = 16 * 1024 * 1024;
const maxBundleBytes = 64 * 1024 * 1024;

/** Path within the bundle → content, already sanitized. */
export type BundleFiles = ReadonlyMap<string, string | Uint8Array>;

/** One file as it will stand on disk. */
export interface PreparedFile extends ManifestFile {
  content: Uint8Array;
}

/**
 * Turns pages and assets into the files of a bundle: hashed, and each text with its variants.
 *
 * @throws {RangeError} If a name is not one a bundle may hold, or `index.html` is missing.
 * @throws {OutputError} If there are more than 200 files, 16 MiB in one or 64 MiB in all.
 */
export async function prepareFiles(files: BundleFiles): Promise<Map<string, PreparedFile>> {
  if (!files.has("index.html")) throw new RangeError("a bundle needs an index.html");
  if (files.size > maxFiles) throw tooLarge(`more than ${maxFiles} files`);
  const prepared = new Map<string, PreparedFile>();
  let total = 0;
  for (const [path, given] of files) {
    if (!isBundlePath(path)) throw new RangeError("a bundle cannot hold a file of that name");
    const content = typeof given === "string" ? new TextEncoder().encode(given) : given;
    total += content.byteLength;
    if (content.byteLength > maxFileBytes) throw tooLarge(`a file over ${maxFileBytes} bytes`);
    if (total > maxBundleBytes) throw tooLarge(`more than ${maxBundleBytes} bytes`);
    const type = getContentType(path);
    prepared.set(path, { ...describe(content, type), content });
    for (const [encoding, variant] of await compressVariants(path, content)) {
      const name = path + encodingSuffixes[encoding];
      prepared.set(name, { ...describe(variant, type), encoding, content: variant });
    }
  }
  return prepared;
}

/** Writes a complete bundle into a directory that does not exist yet. When it returns, everything is on the disk. */
export async function writeBundle(
  directory: string,
  manifest: Manifest,
  files: ReadonlyMap<string, PreparedFile>,
): Promise<void> {
  await mkdir(directory);
  const folders = new Set([...files.keys()].flatMap(parents));
  for (const folder of [...folders].sort()) await mkdir(join(directory, folder));
  for (const [path, { content }] of files) await createFile(join(directory, path), content);
  await createFile(join(directory, "manifest.json"), formatManifest(manifest));
  for (const folder of folders) await syncDirectory(join(directory, folder));
  await syncDirectory(directory);
}

function parents(path: string): string[] {
  const folder = dirname(path);
  return folder === "." ? [] : [...parents(folder), folder];
}

function describe(content: Uint8Array, type: string): ManifestFile {
  return { sha256: hashContent(content), size: content.byteLength, type };
}

/** SHA-256 as lower-case hexadecimal. */
export function hashContent(content: Uint8Array): string {
  return new Bun.CryptoHasher("sha256").update(content).digest("hex");
}

function tooLarge(what: string): OutputError {
  return new OutputError(`The page is too large to publish: ${what}.`, { reason: "too_large" });
}
