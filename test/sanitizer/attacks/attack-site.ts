/** Something that a document did and must not do. */
export interface Incident {
  /** Index of the document; -1 if it cannot be told which one it was. */
  document: number;
  kind: "ran" | "requested" | "navigated" | "opened" | "clobbered" | "unprotected" | "hung";
  detail: string;
}

/**
 * Every host a browser under test can reach: `site.test` serves the documents, `outside.test` is anybody else.
 * Each document calls `d<index>.outside.test`, so that it is known who called.
 */
export interface AttackSite extends AsyncDisposable {
  /** What Chromium has to be started with to find these hosts and no others. */
  readonly resolverRules: string;
  /** What was asked of anybody but the site itself since the last call. */
  takeRequests(): Incident[];
}

/** @param documents Served as `/p/<index>/`. @param hostPage Served as `/`. */
export function openAttackSite(documents: readonly string[], hostPage: string): AttackSite {
  let seen: Incident[] = [];

  const server = Bun.serve({
    hostname: "127.0.0.1",
    port: 0,
    fetch(request) {
      const url = URL.parse(request.url);
      const { hostname, pathname, search } = url ?? { hostname: "", pathname: "", search: "" };
      const [, index, rest] = /^\/p\/(\d+)\/(.*)$/.exec(pathname) ?? [];
      const isOurs = hostname === "site.test";
      if (isOurs && pathname === "/") return page(hostPage);
      if (isOurs && index !== undefined && rest === "" && search === "") return page(named(documents, Number(index)));
      const from = caller(hostname) ?? /\/p\/(\d+)\//.exec(request.headers.get("referer") ?? "")?.[1];
      const isBeside = isOurs && index !== undefined && index === from && rest !== "";
      if (!isBeside) seen.push({ document: Number(from ?? -1), kind: "requested", detail: request.url });
      return new Response("", { status: 404 });
    },
  });
  // Nobody here speaks TLS: a connection is all there is to see, and enough. Its first message names the host.
  const secure = Bun.listen({
    hostname: "127.0.0.1",
    port: 0,
    socket: {
      data(socket, greeting) {
        const from = Number(caller(greeting.toString("latin1")) ?? -1);
        seen.push({ document: from, kind: "requested", detail: "a connection to port 443" });
        socket.end();
      },
    },
  });

  return {
    resolverRules: [
      `MAP *outside*.test:443 127.0.0.1:${secure.port}`,
      `MAP *outside*.test 127.0.0.1:${server.port}`,
      `MAP site.test 127.0.0.1:${server.port}`,
      "MAP * ~NOTFOUND",
    ].join(", "),
    takeRequests() {
      const taken = seen;
      seen = [];
      return taken;
    },
    async [Symbol.asyncDispose]() {
      secure.stop(true);
      await server.stop(true);
    },
  };
}

/** Index of the document whose own outside host is named here. */
function caller(text: string): string | undefined {
  return /d(\d+)\.outside/.exec(text)?.[1];
}

function named(documents: readonly string[], index: number): string {
  return (documents[index] ?? "").replaceAll("outside.test", `d${index}.outside.test`);
}

function page(html: string): Response {
  return new Response(html, { headers: { "Content-Type": "text/html", "Referrer-Policy": "unsafe-url" } });
}
