/**
 * Screenshots of the mock's pages, phone and desktop side by side, as one picture.
 *
 * bun scripts/contact-sheet.ts --out DIR [--full] [--fold HEIGHT] [PROMPT…]
 */
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { type Browser, chromium } from "playwright-core";
import { writePage } from "../src/ai/mock/write-page.ts";

const defaultPrompts = [
  "Create a landing page for a coffee shop",
  "landing page for my coffee shop called Blue Door in Lisbon, dark, call +351 912 345 678",
  "Página para mi cafetería «La Esquina» en Madrid",
  "Landingpage für mein Café Morgenrot in Leipzig, grün",
  "Сайт для кофейни «Утро» в Казани, тел. +7 843 123-45-67",
  "Kadıköy'de Mavi Kapı adlı kahve dükkanı için sayfa",
  "Site pour la boulangerie Petit Four à Lyon",
  "Сторінка для пекарні «Зерно» у Львові",
  "A site for Bakery Nord",
  "Hochzeitsseite für Anna und Tom am 14. Juni 2027 in Potsdam",
  "Casamento da Ana e João, 20 de setembro de 2027",
  "Wedding page for June & Adam",
  "website for a SaaS that tracks bike fleets",
  "Лендинг для сервиса учёта задач",
  "Aplicación para organizar turnos de trabajo",
  "Portfolio of a photographer named Ida Holm",
  "Portfolio für eine Architektin",
  "restaurante llamado El Olivo, abierto lun-vie 12:00-16:00, paella 14 €, gazpacho 6 €",
  "Restaurant de poisson à Marseille",
  "tech conference in Warsaw on 12 May 2027",
  "Festival de música em Lisboa",
  "crie um site para minha loja de cerâmica",
  "a shop for handmade candles, pink",
  "Магазин кераміки",
  "blog about slow travel",
  "Seyahat blogu",
  "Zahnarztpraxis Dr. Weber, blau",
  "Клиника для всей семьи",
  "a page for my dog walking service",
  "I love rainy Sundays",
];

interface Shot {
  prompt: string;
  phone: Buffer;
  desktop: Buffer;
  /** How far the content is wider than the screen, px; anything but 0 is a defect. */
  overflow: number[];
}

const launchOptions = [
  "--no-sandbox",
  "--disable-gpu",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

async function shoot(browser: Browser, prompt: string, { full, fold }: { full: boolean; fold: number }): Promise<Shot> {
  const html = writePage(prompt);
  const overflow: number[] = [];
  const picture = async (width: number): Promise<Buffer> => {
    const page = await browser.newPage({ viewport: { width, height: width < 500 ? fold * 1.4 : fold } });
    await page.setContent(html);
    overflow.push(await page.evaluate("document.documentElement.scrollWidth - innerWidth"));
    const shot = await page.screenshot({ fullPage: full, type: "jpeg", quality: 82 });
    await page.close();
    return shot;
  };
  return { prompt, phone: await picture(390), desktop: await picture(1280), overflow };
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
for (const prompt of positionals.length > 0 ? positionals : defaultPrompts) {
  const shot = await shoot(browser, prompt, { full: values.full, fold: Number(values.fold) });
  if (shot.overflow.some((px) => px > 0)) console.log(`overflows by ${shot.overflow.join(", ")} px: ${prompt}`);
  shots.push(shot);
}
const path = join(values.out, "contact-sheet.png");
await Bun.write(path, await composeSheet(browser, shots, Number(values.columns)));
await browser.close();
console.log(path);
