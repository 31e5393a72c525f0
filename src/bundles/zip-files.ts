/** One ZIP archive of all files, by path. The library builds its tables when it is loaded: only who zips pays for that. */
export async function zipFiles(files: ReadonlyMap<string, Uint8Array>): Promise<Uint8Array> {
  const { zipSync } = await import("fflate");
  return zipSync(Object.fromEntries(files));
}
