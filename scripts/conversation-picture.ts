/**
 * The picture of a conversation in the README: what the bot really says, from a conversation with everything but the
 * model real, drawn as a phone would show it.
 *
 *   bun scripts/conversation-picture.ts [docs/images/conversation.png]
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "playwright-core";
import { escapeHtml } from "../src/telegram/html.ts";
import { converse, type Line } from "../test/helpers/conversation.ts";
import { openTestDatabase } from "../test/helpers/database.ts";

const target = process.argv[2] ?? "docs/images/conversation.png";

const previewsPath = await mkdtemp(join(tmpdir(), "orchestrator-picture-"));
await using db = await openTestDatabase();
const spoken = await converse(db, { languages: ["en"], previewsPath, summary: "The title is larger." });
await rm(previewsPath, { recursive: true });
const lines = spoken.get("en") ?? [];

const style = `
  * { box-sizing: border-box; margin: 0 }
  body { font: 15px/1.38 "Inter", "Noto Sans", "DejaVu Sans", system-ui, sans-serif; background: #fff; color: #16202a; padding: 24px; display: flex; gap: 22px; width: fit-content; align-items: stretch }
  section { width: 366px; border-radius: 22px; overflow: hidden; background: #c9dccd; display: flex; flex-direction: column }
  header { background: #fff; padding: 12px 16px; font-weight: 600; border-bottom: 1px solid #0001 } header small { display: block; font-weight: 400; color: #6b7a86; font-size: 12.5px }
  main { padding: 12px; display: flex; flex-direction: column; justify-content: flex-end; gap: 8px; flex: 1 }
  .line { max-width: 88%; align-self: flex-start } .person { align-self: flex-end }
  .bubble { background: #fff; border-radius: 14px 14px 14px 4px; padding: 8px 12px; white-space: pre-wrap; overflow-wrap: anywhere; box-shadow: 0 1px 1px #0001 }
  .person .bubble { background: #e3fbd0; border-radius: 14px 14px 4px 14px } .bubble .url { color: #1d72b8 }
  .quote { display: block; border-left: 3px solid #3c9a5f; padding-left: 8px; margin-bottom: 4px; font-size: 13px; color: #3b6b4e }
  .row { display: flex; gap: 4px; margin-top: 4px } .row span { flex: 1; text-align: center; background: #3d5a5280; color: #fff; border-radius: 8px; padding: 7px 6px; font-weight: 500; font-size: 14px }`;

const withLinks = (html: string) => html.replace(/https:\/\/\S+/g, (url) => `<span class="url">${url}</span>`);

/** @param version Which of its versions a message shows; the last unless told. */
function bubble({ who, versions }: Line, version = -1, quote?: string): string {
  const { html, text, keyboard } = versions.at(version) ?? { html: "", text: "", keyboard: [] };
  const quoted = quote === undefined ? "" : `<span class="quote">${escapeHtml(quote)}</span>`;
  const words = withLinks(who === "bot" ? html : escapeHtml(text));
  const buttons = keyboard.map(
    (row) => `<div class="row">${row.map((one) => `<span>${escapeHtml(one)}</span>`).join("")}</div>`,
  );
  return `<div class="line ${who}"><div class="bubble">${quoted}${words}</div>${buttons.join("")}</div>`;
}

const at = (index: number) => lines[index] ?? { who: "bot" as const, versions: [] };
const [start, hello, prompt, status, result, edit, editStatus, edited] = [0, 1, 2, 3, 4, 5, 6, 7].map(at) as [
  Line,
  Line,
  Line,
  Line,
  Line,
  Line,
  Line,
  Line,
];
const writing = status.versions.findIndex(({ keyboard }) => keyboard.length === 2);
const phones = [
  [bubble(start), bubble(hello), bubble(prompt), bubble(status, writing)],
  [bubble(prompt), bubble(status), bubble(result)],
  [bubble(edit, -1, result.versions[0]?.text.split("\n")[0]), bubble(editStatus), bubble(edited)],
];
const page = `<!doctype html><meta charset="utf-8"><style>${style}</style>${phones
  .map(
    (bubbles) => `<section><header>Site Builder<small>bot</small></header><main>${bubbles.join("")}</main></section>`,
  )
  .join("")}`;

const browser = await chromium.launch({
  executablePath: Bun.env["CHROMIUM_PATH"] ?? "/usr/bin/chromium",
  args: ["--no-sandbox"],
});
const tab = await browser.newPage({ deviceScaleFactor: 1.4, viewport: { width: 1200, height: 400 } });
await tab.setContent(page);
await tab.locator("body").screenshot({ path: target });
await browser.close();
console.log(target);
process.exit(0);
