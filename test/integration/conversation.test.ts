import { afterAll, beforeAll, describe, expect, setDefaultTimeout, test } from "bun:test";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { goodPage } from "../helpers/ai-scripts.ts";
import { type AiServer, startAiServer } from "../helpers/ai-server.ts";
import { hasBrowser, openBrowser } from "../helpers/browser.ts";
import { runsIntegration } from "../helpers/integration.ts";
import { runOrchestrator, startOrchestrator } from "../helpers/orchestrator-process.ts";
import {
  type BotMessage,
  freePort,
  openTelegramEmulator,
  type TelegramEmulator,
} from "../helpers/telegram-emulator.ts";

setDefaultTimeout(120_000);

const heading = "Coffee roasted slowly, served at once";
const change = `I made the heading shorter.

<<<<<<< SEARCH
<h1>${heading}</h1>
=======
<h1>Coffee, slowly</h1>
>>>>>>> REPLACE`;

const linkIn = (message: BotMessage) => /http:\/\/[^\s"<]+\/p\/[a-z2-7]{26}\//.exec(message.text)?.[0] ?? "";

/** From hello to goodbye with the program as it is shipped, over a Bot API server of somebody else's. */
describe.skipIf(!runsIntegration("a whole conversation") || !hasBrowser)("a whole conversation", () => {
  let resources: AsyncDisposableStack;
  let telegram: TelegramEmulator;
  let ai: AiServer;
  let browser: Browser;
  let result: BotMessage;
  let link: string;

  beforeAll(async () => {
    resources = new AsyncDisposableStack();
    telegram = resources.use(await openTelegramEmulator());
    ai = resources.use(await startAiServer({ reply: goodPage }));
    browser = await openBrowser();
    resources.defer(() => browser.close());
    const data = await mkdtemp(join(tmpdir(), "orchestrator-conversation-"));
    resources.defer(() => rm(data, { recursive: true }));
    const env = {
      ORCHESTRATOR_DATA_DIR: data,
      TELEGRAM_BOT_TOKEN: telegram.token,
      TELEGRAM_SECRET_TOKEN: "a-secret-of-ours",
      TELEGRAM_API_ROOT: telegram.url,
      AI_PROVIDER: "openai",
      AI_BASE_URL: ai.openAiUrl,
      PORT: "0",
      PREVIEW_PORT: String(freePort()),
    };
    const up = resources.use(startOrchestrator(["up"], env));
    const { url } = await up.line((line) => line["msg"] === "serving the API");
    const set = await runOrchestrator(["webhook", "set", String(url)], { env });
    expect([set.status, set.stderr]).toEqual([0, ""]);
    await up.line((line) => String(line["msg"]).includes("polling"));
  });
  afterAll(() => resources.disposeAsync());

  async function headingAt(url: string): Promise<string> {
    const page = await browser.newPage();
    await page.goto(url);
    const text = (await page.locator("h1").textContent()) ?? "";
    await page.close();
    return text;
  }

  async function statusAt(url: string): Promise<number> {
    return (await fetch(url)).status;
  }

  test("the bot says hello", async () => {
    await telegram.say("/start");
    await telegram.message(({ text }) => text.startsWith("Hello!"));
  });

  test("a sentence becomes a page, and its link opens", async () => {
    await telegram.say("A landing page for my coffee shop");
    result = await telegram.message(({ text }) => text.includes("is ready"));
    link = linkIn(result);
    expect(await headingAt(link)).toBe(heading);
    expect(result.buttons.length).toBeGreaterThan(2);
  });

  test("an answer to the page changes it, at the same address, and the version before stays", async () => {
    ai.play({ reply: change });
    await telegram.say("Please say something shorter at the top", result);
    const next = await telegram.message(
      ({ id, text }) => id > result.id && linkIn({ text } as BotMessage) === link && !text.includes("Watch"),
    );
    expect(next.id).toBeGreaterThan(result.id);
    expect(await headingAt(link)).toBe("Coffee, slowly");
    expect(await headingAt(`${link}r/1/`)).toBe(heading);
  });

  test("a page that is being written can be stopped", async () => {
    ai.play({ reply: goodPage, stallAfter: 30 });
    await telegram.say("A page for my bakery");
    const status = await telegram.message(
      ({ id, text, buttons }) =>
        id > result.id && text.includes("Watch") && buttons.some(isCancel) && linkIn({ text } as BotMessage) !== link,
    );
    await telegram.press(status, isCancel);
    await telegram.message(({ id, text }) => id >= status.id && text.startsWith("Stopped"));
  });

  test("a page can be deleted, and its link says so", async () => {
    const [, siteId = ""] = /\/p\/([a-z2-7]{26})\//.exec(link) ?? [];
    await telegram.press(result, ({ callback_data }) => callback_data === `delete:${siteId}`);
    const question = await telegram.message(({ buttons }) =>
      buttons.some(({ callback_data }) => callback_data === `delete_now:${siteId}`),
    );
    await telegram.press(question, ({ callback_data }) => callback_data === `delete_now:${siteId}`);
    await telegram.message(({ id, text }) => id > question.id && text.includes("deleted"));
    expect(await statusAt(link)).toBe(410);
    expect(await statusAt(`${link}r/1/`)).toBe(410);
  });
});

function isCancel({ callback_data }: BotMessage["buttons"][number]): boolean {
  return callback_data?.startsWith("cancel:") === true;
}
