import { parseAcceptEncoding } from "./accept-encoding.ts";
import type { Representation, ServedFile } from "./bundle-index.ts";
import { type Later, then } from "./later.ts";
import type { AnswerMessage } from "./message-pages.ts";
import { matchesEtag, parseRange } from "./preconditions.ts";
import type { SiteStore } from "./site-store.ts";

const cacheControl = {
  /** The address of a site stays, what is behind it changes. */
  current: "no-cache",
  /** Private: a shared cache would outlive a takedown. */
  pinned: "private, max-age=31536000, immutable",
} as const;

type Freshness = keyof typeof cacheControl;

interface FileAnswerOptions {
  store: Pick<SiteStore, "findBody">;
  securityHeaders: Readonly<Record<string, string>>;
  answerMessage: AnswerMessage;
}

/**
 * Answers `GET` and `HEAD` for a file that exists: the coding that the client likes best, 304 for what it
 * has, a single range of the plain file, 404 if the disk holds other bytes than the manifest says.
 */
export function createFileAnswers({
  store,
  securityHeaders,
  answerMessage,
}: FileAnswerOptions): (request: Request, file: ServedFile, freshness: Freshness) => Later<Response> {
  const headersOf = createFileHeaders(securityHeaders);
  return (request, file, freshness) => {
    const { headers } = request;
    const range = request.method === "GET" ? headers.get("range") : null;
    // A part of a compressed file is of little use to anybody, so ranges are cut from the file itself.
    const representation = choose(file, range === null ? headers.get("accept-encoding") : null);
    const unchanged = headers.get("if-none-match");
    if (unchanged !== null && matchesEtag(unchanged, representation.etag)) {
      return new Response(null, { status: 304, headers: headersOf(representation, file.type, freshness) });
    }
    return then(store.findBody(representation), (body) => {
      if (!body) return answerMessage(404, request);
      const fileHeaders = headersOf(representation, file.type, freshness);
      if (range === null) return new Response(body, { headers: fileHeaders });
      const ifRange = headers.get("if-range");
      if (ifRange !== null && ifRange !== representation.etag) return new Response(body, { headers: fileHeaders });
      const part = parseRange(range, representation.size);
      if (part === "whole") return new Response(body, { headers: fileHeaders });
      if (part === "unsatisfiable")
        return answerMessage(416, request, { "Content-Range": `bytes */${representation.size}` });
      const partHeaders = new Headers(fileHeaders);
      partHeaders.set("Content-Range", `bytes ${part.start}-${part.end - 1}/${representation.size}`);
      return new Response(body.slice(part.start, part.end), { status: 206, headers: partHeaders });
    });
  };
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
