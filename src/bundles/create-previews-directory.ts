import { mkdir } from "node:fs/promises";
import { StorageError } from "../errors.ts";

/** @throws {StorageError} */
export async function createPreviewsDirectory(path: string): Promise<void> {
  await mkdir(path, { recursive: true }).catch((cause) => {
    throw new StorageError(
      `The previews directory ${path} cannot be created (${cause.code}). Set PREVIEWS_PATH to one that can.`,
      { cause },
    );
  });
}
