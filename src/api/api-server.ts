import { ConfigError } from "../errors.ts";
import { errorResponse } from "./api-error.ts";
import { type ApiOptions, createApi } from "./create-api.ts";

export interface ApiServer extends AsyncDisposable {
  /** Without a trailing slash. */
  url: string;
}

/** Longer than an intake may take, and than the pause between two heartbeats of an event stream. */
const idleTimeoutSeconds = 60;
/** How long requests in flight may take once the server is told to stop. */
const stopMs = 5000;

/** @throws {ConfigError} When the port is taken or may not be used. */
export async function openApiServer(options: ApiOptions & { host: string; port: number }): Promise<ApiServer> {
  const api = createApi(options);
  const server = listen(options, (request) => api.handle(request));
  return {
    url: ["0.0.0.0", "::"].includes(options.host) ? `http://localhost:${server.port}` : server.url.origin,
    async [Symbol.asyncDispose]() {
      api[Symbol.dispose]();
      await Promise.race([server.stop(), Bun.sleep(stopMs)]);
      await server.stop(true);
    },
  };
}

function listen(
  { host, port, logger }: { host: string; port: number; logger: ApiOptions["logger"] },
  fetch: (request: Request) => Promise<Response>,
) {
  try {
    return Bun.serve({
      hostname: host,
      port,
      // Without it Bun shares a port that another process has.
      reusePort: false,
      idleTimeout: idleTimeoutSeconds,
      // Bodies are measured as they are read, so that whoever sends too much is told in JSON; a limit here would
      // answer first, and without words.
      maxRequestBodySize: Number.MAX_SAFE_INTEGER,
      development: false,
      fetch,
      error: (error) => errorResponse(error, logger),
    });
  } catch (error) {
    const { code } = error as { code?: string };
    throw new ConfigError([`PORT: cannot listen on ${host}:${port} (${code}). Choose another with --port.`]);
  }
}
