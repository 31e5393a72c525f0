import { readFile, stat } from "node:fs/promises";
import { UsageError } from "../errors.ts";
import { mostPictures } from "../jobs/job-pictures.ts";
import { carryPicture } from "../pictures/carried-picture.ts";
import { maxPictureBytes, PictureError, type PictureProblem } from "../pictures/picture.ts";
import { createPictureSupply } from "./picture-supply.ts";

const problems: Record<PictureProblem, string> = {
  too_large: "is too large; 20 MB and 50 megapixels are the most",
  unreadable: "cannot be read as a picture; JPEG, PNG, WebP, GIF, HEIC and AVIF are read",
  unavailable: "is no file that can be read",
};

/**
 * Pictures on this machine's disk, each decoded and made small enough to travel with its job.
 *
 * @throws {UsageError} When one cannot be used: here somebody is there to choose another.
 */
export async function readPictures(paths: readonly string[], signal: AbortSignal): Promise<string[]> {
  if (paths.length > mostPictures) throw new UsageError(`A page gets ${mostPictures} pictures at most.`);
  const { prepare } = createPictureSupply();
  return Promise.all(
    paths.map(async (path) => {
      try {
        const picture = await prepare(await readWhole(path), signal);
        return carryPicture(picture.variants[0]?.bytes ?? new Uint8Array());
      } catch (error) {
        if (!(error instanceof PictureError)) throw error;
        throw new UsageError(`--picture ${path} ${problems[error.problem]}.`);
      }
    }),
  );
}

/** @throws {PictureError} */
async function readWhole(path: string): Promise<Uint8Array> {
  const found = await stat(path).catch(() => undefined);
  if (found?.isFile() !== true) throw new PictureError("unavailable");
  if (found.size > maxPictureBytes) throw new PictureError("too_large");
  return readFile(path).catch((cause) => {
    throw new PictureError("unavailable", { cause });
  });
}
