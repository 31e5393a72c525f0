import { constants } from "node:fs";
import { type FileHandle, lstat, open, realpath } from "node:fs/promises";
import { basename, dirname, join } from "node:path";

/** The thing under that name is a link, a fifo, a device, a directory, or larger than allowed. */
export class IrregularFileError extends Error {
  override readonly name = "IrregularFileError";
}

/**
 * Opens a file that must really be one: no symbolic link below `root` on the way or at the end, no fifo or device.
 * Whoever puts one there between the look and the opening gets it opened without waiting, and closed (`O_NONBLOCK`).
 *
 * @param path Relative to `root`, already validated.
 * @throws {IrregularFileError} If it is anything else, and the system's error if it cannot be opened.
 */
export async function openRegularFile(root: string, path: string): Promise<{ file: FileHandle; size: number }> {
  const folder = join(await realpath(root), dirname(path));
  if ((await realpath(folder)) !== folder) throw new IrregularFileError("a link leads to this file");
  const { O_RDONLY, O_NOFOLLOW, O_NONBLOCK } = constants;
  const name = join(folder, basename(path));
  if (!(await lstat(name)).isFile()) throw new IrregularFileError("not a regular file");
  const file = await open(name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
  try {
    const found = await file.stat();
    if (!found.isFile()) throw new IrregularFileError("not a regular file");
    return { file, size: found.size };
  } catch (error) {
    await file.close();
    throw error;
  }
}

/**
 * Reads a regular file whole.
 *
 * @throws {IrregularFileError} If it is none, or has more than `maxBytes`, and the system's error if it cannot be read.
 */
export async function readRegularFile(root: string, path: string, maxBytes: number): Promise<Uint8Array<ArrayBuffer>> {
  const { file, size } = await openRegularFile(root, path);
  try {
    if (size > maxBytes) throw new IrregularFileError("larger than expected");
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
