import { constants } from "node:fs";
import { open, realpath } from "node:fs/promises";
import { basename, dirname, join } from "node:path";

/** The thing under that name is a link, a fifo, a device, a directory, or larger than allowed. */
export class IrregularFileError extends Error {
  override readonly name = "IrregularFileError";
}

/**
 * Reads a file that must really be one: no symbolic link below `root` on the way or at the end, no
 * fifo or device opened for longer than it takes to see what it is (`O_NONBLOCK`), no more than
 * `maxBytes`.
 *
 * @param path Relative to `root`, already validated.
 * @throws {IrregularFileError} If it is anything else, and the system's error if it cannot be read.
 */
export async function readRegularFile(root: string, path: string, maxBytes: number): Promise<Uint8Array<ArrayBuffer>> {
  const folder = join(await realpath(root), dirname(path));
  if ((await realpath(folder)) !== folder) throw new IrregularFileError("a link leads to this file");
  const { O_RDONLY, O_NOFOLLOW, O_NONBLOCK } = constants;
  const file = await open(join(folder, basename(path)), O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
  try {
    const { size, isRegular } = await file.stat().then((stat) => ({ size: stat.size, isRegular: stat.isFile() }));
    if (!isRegular || size > maxBytes) throw new IrregularFileError("not a regular file of the expected size");
    const bytes = new Uint8Array(size);
    let length = 0;
    while (length < size) {
      const { bytesRead } = await file.read(bytes, length, size - length, length);
      if (bytesRead === 0) throw new IrregularFileError("the file shrank while it was read");
      length += bytesRead;
    }
    return bytes;
  } finally {
    await file.close();
  }
}
