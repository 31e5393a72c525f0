import { mkdir } from "node:fs/promises";
import type { Server } from "bun";
import { ConfigError } from "../errors.ts";
import { createPreviewHandler, type PreviewHandler, type PreviewHandlerOptions } from "./preview-handler.ts";

/** A connection is closed after this long without a byte in either direction, or with an unfinished request. */
const idleTimeoutSeconds = 10;
/** Readers that have not finished by then are cut off; well within the ten seconds that Docker grants. */
const drainMs = 5000;

export interface PreviewServer extends AsyncDisposable {
  /** Where it listens: `http://127.0.0.1:8001`. The public address is another matter. */
  readonly url: string;
  readonly port: number;
}

export interface PreviewServerOptions extends PreviewHandlerOptions {
  host: string;
  /** 0 takes a free one. */
  port: number;
}

/**
 * Serves previews until it is disposed. Disposal takes no more connections and gives answers under way
 * five seconds to finish.
 *
 * @throws {ConfigError} If the port cannot be had or the base URL is malformed.
 */
export async function openPreviewServer({ host, port, ...options }: PreviewServerOptions): Promise<PreviewServer> {
  const closing = new AbortController();
  const fetch = createPreviewHandler(options, closing.signal);
  // The server may come up before whoever publishes. Where it may not write, health tells that the directory is missing.
  await mkdir(options.root, { recursive: true }).catch(() => undefined);
  const server = listen(host, port, fetch);
  return {
    url: server.url.origin,
    port: server.port ?? port,
    async [Symbol.asyncDispose]() {
      closing.abort();
      const drained = server.stop();
      const cut = setTimeout(() => server.stop(true), drainMs);
      await drained;
      clearTimeout(cut);
    },
  };
}

function listen(hostname: string, port: number, fetch: PreviewHandler): Server<undefined> {
  try {
    return Bun.serve({
      hostname,
      port,
      fetch,
      development: false,
      // Bun otherwise shares the port with whoever asks for it second, and neither learns of the other.
      reusePort: false,
      idleTimeout: idleTimeoutSeconds,
      // The handler refuses every body before it is read; a limit here would answer first, and without headers.
      maxRequestBodySize: Number.MAX_SAFE_INTEGER,
    });
  } catch (error) {
    const reason = error instanceof Error && "code" in error ? error.code : "unknown";
    throw new ConfigError([`Cannot listen on ${hostname}:${port} (${reason}): choose another address or port`]);
  }
}
