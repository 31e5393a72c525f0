import type { Browser, BrowserContext, Page } from "playwright-core";
import { openChromium } from "../../helpers/chromium.ts";
import { type AttackSite, type Incident, openAttackSite } from "./attack-site.ts";
import { hostPage } from "./host-page.ts";

/** Documents that are on show together, in frames of one page. */
const batchSize = 40;
/** Pages at work at the same time. */
const lanes = 3;
/** A browser that has shown this many documents is replaced: some attacks are on the browser's memory. */
const documentsPerBrowser = 480;
/** For one batch, and for one document that is played alone because its batch did not end. */
const batchMs = 60_000;
const aloneMs = 15_000;
const viewport = { width: 1280, height: 800 };

export interface PlayOptions {
  /** Called now and then with the number of documents that are done. */
  onProgress?: (done: number) => void;
}

/**
 * Shows each document in a frame, without any policy, and does to it whatever a visitor could: points at everything,
 * presses, focuses, toggles and submits it.
 */
export async function playAttacks(documents: readonly string[], { onProgress }: PlayOptions = {}): Promise<Incident[]> {
  await using site = openAttackSite(documents, hostPage);
  const incidents: Incident[] = [];
  for (let from = 0; from < documents.length; from += documentsPerBrowser) {
    const to = Math.min(from + documentsPerBrowser, documents.length);
    incidents.push(...(await playInOneBrowser(site, from, to)));
    onProgress?.(to);
  }
  return incidents;
}

async function playInOneBrowser(site: AttackSite, from: number, to: number): Promise<Incident[]> {
  const incidents: Incident[] = [];
  const starts = Array.from({ length: Math.ceil((to - from) / batchSize) }, (_, batch) => from + batch * batchSize);
  const unfinished: number[] = [];
  {
    await using stage = await openStage(site);
    const lane = async (): Promise<void> => {
      for (let start = starts.shift(); start !== undefined; start = starts.shift()) {
        const batch = range(start, Math.min(start + batchSize, to));
        const found = await stage.play(batch, batchMs);
        if (found === undefined) unfinished.push(...batch);
        else incidents.push(...found);
      }
    };
    await Promise.all(Array.from({ length: lanes }, lane));
  }
  for (const index of unfinished) {
    await using stage = await openStage(site);
    const found = await stage.play([index], aloneMs);
    incidents.push(...(found ?? [{ document: index, kind: "hung" as const, detail: `for ${aloneMs} ms` }]));
  }
  return [...incidents, ...site.takeRequests()];
}

interface Stage extends AsyncDisposable {
  /** @returns Nothing if that took too long, or the page was gone. */
  play(indexes: readonly number[], withinMs: number): Promise<Incident[] | undefined>;
}

async function openStage(site: AttackSite): Promise<Stage> {
  const browser: Browser = await openChromium(`--host-resolver-rules=${site.resolverRules}`, "--no-proxy-server");
  const context = await browser.newContext({ viewport });
  return {
    async play(indexes, withinMs) {
      const page = await context.newPage();
      const { promise: late, resolve } = Promise.withResolvers<undefined>();
      const timer = setTimeout(resolve, withinMs);
      try {
        return await Promise.race([playBatch(page, indexes), late]);
      } catch {
        return undefined;
      } finally {
        clearTimeout(timer);
        await Promise.race([page.close(), Bun.sleep(1000)]).catch(() => undefined);
      }
    },
    async [Symbol.asyncDispose]() {
      await closeContext(context);
      await browser.close();
    },
  };
}

async function closeContext(context: BrowserContext): Promise<void> {
  // Chromium sometimes never answers for a page that hangs; the browser as a whole always goes.
  await Promise.race([context.close(), Bun.sleep(2000)]).catch(() => undefined);
}

async function playBatch(page: Page, indexes: readonly number[]): Promise<Incident[]> {
  const incidents: Incident[] = [];
  page.on("popup", (popup) => {
    incidents.push({ document: -1, kind: "opened", detail: popup.url() });
    popup.close().catch(() => undefined);
  });
  await page.goto("http://site.test/");
  const paths = indexes.map((index) => `/p/${index}/`);
  const points = (await page.evaluate(`show(${JSON.stringify(paths)})`)) as [number, number][];
  for (const [x, y] of points) await page.mouse.move(x, y);
  const found = (await page.evaluate("pokeAll()")) as (Omit<Incident, "document"> & { path: string })[];
  for (const { path, kind, detail } of found) {
    incidents.push({ document: Number(/^\/p\/(\d+)\//.exec(path)?.[1] ?? -1), kind, detail });
  }
  return incidents;
}

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from }, (_, offset) => from + offset);
}
