import { readSiteStatus } from "../bundles/site-status.ts";
import type { SiteId } from "../ids.ts";
import type { ServedFile } from "./bundle-index.ts";
import { showChanging } from "./changing-page.ts";
import { showGrowing } from "./growing-page.ts";
import { createLiveStream, type Show } from "./live-stream.ts";
import type { AnswerMessage, MessageName } from "./message-pages.ts";
import { type SiteNews, SiteWatch } from "./site-watch.ts";
import { chooseWords } from "./words/choose-words.ts";

const maxSites = 200;

/** How long an answer waits for the first byte of a page, or for a change that is made at once, before it says what it waits for. */
function patienceMs(news: SiteNews): number {
  if (news.state === "writing") return news.changes ? 1500 : 20_000;
  return news.state === "queued" ? 2000 : 0;
}

interface LiveAnswerOptions {
  root: string;
  securityHeaders: Readonly<Record<string, string>>;
  answerMessage: AnswerMessage;
  maxViewers: number;
  /** The server is going away: everybody is told so. */
  closing: AbortSignal;
}

/** Answers for a page that is not published yet. */
export interface LiveAnswers {
  /**
   * The page itself while it is being written, held open until it is finished, or a word about where it is.
   *
   * @param home Relative address of the site.
   * @param findPublished The page that is there already, if there is one: shown while it is being changed.
   * @returns Undefined if nothing is being written, or it has just been published.
   */
  answerPage(
    request: Request,
    siteId: SiteId,
    home: string,
    findPublished?: () => Promise<Uint8Array | undefined>,
  ): Promise<Response | undefined>;
  /** A file that a page refers to which somebody is watching. */
  findFile(siteId: SiteId, path: string): ServedFile | undefined;
}

export function createLiveAnswers({
  root,
  securityHeaders,
  answerMessage,
  maxViewers,
  closing,
}: LiveAnswerOptions): LiveAnswers {
  const watches = new Map<SiteId, SiteWatch>();
  let viewers = 0;
  const headers = {
    ...securityHeaders,
    "Content-Type": "text/html; charset=utf-8",
    // A proxy that collected or compressed the page would show it in lumps, or at the end.
    "Cache-Control": "no-store, no-transform",
    "X-Accel-Buffering": "no",
  };
  closing.addEventListener("abort", () => {
    for (const watch of watches.values()) watch.stop();
  });

  async function join(siteId: SiteId): Promise<SiteWatch | MessageName | undefined> {
    const known = watches.get(siteId);
    const status = known?.isOpen ? undefined : await readSiteStatus(root, siteId);
    const running = watches.get(siteId);
    if (viewers >= maxViewers) return "crowded";
    if (running?.isOpen) return enter(running);
    if (!status) return undefined;
    if (watches.size >= maxSites) return "crowded";
    const watch = enter(new SiteWatch(root, siteId, status));
    watches.set(siteId, watch);
    void watch.run().finally(() => {
      if (watches.get(siteId) === watch) watches.delete(siteId);
    });
    return watch;
  }

  function enter(watch: SiteWatch): SiteWatch {
    viewers++;
    watch.viewers++;
    return watch;
  }

  function leave(watch: SiteWatch): void {
    viewers--;
    watch.viewers--;
  }

  const answerPage: LiveAnswers["answerPage"] = async (request, siteId, home, findPublished) => {
    const watch = await join(siteId);
    if (watch === undefined) return undefined;
    if (!(watch instanceof SiteWatch)) return answerMessage(watch, request);
    const hold = (show: Show) =>
      new Response(
        createLiveStream(watch, show, request.signal, () => leave(watch)),
        { headers },
      );
    const reader = { home, words: chooseWords(request.headers.get("accept-language")) };
    const found = await waitForPage(watch, request);
    const published = isOfAChange(watch.news, found) ? await findPublished?.().catch(() => undefined) : undefined;
    if (request.method === "GET" && found === "page") return hold(showGrowing(watch, reader));
    if (request.method === "GET" && published) return hold(showChanging(watch, published, reader));
    leave(watch);
    if (found === "published" || found === "gone") return undefined;
    return found === "page" || published ? new Response(null, { headers }) : answerMessage(found, request);
  };

  return { answerPage, findFile: (siteId, path) => watches.get(siteId)?.files.get(path) };
}

type Finding = MessageName | "page" | "published" | "gone";

/** Waits a while for the first byte of the page, and says what there is otherwise. */
async function waitForPage(watch: SiteWatch, { method, signal }: Request): Promise<Finding> {
  const startedAt = Date.now();
  const left = Promise.withResolvers<void>();
  signal.addEventListener("abort", () => left.resolve());
  for (;;) {
    const { news, page } = watch;
    if (news.state === "writing" && page && page.length > 0) return "page";
    const patience = method === "GET" && !signal.aborted ? patienceMs(news) : 0;
    const remaining = startedAt + patience - Date.now();
    if (remaining <= 0) return describe(news);
    const bored = Promise.withResolvers<void>();
    const timer = setTimeout(bored.resolve, remaining);
    await Promise.race([watch.changed(), bored.promise, left.promise]);
    clearTimeout(timer);
  }
}

/** Whether a page that is published already says more than a word about its next revision. */
function isOfAChange(news: SiteNews, found: Finding): boolean {
  if (found === "page" || found === "published" || found === "gone" || found === "unborn") return false;
  return news.state !== "writing" || news.changes === true;
}

function describe(news: SiteNews): Finding {
  switch (news.state) {
    case "writing":
      return "thinking";
    case "failed":
      return describeFailure(news.code);
    case "lost":
      return "unborn";
    case "published":
    case "gone":
    case "queued":
    case "retrying":
    case "cancelled":
      return news.state;
  }
}

function describeFailure(code: string): MessageName {
  if (code === "output_refused" || code === "output_blocked") return "refused";
  return code.startsWith("provider_") ? "unreachable" : "failed";
}
