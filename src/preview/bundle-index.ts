import { encodingSuffixes } from "../bundles/content-encoding.ts";
import type { Manifest, ManifestFile } from "../bundles/manifest.ts";
import type { Coding } from "./accept-encoding.ts";

/** Path → file, for every path of a revision that exists. Variants and the manifest are not paths. */
export type BundleIndex = ReadonlyMap<string, ServedFile>;

export interface ServedFile {
  type: string;
  /** The file itself, and its precompressed variants. */
  representations: Map<Coding, Representation>;
}

/** The bytes of one file in one coding. */
export interface Representation {
  /** On disk, below the root; made of the manifest's names, never of a request's. */
  storedAt: string;
  coding: Coding;
  sha256: string;
  size: number;
  /** Strong: a hash of these very bytes. */
  etag: string;
}

export function indexBundle({ siteId, revision, files }: Manifest): BundleIndex {
  const index = new Map<string, ServedFile>();
  for (const [storedName, stored] of files) {
    const { encoding } = stored;
    const path = encoding ? storedName.slice(0, -encodingSuffixes[encoding].length) : storedName;
    const file = describeFile(stored, `${siteId}/r${revision}/${storedName}`);
    const known = index.get(path);
    if (known)
      for (const [coding, representation] of file.representations) known.representations.set(coding, representation);
    else index.set(path, file);
  }
  return index;
}

/** A file in the one coding it is stored in. */
export function describeFile({ sha256, size, type, encoding }: ManifestFile, storedAt: string): ServedFile {
  const coding = encoding ?? "identity";
  const etag = `"${Buffer.from(sha256, "hex").toString("base64url").slice(0, 27)}"`;
  return { type, representations: new Map([[coding, { storedAt, coding, sha256, size, etag }]]) };
}
