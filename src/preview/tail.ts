import type { FileHandle } from "node:fs/promises";
import { openRegularFile } from "../bundles/read-regular-file.ts";

const firstBufferBytes = 64 * 1024;

/** A file that grows, as far as it was read. What is below `length` never changes, even when `bytes` is replaced. */
export class Tail {
  bytes = new Uint8Array(firstBufferBytes);
  length = 0;
  readonly #file: FileHandle;
  readonly #maxBytes: number;

  private constructor(file: FileHandle, maxBytes: number) {
    this.#file = file;
    this.#maxBytes = maxBytes;
  }

  /**
   * @param path Relative to `root`, already validated.
   * @param maxBytes Where reading stops.
   * @throws {IrregularFileError} If it is not a regular file, and the system's error if it cannot be opened.
   */
  static async open(root: string, path: string, maxBytes: number): Promise<Tail> {
    return new Tail((await openRegularFile(root, path)).file, maxBytes);
  }

  /** Reads to the end that the file has now. */
  async read(): Promise<void> {
    while (this.length < this.#maxBytes) {
      if (this.length === this.bytes.length) {
        const larger = new Uint8Array(this.bytes.length * 2);
        larger.set(this.bytes);
        this.bytes = larger;
      }
      const room = Math.min(this.bytes.length, this.#maxBytes) - this.length;
      const { bytesRead } = await this.#file.read(this.bytes, this.length, room, this.length);
      if (bytesRead === 0) return;
      this.length += bytesRead;
    }
  }

  async close(): Promise<void> {
    await this.#file.close().catch(() => undefined);
  }
}
