import { publishRevision, type Revision } from "../../src/bundles/publish-revision.ts";
import { openPreviewServer } from "../../src/preview/preview-server.ts";
import { createRevision } from "../bundles/sample-revision.ts";
import { openTemporaryRoot } from "../bundles/temporary-root.ts";

/** A previews directory with one published site, and a server over it. */
export async function openPreviewStage(given: Partial<Revision> = {}, baseUrl = "http://localhost:8001") {
  const stack = new AsyncDisposableStack();
  const root = stack.use(await openTemporaryRoot());
  const server = stack.use(await openPreviewServer({ root: root.path, baseUrl, host: "127.0.0.1", port: 0 }));
  const revision = createRevision(given);
  await publishRevision(root.path, revision);
  /** Follows no redirect and unpacks nothing. */
  const get = (path: string, init: RequestInit = {}) =>
    fetch(server.url + path, { redirect: "manual", decompress: false, ...init });
  return {
    root: root.path,
    server,
    revision,
    /** `/p/{site}`, without the last slash. */
    site: `/p/${revision.siteId}`,
    get,
    /** Asks until the answer is as wanted. `isWanted` may read the body. The test's own timeout is the only limit. */
    async until(path: string, isWanted: (answer: Response) => boolean | Promise<boolean>): Promise<Response> {
      while (true) {
        const answer = await get(path);
        if (await isWanted(answer)) return answer;
        await Bun.sleep(5);
      }
    },
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  };
}
