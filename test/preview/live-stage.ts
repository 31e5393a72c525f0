import { openLivePage } from "../../src/bundles/live-page.ts";
import { publishRevision } from "../../src/bundles/publish-revision.ts";
import { writeSiteStatus } from "../../src/bundles/site-status.ts";
import { createJobId, createSiteId, type JobId } from "../../src/ids.ts";
import { openPreviewServer, type PreviewServerOptions } from "../../src/preview/preview-server.ts";
import { createSanitizer } from "../../src/sanitizer/sanitize.ts";
import { createRevision } from "../bundles/sample-revision.ts";
import { openTemporaryRoot } from "../bundles/temporary-root.ts";

/** What somebody has received so far of an answer that is still growing. */
export interface Viewer {
  answer: Response;
  text: string;
  /** Reads on until the text satisfies, or the answer ends. */
  until(isWanted: (text: string) => boolean): Promise<string>;
  /** Reads to the end. */
  rest(): Promise<string>;
  leave(): Promise<void>;
}

/** A previews directory with one site that has no revision yet, a server over it, and a worker's hand. */
export async function openLiveStage(given: Partial<PreviewServerOptions> = {}) {
  const stack = new AsyncDisposableStack();
  const root = stack.use(await openTemporaryRoot());
  const server = await openPreviewServer({
    root: root.path,
    baseUrl: "http://localhost:8001",
    host: "127.0.0.1",
    port: 0,
    ...given,
  });
  stack.use(server);
  const siteId = createSiteId();
  const jobId = createJobId();
  const get = (path: string, init: RequestInit = {}) => fetch(server.url + path, { redirect: "manual", ...init });

  return {
    root: root.path,
    server,
    siteId,
    jobId,
    /** `/p/{site}/` */
    site: `/p/${siteId}/`,
    get,
    async watch(path: string, headers: Record<string, string> = {}): Promise<Viewer> {
      const answer = await get(path, { headers: { "accept-encoding": "br, gzip", ...headers } });
      const reader = answer.body?.pipeThrough(new TextDecoderStream()).getReader();
      const viewer: Viewer = {
        answer,
        text: "",
        async until(isWanted) {
          while (!isWanted(viewer.text)) {
            const { done, value } = (await reader?.read()) ?? { done: true, value: undefined };
            if (done) throw new Error(`ended with: ${viewer.text.slice(-200)}`);
            viewer.text += value;
          }
          return viewer.text;
        },
        async rest() {
          for (;;) {
            const { done, value } = (await reader?.read()) ?? { done: true, value: undefined };
            if (done) return viewer.text;
            viewer.text += value;
          }
        },
        leave: async () => reader?.cancel(),
      };
      return viewer;
    },
    /** Begins to write the site's next page, as a worker does. */
    async write(job = jobId, revision = 1) {
      const live = await openLivePage(root.path, siteId, job);
      stack.defer(() => live.end({ state: "abandoned" }));
      let html = "";
      const sanitizer = createSanitizer((chunk) => {
        html += chunk;
        live.write(chunk);
      });
      return {
        live,
        jobId: job,
        write: (text: string) => void sanitizer.write(text),
        /** @param finish What happens to the page before it is published. */
        async publish(finish: (page: string) => string = (page) => page, assets = new Map<string, Uint8Array>()) {
          sanitizer.end();
          const files = new Map<string, string | Uint8Array>([["index.html", finish(html)], ...assets]);
          await publishRevision(root.path, createRevision({ siteId, jobId: job, revision, files }));
          await live.end({ state: "published" });
          return finish(html);
        },
      };
    },
    /** Begins to change the published page, as a worker does that has an edit. */
    async change(job: JobId, revision: number) {
      const live = await openLivePage(root.path, siteId, job, { changes: true });
      stack.defer(() => live.end({ state: "abandoned" }));
      return {
        live,
        async publish(files: Map<string, string | Uint8Array>) {
          await publishRevision(root.path, createRevision({ siteId, jobId: job, revision, files }));
          await live.end({ state: "published" });
        },
      };
    },
    tell: (status: { state: "queued" | "retrying" | "cancelled" } | { state: "failed"; code: string }, job = jobId) =>
      writeSiteStatus(root.path, siteId, { jobId: job, at: new Date(), ...status }),
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  };
}
