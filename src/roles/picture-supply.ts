import { join } from "node:path";
import type { PictureSupply } from "../jobs/gather-pictures.ts";
import { readCarriedPicture } from "../pictures/carried-picture.ts";
import { PictureError } from "../pictures/picture.ts";
import { createPreparePicture } from "../pictures/prepare-picture.ts";

/**
 * Pictures that came with their job, and those that `download` fetches; each is resized by this same program in a
 * process of its own.
 */
export function createPictureSupply(download?: PictureSupply["download"]): PictureSupply {
  return {
    async download(name, signal) {
      const carried = readCarriedPicture(name);
      if (carried !== undefined) return carried;
      if (download === undefined) throw new PictureError("unavailable");
      return download(name, signal);
    },
    prepare: createPreparePicture([...thisProgram(), "resize-picture"]),
  };
}

/** The compiled binary, or Bun with the program's source. */
function thisProgram(): string[] {
  const compiled = Bun.main.startsWith("/$bunfs/");
  return compiled
    ? [process.execPath]
    : [process.execPath, join(import.meta.dir, "..", "..", "cmd", "orchestrator.ts")];
}
