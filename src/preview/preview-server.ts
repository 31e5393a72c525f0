import { createPreviewHandler, type PreviewHandlerOptions } from "./preview-handler.ts";

/** Seconds without a byte in either direction after which a connection is closed. */
const idleTimeoutSeconds = 10;

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
 * Serves previews until it is disposed. Disposal stops taking connections at once and lets answers
 * under way finish.
 */
export async function openPreviewServer({ host, port, ...options }: PreviewServerOptions): Promise<PreviewServer> {
  const server = Bun.serve({
    hostname: host,
    port,
    development: false,
    idleTimeout: idleTimeoutSeconds,
    // The handler refuses every body before a byte of it is read; a limit here would answer first, without headers.
    maxRequestBodySize: Number.MAX_SAFE_INTEGER,
    fetch: createPreviewHandler(options),
  });
  return {
    url: server.url.origin,
    port: server.port ?? port,
    async [Symbol.asyncDispose]() {
      await server.stop();
    },
  };
}
