import { GrammyError } from "grammy";
import { pause } from "../jobs/pause.ts";
import { maxPictureBytes, PictureError } from "../pictures/picture.ts";
import { describeFailure, findRetryAfterMs } from "./delivery-failure.ts";
import { abortedBy, type TelegramApi } from "./telegram-api.ts";

/** Fetches a file that somebody sent to the bot, by its `file_id`. */
export type DownloadFile = (fileId: string, signal: AbortSignal) => Promise<Uint8Array>;

export interface DownloadOptions {
  api: TelegramApi;
  botToken: string;
  apiRoot: string;
  /** Told why a file could not be had, in words that may be logged. */
  onFailure: (reason: string) => void;
}

const callMs = 15_000;
/** For all of a file's 20 MB. */
const transferMs = 60_000;
const tries = 3;
const betweenTriesMs = 1000;
/** A longer wait than this costs the picture, not the person's patience. */
const maxWaitMs = 15_000;

/** What Telegram calls a file lies below the bot's own folder; anything else in a path would lead elsewhere. */
const filePath = /^[A-Za-z0-9_-]+(?:[./][A-Za-z0-9_-]+)*$/;

/**
 * Downloads from the Bot API server, two steps: where the file is, and the file. Whatever it claims to be larger
 * than, no more than 20 MB are read.
 */
export function createDownloadFile({ api, botToken, apiRoot, onFailure }: DownloadOptions): DownloadFile {
  const root = `${apiRoot.replace(/\/+$/, "")}/file/bot${botToken}`;

  async function once(fileId: string, signal: AbortSignal): Promise<Uint8Array> {
    const asking = AbortSignal.any([signal, AbortSignal.timeout(callMs)]);
    const { file_path: path, file_size: size = 0 } = await api.getFile(fileId, abortedBy(asking));
    if (size > maxPictureBytes) throw new PictureError("too_large");
    if (path === undefined || !filePath.test(path)) throw new PictureError("unavailable");
    const response = await fetch(`${root}/${path}`, {
      signal: AbortSignal.any([signal, AbortSignal.timeout(transferMs)]),
      redirect: "error",
    });
    if (!response.ok || response.body === null) throw new TransferError(response.status);
    return readAtMost(response.body, maxPictureBytes);
  }

  return async (fileId, signal) => {
    for (let attempt = 1; ; attempt++) {
      try {
        return await once(fileId, signal);
      } catch (error) {
        signal.throwIfAborted();
        const problem = problemOf(error);
        const waitMs = findRetryAfterMs(error) ?? betweenTriesMs * attempt;
        if (problem === undefined && attempt < tries && waitMs <= maxWaitMs) {
          await pause(waitMs, signal);
          continue;
        }
        onFailure(error instanceof TransferError ? `file: ${error.status}` : describeFailure(error));
        throw problem ?? new PictureError("unavailable");
      }
    }
  };
}

class TransferError extends Error {
  override readonly name = "TransferError";
  readonly status: number;

  constructor(status: number) {
    super(`file transfer answered ${status}`);
    this.status = status;
  }
}

/** An error that would be the same the next time, as what the person is told; `undefined` when it may pass. */
function problemOf(error: unknown): PictureError | undefined {
  if (error instanceof PictureError) return error;
  if (error instanceof TransferError && error.status >= 400 && error.status < 429) {
    return new PictureError("unavailable");
  }
  if (!(error instanceof GrammyError) || error.error_code !== 400) return undefined;
  return new PictureError(/too big/i.test(error.description) ? "too_large" : "unavailable");
}

/** @throws {PictureError} `too_large`, as soon as it is. */
async function readAtMost(body: ReadableStream<Uint8Array>, maxBytes: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body) {
    size += chunk.byteLength;
    if (size > maxBytes) throw new PictureError("too_large");
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
