import { afterAll, beforeAll, describe, expect, setDefaultTimeout, test } from "bun:test";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { goodPage } from "../helpers/ai-scripts.ts";
import { type AiServer, startAiServer } from "../helpers/ai-server.ts";
import { hasBrowser, openBrowser } from "../helpers/browser.ts";
import { runsIntegration } from "../helpers/integration.ts";
import { startOrchestrator } from "../helpers/orchestrator-process.ts";
import { samplePng } from "../helpers/sample-picture.ts";
import { freePort } from "../helpers/telegram-emulator.ts";
import { openTelegramServer, type TelegramServer } from "../helpers/telegram-server.ts";
import { bot, message } from "../helpers/update.ts";

setDefaultTimeout(400_000);

/** From a message with pictures to a browser that shows them, with the program as it is shipped. */
describe.skipIf(!runsIntegration("pictures on a page") || !hasBrowser)("pictures on a page", () => {
  let resources: AsyncDisposableStack;
  let telegram: TelegramServer;
  let ai: AiServer;
  let browser: Browser;
  let data: string;

  beforeAll(async () => {
    resources = new AsyncDisposableStack();
    telegram = resources.use(openTelegramServer());
    ai = resources.use(
      await startAiServer({ reply: goodPage.replace("<h1>", '<img data-slot="photo-2" alt="Cake"><h1>') }),
    );
    browser = await openBrowser();
    resources.defer(() => browser.close());
    data = await mkdtemp(join(tmpdir(), "orchestrator-pictures-"));
    resources.defer(() => rm(data, { recursive: true }));
    const up = resources.use(
      startOrchestrator(["up"], {
        ORCHESTRATOR_DATA_DIR: data,
        TELEGRAM_BOT_TOKEN: telegram.token,
        TELEGRAM_API_ROOT: telegram.url,
        AI_PROVIDER: "openai",
        AI_BASE_URL: ai.openAiUrl,
        PORT: "0",
        PREVIEW_PORT: String(freePort()),
      }),
    );
    await up.line((line) => line["msg"] === "serving the API");
  });
  afterAll(() => resources.disposeAsync());

  /** The bot's next word about a finished page. */
  async function finished(after: number): Promise<{ id: number; url: string; heard: number }> {
    const call = await telegram.call(
      (one) =>
        telegram.calls.indexOf(one) >= after &&
        one.method === "sendMessage" &&
        /\bready\b|changed/i.test(one.text ?? ""),
    );
    const url = /http:\S+\/p\/[a-z2-7]{26}\//.exec(call.text ?? "")?.[0] ?? "";
    const { message_id: id } = (call.answer?.result ?? {}) as { message_id?: number };
    return { id: id ?? 0, url, heard: telegram.calls.length };
  }

  /** Sources of the pictures of the person's that the browser could show. */
  async function shownAt(url: string): Promise<string[]> {
    const page = await browser.newPage({ viewport: { width: 1280, height: 20_000 } });
    await page.goto(url);
    // A picture that cannot be shown keeps this waiting.
    await page.waitForFunction("[...document.images].every((image) => image.complete && image.naturalWidth > 0)");
    const shown = (await page.evaluate(
      "[...document.images].map((image) => image.getAttribute('src') ?? '')",
    )) as string[];
    await page.close();
    return shown.filter((src) => src.startsWith("assets/picture-"));
  }

  test("an album is on the page, what is no picture is told of, and a photo in answer to the page joins it", async () => {
    telegram.files.set("shop", (await Bun.file("test/fixtures/pictures/sideways-with-gps.jpg").bytes()) as never);
    telegram.files.set("cake", samplePng(900, 700));
    telegram.files.set("junk", new TextEncoder().encode("<svg onload=alert(1)>"));
    const album = (id: string, content = {}) =>
      telegram.send(message({ media_group_id: "1", photo: [{ file_id: id, width: 640, height: 480 }], ...content }));
    await album("shop");
    await album("junk");
    await album("cake", { caption: "A page for my bakery Golden Crumb" });

    const first = await finished(0);
    expect(telegram.calls.map((call) => call.text)).toContainEqual(expect.stringMatching(/could not read picture 2/));
    expect((await shownAt(first.url)).sort()).toEqual(["assets/picture-1-480.webp", "assets/picture-2-900.webp"]);

    telegram.files.set("team", samplePng(700, 700));
    const repliedTo = { message_id: first.id, date: 0, from: bot, chat: { id: 700, type: "private" } };
    ai.play({
      reply:
        'Done.\n\n<<<<<<< SEARCH\n<h2>Visit us</h2>\n=======\n<h2>Visit us</h2><img data-slot="photo-1" alt="Team">\n>>>>>>> REPLACE',
    });
    const caption = "Put this photo of the team where the address is";
    const photo = [{ file_id: "team", width: 700, height: 700 }];
    await telegram.send(message({ photo, caption, reply_to_message: repliedTo }));
    const second = await finished(first.heard);
    expect(second.url).toBe(first.url);
    expect((await shownAt(second.url)).sort()).toEqual([
      "assets/picture-1-480.webp",
      "assets/picture-2-900.webp",
      "assets/picture-3-700.webp",
    ]);
    expect(await shownAt(`${first.url}r/1/`)).toHaveLength(2);
    expect(telegram.violations).toEqual([]);
    expect(JSON.stringify(ai.requests[0]?.body)).toContain("The person sent 2 pictures");
    const [site = ""] = await readdir(join(data, "previews"));
    const bytes = await Bun.file(join(data, "previews", site, "r1", "assets", "picture-1-480.webp")).bytes();
    expect(Buffer.from(bytes).toString("latin1")).not.toMatch(/exif/i);
  });
});
