import { describe, expect, setDefaultTimeout, test } from "bun:test";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Response } from "playwright-core";
import { aiScripts, goodPage } from "../helpers/ai-scripts.ts";
import { startAiServer } from "../helpers/ai-server.ts";
import { hasBrowser, openBrowser } from "../helpers/browser.ts";
import { runsIntegration } from "../helpers/integration.ts";
import { type OrchestratorProcess, startOrchestrator } from "../helpers/orchestrator-process.ts";
import { until } from "../helpers/until.ts";

setDefaultTimeout(120_000);

describe.skipIf(!runsIntegration("watching in a browser") || !hasBrowser)("watching in a browser", () => {
  test("a page grows before the reader's eyes, from two preview servers, and is then what is published", async () => {
    await using stack = new AsyncDisposableStack();
    const directory = await mkdtemp(join(tmpdir(), "orchestrator-watch-"));
    stack.defer(() => rm(directory, { recursive: true }));
    const ai = stack.use(await startAiServer());
    const env = {
      HOME: directory,
      ORCHESTRATOR_DATA_DIR: directory,
      AI_PROVIDER: "openai",
      AI_BASE_URL: ai.openAiUrl,
      AI_MODEL: "scripted",
      MAX_RETRIES: "0",
      API_TOKEN: "token",
      HOST: "127.0.0.1",
      PORT: "0",
      PREVIEW_PORT: "0",
    };
    const up = stack.use(startOrchestrator(["up"], env));
    const preview = stack.use(startOrchestrator(["serve-preview"], env));
    const api = await addressOf(up, "serving the API");
    const origins = [await addressOf(up, "serving previews"), await addressOf(preview, "serving previews")];
    const browser = await openBrowser();
    stack.defer(() => browser.close());
    const submit = async (prompt = "Create a landing page for a coffee shop", edit?: string) => {
      const answer = await fetch(`${api}/jobs`, {
        method: "POST",
        headers: { authorization: "Bearer token" },
        body: JSON.stringify({ prompt, edit }),
      });
      return ((await answer.json()) as { siteId: string }).siteId;
    };

    const begun = Promise.withResolvers<void>();
    ai.play({ delayMs: 20, pieceLength: 10, pause: { after: 30, until: begun.promise } });
    const siteId = await submit();
    const growing = await Promise.all(
      origins.map(async (origin) => {
        const page = await browser.newPage();
        // Before a worker has it, the answer is a word about the job, not the page.
        while (!isGrowing(await page.goto(`${origin}/p/${siteId}/`, { waitUntil: "commit" }))) await Bun.sleep(20);
        return { page, url: page.url() };
      }),
    );
    begun.resolve();
    await Promise.all(
      growing.map(async ({ page, url }) => {
        const lengths = new Set<number>();
        const measure = async () => {
          lengths.add(await page.evaluate<number>("document.body ? document.body.innerText.length : 0"));
          return page.evaluate<boolean>("document.readyState !== 'complete'");
        };
        while (await measure()) await Bun.sleep(50);
        expect(lengths.size).toBeGreaterThan(3);
        expect(await page.evaluate<string>("getComputedStyle(document.querySelector('main')).maxWidth")).toBe("960px");
        const seen = await page.evaluate<string>("document.documentElement.outerHTML");
        expect(seen).toContain("Coffee roasted slowly");
        await until(async () => (await fetch(url)).headers.has("etag"));
        await page.goto(url);
        expect(await page.evaluate<string>("document.documentElement.outerHTML")).toBe(seen);
      }),
    );

    const everybodyLooks = Promise.withResolvers<void>();
    const block = "<<<<<<< SEARCH\nCoffee roasted slowly\n=======\nTea steeped slowly\n>>>>>>> REPLACE";
    ai.play({ reply: `The page is about tea now.\n${block}`, pause: { after: 0, until: everybodyLooks.promise } });
    await submit("Make it about tea", siteId);
    const watching = await Promise.all(
      origins.map(async (origin) => {
        const page = await browser.newPage();
        while (!isGrowing(await page.goto(`${origin}/p/${siteId}/live/`, { waitUntil: "commit" }))) await Bun.sleep(20);
        await page.locator("aside", { hasText: "is being changed" }).waitFor();
        expect(await page.textContent("h1")).toContain("Coffee roasted slowly");
        return page;
      }),
    );
    everybodyLooks.resolve();
    for (const page of watching) {
      await page.locator("aside", { hasText: "The change is made." }).getByRole("link").click();
      await page.locator("h1", { hasText: "Tea steeped slowly" }).waitFor();
      expect(page.url()).toEndWith(`/p/${siteId}/`);
    }

    ai.play({ ...aiScripts["truncated"], reply: goodPage.slice(0, 900), delayMs: 20, pieceLength: 10 });
    const failing = await submit();
    for (const origin of origins) {
      await until(async () => {
        const answer = await fetch(`${origin}/p/${failing}/`);
        return answer.status === 404 && (await answer.text()).includes("was not made");
      });
    }
  });
});

function isGrowing(answer: Response | null): boolean {
  return answer?.headers()["cache-control"] === "no-store, no-transform";
}

async function addressOf(program: OrchestratorProcess, message: string): Promise<string> {
  return String((await program.line((line) => line["msg"] === message))["url"]);
}
