import type { Page } from "playwright-core";
import { openChromium } from "../../helpers/chromium.ts";
import { hostPage } from "./host-page.ts";

/** Something that a document did and must not do. */
interface Incident {
  /** Index of the document; -1 if it cannot be told which one it was. */
  document: number;
  kind: "ran" | "requested" | "navigated" | "opened" | "clobbered" | "unprotected";
  detail: string;
}

export interface AttackStage extends AsyncDisposable {
  /** Shows each document in a frame, without any policy, and does to it whatever a visitor could. */
  play(documents: readonly string[]): Promise<Incident[]>;
}

const batchSize = 60;
/** A page that has seen this many batches is replaced, so that memory stays small. */
const batchesPerPage = 20;

/** A browser for which every host is this process: whatever it asks for, from whomever, is seen here. */
export async function openAttackStage(): Promise<AttackStage> {
  const seen: Incident[] = [];
  let current: readonly string[] = [];

  const server = Bun.serve({
    hostname: "127.0.0.1",
    port: 0,
    fetch(request) {
      const url = URL.parse(request.url);
      const { hostname, pathname, search } = url ?? { hostname: "", pathname: "", search: "" };
      const [, index, rest] = /^\/p\/(\d+)\/(.*)$/.exec(pathname) ?? [];
      const isOurs = hostname === "site.test";
      if (isOurs && pathname === "/") return page(hostPage);
      if (isOurs && index !== undefined && rest === "" && search === "") return page(named(current, Number(index)));
      const referer = request.headers.get("referer") ?? "";
      const from = /^d(\d+)\./.exec(hostname)?.[1] ?? /\/p\/(\d+)\//.exec(referer)?.[1];
      const isBeside = isOurs && index !== undefined && index === from && rest !== "";
      if (!isBeside) seen.push({ document: Number(from ?? -1), kind: "requested", detail: request.url });
      return new Response("", { status: 404 });
    },
  });
  // Nobody here speaks TLS: a connection is all there is to see, and enough.
  const secure = Bun.listen({
    hostname: "127.0.0.1",
    port: 0,
    socket: {
      open(socket) {
        seen.push({ document: -1, kind: "requested", detail: "a connection to port 443" });
        socket.end();
      },
      data: () => undefined,
    },
  });
  const rules = [
    `MAP *outside*.test:443 127.0.0.1:${secure.port}`,
    `MAP *outside*.test 127.0.0.1:${server.port}`,
    `MAP site.test 127.0.0.1:${server.port}`,
    "MAP * ~NOTFOUND",
  ].join(", ");
  const browser = await openChromium(`--host-resolver-rules=${rules}`, "--no-proxy-server");
  const context = await browser.newContext();
  let host = await openHost();
  let batches = 0;

  async function openHost(): Promise<Page> {
    const opened = await context.newPage();
    opened.on("popup", (popup) => {
      seen.push({ document: -1, kind: "opened", detail: popup.url() });
      void popup.close();
    });
    await opened.goto("http://site.test/");
    return opened;
  }

  /** @param from Index of the batch's first document. */
  async function playBatch(documents: readonly string[], from: number): Promise<Incident[]> {
    current = documents;
    const paths = current.map((_, index) => `/p/${index}/`);
    const found = (await host.evaluate(`play(${JSON.stringify(paths)})`)) as (Omit<Incident, "document"> & {
      path: string;
    })[];
    const inFrames = found.map(({ path, kind, detail }) => {
      const index = /^\/p\/(\d+)\//.exec(path)?.[1];
      return { document: index === undefined ? -1 : from + Number(index), kind, detail };
    });
    const outside = seen.splice(0).map(({ document, kind, detail }) => {
      return { document: document < 0 ? -1 : from + document, kind, detail };
    });
    return [...inFrames, ...outside];
  }

  return {
    async play(documents) {
      const incidents: Incident[] = [];
      for (let from = 0; from < documents.length; from += batchSize) {
        if (++batches % batchesPerPage === 0) {
          await host.close();
          host = await openHost();
        }
        incidents.push(...(await playBatch(documents.slice(from, from + batchSize), from)));
      }
      return incidents;
    },
    async [Symbol.asyncDispose]() {
      await browser.close();
      secure.stop(true);
      await server.stop(true);
    },
  };
}

/** The document, with a host of its own to call, so that it is known who called. */
function named(documents: readonly string[], index: number): string {
  return (documents[index] ?? "").replaceAll("outside.test", `d${index}.outside.test`);
}

function page(html: string): Response {
  return new Response(html, { headers: { "Content-Type": "text/html", "Referrer-Policy": "unsafe-url" } });
}
