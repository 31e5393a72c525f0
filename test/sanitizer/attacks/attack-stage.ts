import type { Browser, BrowserContext, Page } from "playwright-core";
import { openChromium } from "../../helpers/chromium.ts";
import { type AttackSite, type Incident, openAttackSite } from "./attack-site.ts";
import { hostPage } from "./host-page.ts";

/** Documents that are on show together, in frames of one page. */
const batchSize = 40;
/** Pages at work at the same time. */
const lanes = 2;
/** A browser that has shown this many documents is replaced: some attacks are on the browser's memory. */
const documentsPerBrowser = 480;
/** For one batch. One that takes longer, or ends the browser, is played again in two halves, down to one document. */
const batchMs = 180_000;
const aloneMs = 30_000;
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
  let batches = cut(range(from, to), batchSize);
  while (batches.length > 0) {
    const stuck: number[][] = [];
    await using stage = await openStage(site);
    const lane = async (): Promise<void> => {
      for (let batch = batches.shift(); batch; batch = batches.shift()) {
        const found = await stage.play(batch, batch.length === 1 ? aloneMs : batchMs);
        if (found) incidents.push(...found);
        else if (batch.length > 1) stuck.push(...cut(batch, Math.ceil(batch.length / 2)));
        else incidents.push({ document: batch[0] ?? -1, kind: "hung", detail: `for ${aloneMs} ms` });
      }
    };
    await Promise.all(Array.from({ length: lanes }, lane));
    batches = stuck;
  }
  return [...incidents, ...site.takeRequests()];
}

interface Stage extends AsyncDisposable {
  /** @returns Nothing if that took too long, or the page was gone. */
  play(indexes: readonly number[], withinMs: number): Promise<Incident[] | undefined>;
}

async function openStage(site: AttackSite): Promise<Stage> {
  const browser: Browser = await openChromium(`--host-resolver-rules=${site.resolverRules}`, "--no-proxy-server");
  // Some calls never learn that their browser is gone.
  const gone = new Promise<undefined>((resolve) => browser.once("disconnected", () => resolve(undefined)));
  const context = await browser.newContext({ viewport });
  return {
    async play(indexes, withinMs) {
      const { promise: late, resolve } = Promise.withResolvers<undefined>();
      const timer = setTimeout(resolve, withinMs);
      let page: Page | undefined;
      try {
        page = await context.newPage();
        return await Promise.race([playBatch(page, indexes), late, gone]);
      } catch {
        // The page or the whole browser is gone, which is for the next browser to look into.
        return undefined;
      } finally {
        clearTimeout(timer);
        if (page) await Promise.race([page.close(), Bun.sleep(1000)]).catch(() => undefined);
      }
    },
    async [Symbol.asyncDispose]() {
      await closeContext(context);
      await browser.close().catch(() => undefined);
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

function cut<Item>(items: readonly Item[], size: number): Item[][] {
  return range(0, Math.ceil(items.length / size)).map((part) => items.slice(part * size, (part + 1) * size));
}

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from }, (_, offset) => from + offset);
}
