import { type Picture, PictureError } from "./picture.ts";
import { parsePicture } from "./picture-message.ts";
import { sniffFormat } from "./sniff-format.ts";

/** Turns a file into a picture for a page. */
export type PreparePicture = (bytes: Uint8Array, signal: AbortSignal) => Promise<Picture>;

/** Pictures in the works at once, over all jobs of the process: each takes a core and up to half a gigabyte. */
const maxAtOnce = 2;
/** A large photograph takes five seconds of CPU; a machine can be twenty times too busy. */
const deadlineMs = 120_000;

/**
 * Prepares pictures in processes of their own: whatever a hostile one does to a codec, it neither holds up this process
 * nor takes its memory, and it ends. The process gets the file and nothing else, no environment.
 *
 * @param command Reads a file on standard input and writes what `picture-message.ts` says.
 */
export function createPreparePicture(command: readonly string[]): PreparePicture {
  const waiting: (() => void)[] = [];
  let running = 0;

  return async (bytes, signal) => {
    // Most of what is no picture needs no process to see it.
    if (sniffFormat(bytes) === undefined) throw new PictureError("unreadable");
    if (running >= maxAtOnce) await new Promise<void>((resolve) => waiting.push(resolve));
    running++;
    try {
      signal.throwIfAborted();
      return await runOnce(command, bytes, signal);
    } finally {
      running--;
      waiting.shift()?.();
    }
  };
}

async function runOnce(command: readonly string[], bytes: Uint8Array, signal: AbortSignal): Promise<Picture> {
  const child = Bun.spawn([...command], {
    env: {},
    stdin: new Blob([bytes as Uint8Array<ArrayBuffer>]),
    stdout: "pipe",
    stderr: "ignore",
    timeout: deadlineMs,
    killSignal: "SIGKILL",
    signal,
  });
  const [message, status] = await Promise.all([new Response(child.stdout).bytes(), child.exited]);
  signal.throwIfAborted();
  if (status !== 0) throw new PictureError("unreadable");
  return parsePicture(message);
}
