import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { withStorage } from "./storage.ts";

/**
 * Writes into the previews directory and leaves nothing behind.
 *
 * @throws {StorageError} Saying why that does not work.
 */
export async function probePreviews(root: string): Promise<void> {
  await withStorage(root, async () => {
    const probe = join(root, `.probe-${crypto.randomUUID()}`);
    await mkdir(probe);
    await writeFile(join(probe, "probe"), "probe");
    await rm(probe, { recursive: true });
  });
}
