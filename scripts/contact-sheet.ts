/**
 * Thirty of the mock's pages as they would be published, phone and desktop side by side, as one picture to look at; and
 * what a machine can see of them: the finisher's findings, axe's, what is wider than the screen, what could not be
 * loaded. Ends with 1 if there is any.
 *
 * bun scripts/contact-sheet.ts --out DIR [--full] [--fold HEIGHT] [--columns N] [PROMPT…]
 */
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { parseArgs } from "node:util";
import axe from "axe-core/axe.min.js" with { type: "text" };
import { type Browser, chromium, type Page } from "playwright-core";
import { writePage } from "../src/ai/mock/write-page.ts";
import { createPageStream } from "../src/finish/create-page-stream.ts";
import { contactSheetPrompts } from "./contact-sheet-prompts.ts";

interface Shot {
  prompt: string;
  phone: Buffer;
  desktop: Buffer;
  defects: string[];
}

const launchOptions = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"];
const types: Record<string, string> = { svg: "image/svg+xml", woff2: "font/woff2" };

async function publish(prompt: string) {
  const html: string[] = [];
  const stream = createPageStream({ prompt }, { onHtml: (chunk) => void html.push(chunk) });
  stream.write(writePage(prompt));
  const { files, finished, sanitized } = await stream.end();
  const counts = { ...finished.found, ...finished.fixed, ...sanitized.rules };
  return { html: html.join(""), files, defects: Object.entries(counts).map(([rule, count]) => `${rule} ×${count}`) };
}

async function open(browser: Browser, width: number, height: number, site: Awaited<ReturnType<typeof publish>>) {
  const page = await browser.newPage({ viewport: { width, height }, bypassCSP: true });
  await page.route("**/*", (route) => {
    const path = new URL(route.request().url()).pathname.slice(1);
    if (path === "") return route.fulfill({ contentType: "text/html; charset=utf-8", body: site.html });
    const file = site.files.get(path);
    if (file) return route.fulfill({ contentType: types[path.split(".").at(-1) ?? ""] ?? "", body: Buffer.from(file) });
    site.defects.push(`not there: ${path}`);
    return route.abort();
  });
  await page.goto("http://contact.sheet/");
  await page.evaluate("document.fonts.ready");
  return page;
}

async function inspect(page: Page, width: number): Promise<string[]> {
  const overflow = await page.evaluate("document.documentElement.scrollWidth - innerWidth");
  await page.evaluate(axe);
  const violations = (await page.evaluate(
    `axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"] })
      .then(({ violations }) => violations.map(({ id, nodes }) => id + " ×" + nodes.length + " " + nodes[0].target))`,
  )) as string[];
  return [
    ...(Number(overflow) > 0 ? [`${width} px: overflows by ${overflow} px`] : []),
    ...violations.map((violation) => `${width} px: ${violation}`),
  ];
}

async function shoot(browser: Browser, prompt: string, { full, fold }: { full: boolean; fold: number }): Promise<Shot> {
  const site = await publish(prompt);
  const picture = async (width: number, height: number): Promise<Buffer> => {
    const page = await open(browser, width, height, site);
    const shot = await page.screenshot({ fullPage: full, type: "jpeg", quality: 82 });
    site.defects.push(...(await inspect(page, width)));
    await page.close();
    return shot;
  };
  return {
    prompt,
    phone: await picture(390, Math.round(fold * 1.4)),
    desktop: await picture(1280, fold),
    defects: site.defects,
  };
}

const escapeText = (text: string): string => text.replace(/[&<]/g, (c) => (c === "&" ? "&amp;" : "&lt;"));

async function composeSheet(browser: Browser, shots: readonly Shot[], columns: number): Promise<Buffer> {
  const source = (image: Buffer): string => `data:image/jpeg;base64,${image.toString("base64")}`;
  const cells = shots.map(
    ({ prompt, phone, desktop }) =>
      `<figure><div><img src="${source(phone)}" style="flex:390"><img src="${source(desktop)}" style="flex:1280"></div><figcaption>${escapeText(prompt)}</figcaption></figure>`,
  );
  const page = await browser.newPage({ viewport: { width: columns * 620 + 20, height: 600 } });
  await page.setContent(
    `<style>body{margin:10px;display:grid;grid-template-columns:repeat(${columns},1fr);gap:14px;background:#888;font:12px sans-serif}figure{margin:0}div{display:flex;gap:6px;align-items:flex-start}img{min-width:0;width:0}figcaption{padding:4px 0;color:#fff}</style>${cells.join("")}`,
  );
  const sheet = await page.screenshot({ fullPage: true, type: "png" });
  await page.close();
  return sheet;
}

const { values, positionals } = parseArgs({
  args: process.argv.slice(2),
  options: {
    out: { type: "string", default: "contact-sheet" },
    full: { type: "boolean", default: false },
    fold: { type: "string", default: "760" },
    columns: { type: "string", default: "3" },
  },
  allowPositionals: true,
});
const browser = await chromium.launch({
  executablePath: process.env["CHROMIUM_PATH"] ?? "/usr/bin/chromium",
  args: launchOptions,
});
await mkdir(values.out, { recursive: true });
const shots: Shot[] = [];
for (const prompt of positionals.length > 0 ? positionals : contactSheetPrompts) {
  const shot = await shoot(browser, prompt, { full: values.full, fold: Number(values.fold) });
  for (const defect of shot.defects) console.log(`${defect} — ${prompt}`);
  shots.push(shot);
}
const path = join(values.out, "contact-sheet.png");
await Bun.write(path, await composeSheet(browser, shots, Number(values.columns)));
await browser.close();
const faulty = shots.filter(({ defects }) => defects.length > 0).length;
console.log(`${shots.length} pages, ${faulty} with defects: ${path}`);
if (faulty > 0) process.exitCode = 1;
