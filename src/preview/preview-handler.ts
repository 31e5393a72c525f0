import { stat } from "node:fs/promises";
import { parsePreviewBaseUrl } from "../bundles/preview-address.ts";
import { hasEnded } from "../bundles/site-index.ts";
import { readSiteStatus } from "../bundles/site-status.ts";
import { createFileAnswers } from "./file-answers.ts";
import { type Later, then } from "./later.ts";
import { createLiveAnswers } from "./live-answers.ts";
import { createMessagePages } from "./message-pages.ts";
import { isHost, resolveTarget, type Target } from "./resolve-target.ts";
import { createSecurityHeaders } from "./security-headers.ts";
import { createSiteStore, type SiteView } from "./site-store.ts";

const defaultCacheBytes = 128 * 1024 * 1024;
const defaultMaxViewers = 1000;
const healthTimeoutMs = 1000;
/** Longer than a page that is being written stands still. A viewer who takes nothing for so long is cut off. */
const liveTimeoutSeconds = 90;

export interface PreviewHandlerOptions {
  /** The previews directory. */
  root: string;
  /** `PREVIEW_BASE_URL`. Decides between path and origin mode, and whether to promise TLS. */
  baseUrl: string;
  /** Most memory for contents of files. 128 MiB unless given. */
  cacheBytes?: number;
  /** Most people who watch pages being written, all together. 1000 unless given. */
  maxViewers?: number;
}

/** What the handler needs of the server beside the request. */
interface ServerHandle {
  /** How many seconds the connection of a request may be silent. */
  timeout(request: Request, seconds: number): void;
}

type SiteTarget = Extract<Target, { siteId: unknown }>;

export type PreviewHandler = (request: Request, server: ServerHandle) => Later<Response>;

/**
 * Answers requests for previews. A request is looked up, never joined to a path: only what a site's
 * index and a revision's manifest list exists. Every answer carries the security headers.
 *
 * @param closing Ends the answers that grow with a page being written.
 * @throws {ConfigError} If `baseUrl` is malformed.
 */
export function createPreviewHandler(
  { root, baseUrl, cacheBytes, maxViewers = defaultMaxViewers }: PreviewHandlerOptions,
  closing: AbortSignal,
): PreviewHandler {
  const address = parsePreviewBaseUrl(baseUrl);
  const securityHeaders = createSecurityHeaders(address.https);
  const answerMessage = createMessagePages(securityHeaders);
  const store = createSiteStore(root, cacheBytes ?? defaultCacheBytes);
  const answerFile = createFileAnswers({ store, securityHeaders, answerMessage });
  const live = createLiveAnswers({ root, securityHeaders, answerMessage, maxViewers, closing });

  function answer(request: Request, server: ServerHandle): Later<Response> {
    if (request.method !== "GET" && request.method !== "HEAD")
      return afterBodyArrived(() => answerMessage(405, request));
    const { headers } = request;
    const host = headers.get("host");
    if (host === null || host === "" || host.includes(",")) return answerMessage(400, request);
    if (!isHost(host)) return answerMessage(404, request);
    if (hasBody(headers)) return afterBodyArrived(() => answerMessage(400, request));
    const pathname = cutPathname(request.url);
    if (pathname === "/health") return answerHealth(root, securityHeaders);
    const target = resolveTarget(address, host, pathname);
    if (target.kind === "misdirected") return answerMessage(421, request);
    if (target.kind === "nothing") return answerMessage(404, request);
    return then(store.findSite(target.siteId), (site) =>
      site ? answerFromSite(request, server, target, site) : answerUnpublished(request, server, target),
    );
  }

  /** A site without a revision shows the first one, as it is being written, at its own address. */
  async function answerUnpublished(request: Request, server: ServerHandle, target: SiteTarget): Promise<Response> {
    const { siteId } = target;
    if (target.kind === "slash") {
      const isExpected = target.revision === undefined && (await readSiteStatus(root, siteId));
      return isExpected ? redirect(target.location) : answerMessage("unborn", request);
    }
    if (target.path !== "") {
      const file = live.findFile(siteId, target.path);
      return file ? answerFile(request, file, "current") : answerMessage(404, request);
    }
    if (target.kind === "file" && target.revision !== undefined) return answerMessage(404, request);
    server.timeout(request, liveTimeoutSeconds);
    const growing = await live.answerPage(request, siteId, target.kind === "live" ? "../" : "./");
    if (growing) return growing;
    const site = await store.findSite(siteId);
    return site ? answerFromSite(request, server, target, site) : answerMessage("unborn", request);
  }

  async function answerNextRevision(request: Request, server: ServerHandle, site: SiteView): Promise<Response> {
    const { siteId } = site;
    server.timeout(request, liveTimeoutSeconds);
    const growing = await live.answerPage(request, siteId, "../", () => findPublished(site));
    if (growing) return growing;
    // What was published just now must not be hidden by what was seen a moment ago.
    store.forget(siteId);
    return redirect("../", 302);
  }

  async function findPublished(site: SiteView): Promise<Uint8Array | undefined> {
    const files = site.index.state === "live" ? await store.findBundle(site, site.index.current) : undefined;
    const page = files?.get("index.html")?.representations.get("identity");
    return page && (await store.findBody(page))?.bytes();
  }

  function answerFromSite(request: Request, server: ServerHandle, target: SiteTarget, site: SiteView): Later<Response> {
    const { index } = site;
    if (index.state === "gone" || hasEnded(index)) return answerMessage(410, request);
    if (target.kind === "live") {
      if (target.path === "") return answerNextRevision(request, server, site);
      const file = live.findFile(target.siteId, target.path);
      if (file) return answerFile(request, file, "current");
    }
    const revision = target.kind === "live" ? undefined : target.revision;
    return then(store.findBundle(site, revision ?? index.current), (files) => {
      if (!files) return answerMessage(404, request);
      if (target.kind === "slash") return redirect(target.location);
      const path = target.path === "" || target.path.endsWith("/") ? `${target.path}index.html` : target.path;
      const file = files.get(path);
      if (file) return answerFile(request, file, revision === undefined ? "current" : "pinned");
      return files.has(`${path}/index.html`)
        ? redirect(`${path.slice(path.lastIndexOf("/") + 1)}/`)
        : answerMessage(404, request);
    });
  }

  function redirect(location: string, status: 301 | 302 = 301): Response {
    const cacheControl = status === 301 ? "no-cache" : "no-store";
    const headers = { ...securityHeaders, Location: location, "Cache-Control": cacheControl };
    return new Response(null, { status, headers });
  }

  return (request, server) => {
    try {
      const answered = answer(request, server);
      return answered instanceof Promise ? answered.catch(() => answerMessage(503, request)) : answered;
    } catch {
      return answerMessage(500, request);
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
