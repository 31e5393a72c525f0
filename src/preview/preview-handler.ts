import { stat } from "node:fs/promises";
import { parsePreviewBaseUrl } from "../bundles/preview-address.ts";
import { parseAcceptEncoding } from "./accept-encoding.ts";
import type { BundleIndex, Representation, ServedFile } from "./bundle-index.ts";
import { createMessagePages } from "./message-pages.ts";
import { matchesEtag, parseRange } from "./preconditions.ts";
import { isHost, resolveTarget, type Target } from "./resolve-target.ts";
import { createSecurityHeaders } from "./security-headers.ts";
import { createSiteStore, type SiteView } from "./site-store.ts";

const defaultCacheBytes = 128 * 1024 * 1024;
const healthTimeoutMs = 1000;

const cacheControl = {
  /** The address of a site stays, what is behind it changes. */
  current: "no-cache",
  /** Private: a shared cache would outlive a takedown. */
  pinned: "private, max-age=31536000, immutable",
} as const;

type Freshness = keyof typeof cacheControl;
type Later<T> = T | Promise<T>;

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
  const headersOf = createFileHeaders(securityHeaders);

  function answer(request: Request): Later<Response> {
    const isHead = request.method === "HEAD";
    if (!isHead && request.method !== "GET") return afterBodyArrived(() => answerMessage(405));
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
      return isFolder(files, path) ? redirect(`${path.slice(path.lastIndexOf("/") + 1)}/`) : answerMessage(404);
    });
  }

  function answerFile(request: Request, file: ServedFile, freshness: Freshness): Later<Response> {
    const { headers } = request;
    const range = request.method === "GET" ? headers.get("range") : null;
    // A part of a compressed file is of little use to anybody, so ranges are cut from the file itself.
    const representation = choose(file, range === null ? headers.get("accept-encoding") : null);
    const unchanged = headers.get("if-none-match");
    if (unchanged !== null && matchesEtag(unchanged, representation.etag)) {
      return new Response(null, { status: 304, headers: headersOf(representation, file.type, freshness) });
    }
    return then(store.findBody(representation), (body) => {
      if (!body) return answerMessage(404);
      const fileHeaders = headersOf(representation, file.type, freshness);
      if (range === null) return new Response(body, { headers: fileHeaders });
      const ifRange = headers.get("if-range");
      if (ifRange !== null && ifRange !== representation.etag) return new Response(body, { headers: fileHeaders });
      const part = parseRange(range, representation.size);
      if (part === "whole") return new Response(body, { headers: fileHeaders });
      if (part === "unsatisfiable") return answerMessage(416, { "Content-Range": `bytes */${representation.size}` });
      const partHeaders = new Headers(fileHeaders);
      partHeaders.set("Content-Range", `bytes ${part.start}-${part.end - 1}/${representation.size}`);
      return new Response(body.slice(part.start, part.end), { status: 206, headers: partHeaders });
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

/** Headers are made once per file and reused: most of the cost of an answer would be in building them. */
function createFileHeaders(
  securityHeaders: Readonly<Record<string, string>>,
): (representation: Representation, type: string, freshness: Freshness) => Headers {
  const known = { current: new WeakMap<Representation, Headers>(), pinned: new WeakMap<Representation, Headers>() };
  return (representation, type, freshness) => {
    const ready = known[freshness].get(representation);
    if (ready) return ready;
    const headers = new Headers({
      ...securityHeaders,
      "Content-Type": type,
      "Cache-Control": cacheControl[freshness],
      ETag: representation.etag,
      Vary: "Accept-Encoding",
      "Accept-Ranges": "bytes",
    });
    if (representation.coding !== "identity") headers.set("Content-Encoding", representation.coding);
    known[freshness].set(representation, headers);
    return headers;
  };
}

function choose({ representations }: ServedFile, acceptEncoding: string | null): Representation {
  for (const coding of parseAcceptEncoding(acceptEncoding)) {
    const representation = representations.get(coding);
    if (representation) return representation;
  }
  // Better the plain file than no file, for a client that forbids every coding we have.
  const plain = representations.get("identity");
  if (!plain) throw new TypeError("a file without its plain form");
  return plain;
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

function isFolder(files: BundleIndex, path: string): boolean {
  return files.has(`${path}/index.html`);
}

function then<T, U>(value: Later<T>, next: (value: T) => Later<U>): Later<U> {
  return value instanceof Promise ? value.then(next) : next(value);
}
