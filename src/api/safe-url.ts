import { ApiError } from "./api-error.ts";

/** Elysia looks for the path from here on (elysiajs/elysia#748). */
const firstIndex = 11;

/**
 * The same request under a URL in which Elysia finds the path that was asked for: with `Host: a` it would take
 * `/ready/health` for `/health`, past whatever a proxy in front filters by path.
 *
 * @throws {ApiError} 400 when the `Host` header is missing or is no host.
 */
export function withSafeUrl(request: Request): Request {
  const { url } = request;
  if (!/^https?:\/\//.test(url)) throw new ApiError(400, "bad_host", "The Host header is missing or malformed.");
  const path = url.indexOf("/", url.indexOf("//") + 2);
  return path >= firstIndex ? request : new Request(`http://localhost${url.slice(path)}`, request);
}
