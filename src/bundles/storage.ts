import { StorageError } from "../errors.ts";
import { IrregularFileError } from "./read-regular-file.ts";

const reasons: Readonly<Record<string, string>> = {
  ENOSPC: "the disk is full: free some space or run `orchestrator prune`",
  EDQUOT: "the disk quota is used up: free some space or run `orchestrator prune`",
  EROFS: "the disk is read-only: mount it writable",
  EACCES: "permission denied: give this user the directory",
  EPERM: "permission denied: give this user the directory",
  ENOENT: "it does not exist: create it, or check that the volume is mounted",
  ENOTDIR: "it is not a directory: check PREVIEWS_PATH",
  EMFILE: "too many open files: raise the limit",
  ENFILE: "too many open files: raise the limit",
};

/** The code of a system error such as `ENOENT`; undefined for anything else. */
export function getErrorCode(error: unknown): string | undefined {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : undefined;
}

/**
 * Runs disk work and names its failure. The system's own message is left out, because it holds the
 * path of the site, and with it the site's secret address.
 *
 * @throws {StorageError} For every error of the file system. Other errors pass through.
 */
export async function withStorage<T>(root: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof IrregularFileError) {
      throw new StorageError(`Something in the previews directory ${root} is not a plain file: remove what is a link.`);
    }
    const code = getErrorCode(error);
    if (code === undefined || !(error instanceof Error && "syscall" in error)) throw error;
    const reason = reasons[code] ?? "the disk does not work: check it";
    throw new StorageError(`Cannot use the previews directory ${root} (${code}): ${reason}.`);
  }
}

/** Undefined instead of an error when the name does not exist. */
export async function ifExists<T>(work: Promise<T>): Promise<T | undefined> {
  try {
    return await work;
  } catch (error) {
    if (getErrorCode(error) === "ENOENT") return undefined;
    throw error;
  }
}

/**
 * Whether there is nothing to read under a name. A link met with `O_NOFOLLOW`, or a device without a driver,
 * is as good as absent.
 */
export function isAbsent(error: unknown): boolean {
  return ["ENOENT", "ENOTDIR", "ELOOP", "ENXIO"].includes(getErrorCode(error) ?? "");
}
