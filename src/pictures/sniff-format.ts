/** The kinds of picture that are read. Vector formats are programs in disguise and are not among them. */
export type PictureFormat = "jpeg" | "png" | "webp" | "gif" | "heic" | "avif";

const signatures: readonly (readonly [PictureFormat, RegExp])[] = [
  ["jpeg", /^\xff\xd8\xff/],
  ["png", /^\x89PNG\r\n/],
  ["gif", /^GIF8[79]a/],
  ["webp", /^RIFF....WEBP/s],
  ["avif", /^....ftyp(?:avif|avis)/s],
  ["heic", /^....ftyp(?:heic|heix|heim|heis|mif1|msf1)/s],
];

/** What the bytes are, by how they begin: a name or a declared type proves nothing. */
export function sniffFormat(bytes: Uint8Array): PictureFormat | undefined {
  const start = Buffer.from(bytes.subarray(0, 16)).toString("latin1");
  return signatures.find(([, pattern]) => pattern.test(start))?.[0];
}
