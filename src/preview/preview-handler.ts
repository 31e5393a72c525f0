import { stat } from "node:fs/promises";
import { parsePreviewBaseUrl } from "../bundles/preview-address.ts";
import { createFileAnswers } from "./file-answers.ts";
import { type Later, then } from "./later.ts";
import { createMessagePages } from "./message-pages.ts";
import { isHost, resolveTarget, type Target } from "./resolve-target.ts";
import { createSecurityHeaders } from "./security-headers.ts";
import { createSiteStore, type SiteView } from "./site-store.ts";

const defaultCacheBytes = 128 * 1024 * 1024;
const healthTimeoutMs = 1000;

export interface PreviewHandlerOptions {
  /** The previews directory. */
  root: string;
  /** `PREVIEW_BASE_URL`. Decides between path and origin mode, and whether to promise TLS. */
  baseUrl: string;
  /** Most memory for contents of files. 128 MiB unless given. */
  cacheBytes?: number;
}

export type PreviewHandler = (request: Request) => Later<Response>;

/**
 * Answers requests for previews. A request is looked up, never joined to a path: only what a site's
 * index and a revision's manifest list exists. Every answer carries the security headers.
 *
 * @throws {ConfigError} If `baseUrl` is malformed.
 */
export function createPreviewHandler({ root, baseUrl, cacheBytes }: PreviewHandlerOptions): PreviewHandler {
  const address = parsePreviewBaseUrl(baseUrl);
  const securityHeaders = createSecurityHeaders(address.https);
  const answerMessage = createMessagePages(securityHeaders);
  const store = createSiteStore(root, cacheBytes ?? defaultCacheBytes);
  const answerFile = createFileAnswers({ store, securityHeaders, answerMessage });

  function answer(request: Request): Later<Response> {
    if (request.method !== "GET" && request.method !== "HEAD") return afterBodyArrived(() => answerMessage(405));
    const { headers } = request;
    const host = headers.get("host");
    if (host === null || host === "" || host.includes(",")) return answerMessage(400);
    if (!isHost(host)) return answerMessage(404);
    if (hasBody(headers)) return afterBodyArrived(() => answerMessage(400));
    const pathname = cutPathname(request.url);
    if (pathname === "/health") return answerHealth(root, securityHeaders);
    const target = resolveTarget(address, host, pathname);
    if (target.kind === "misdirected") return answerMessage(421);
    if (target.kind === "nothing") return answerMessage(404);
    return then(store.findSite(target.siteId), (site) => answerFromSite(request, target, site));
  }

  function answerFromSite(
    request: Request,
    target: Extract<Target, { siteId: unknown }>,
    site: SiteView | undefined,
  ): Later<Response> {
    if (!site) return answerMessage(404);
    const { index } = site;
    if (index.state === "gone" || (index.expiresAt && index.expiresAt.getTime() <= Date.now()))
      return answerMessage(410);
    const bundle = store.findBundle(site, target.revision ?? index.current);
    return then(bundle, (files) => {
      if (!files) return answerMessage(404);
      if (target.kind === "slash") return redirect(target.location);
      const path = target.path === "" || target.path.endsWith("/") ? `${target.path}index.html` : target.path;
      const file = files.get(path);
      if (file) return answerFile(request, file, target.revision === undefined ? "current" : "pinned");
      return files.has(`${path}/index.html`)
        ? redirect(`${path.slice(path.lastIndexOf("/") + 1)}/`)
        : answerMessage(404);
    });
  }

  function redirect(location: string): Response {
    const headers = { ...securityHeaders, Location: location, "Cache-Control": "no-cache" };
    return new Response(null, { status: 301, headers });
  }

  return (request) => {
    try {
      const answered = answer(request);
      return answered instanceof Promise ? answered.catch(() => answerMessage(503)) : answered;
    } catch {
      return answerMessage(500);
    }
  };
}

async function answerHealth(root: string, securityHeaders: Readonly<Record<string, string>>): Promise<Response> {
  const readable = await Promise.race([
    stat(root).then(
      (found) => found.isDirectory(),
      () => false,
    ),
    Bun.sleep(healthTimeoutMs).then(() => false),
  ]);
  const body = {
    status: readable ? "healthy" : "unhealthy",
    service: "preview",
    storage: readable ? "ok" : "unreadable",
  };
  return Response.json(body, {
    status: readable ? 200 : 503,
    headers: { ...securityHeaders, "Cache-Control": "no-store" },
  });
}

/** Bun gives `http://` + host + path, with dot segments resolved; a validated host holds no slash. */
function cutPathname(url: string): string {
  const start = url.indexOf("/", 8);
  const query = url.indexOf("?", start);
  const path = query === -1 ? url.slice(start) : url.slice(start, query);
  const fragment = path.indexOf("#");
  return fragment === -1 ? path : path.slice(0, fragment);
}

function hasBody(headers: Headers): boolean {
  const length = headers.get("content-length");
  return (length !== null && length !== "0") || headers.has("transfer-encoding");
}

/** A turn later: bytes that already arrived are checked by then, and a malformed chunk gets one answer, not two. */
function afterBodyArrived(answer: () => Response): Promise<Response> {
  return new Promise((resolve) => setImmediate(() => resolve(answer())));
}
