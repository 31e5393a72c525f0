import { expect, test } from "bun:test";
import fc from "fast-check";
import { createPageStream } from "../../src/finish/create-page-stream.ts";
import { sanitize } from "../../src/sanitizer/sanitize.ts";
import { finish } from "./finish.ts";

const bare = "<h1>Tea &amp; <em>toast</em></h1><p>Open daily.</p>";

/** Everything that has to be mended, in one document. */
const poor = `<!doctype html><html><head><style>:root{--muted:#999}body{background:#fff;color:#222;font-family:Lora,serif}.muted{color:var(--muted)}a{transition:color .2s}</style></head>
<body class="bg-slate-50 antialiased"><header><i data-icon="coffee" class="w-6"></i><h1>One</h1></header><section class="grid md:grid-cols-2"><h1>Two</h1><h4>Three</h4>
<img data-slot="hero" alt="espresso"><img src="https://example.com/cat.jpg"><ul class="space-y-4"><li class="first:pt-0">Ş</li></ul><input type="email" placeholder="Mail"></section></body></html>`;

test("a page without a head gets one", async () => {
  const { page, finished } = await finish(bare, { prompt: "Сайт для кофейни" });
  expect(page).toContain('<html lang="ru">');
  expect(page).toContain("<title>Tea &amp; toast</title>");
  expect(page).toContain('<meta name="viewport" content="width=device-width, initial-scale=1">');
  expect(page).toContain('<meta property="og:title" content="Tea &amp; toast">');
  expect(page).toContain('<link rel="icon" href="data:image/svg+xml,');
  expect(page.indexOf("</head>")).toBeGreaterThan(page.indexOf('rel="icon"'));
  expect(finished.fixed).toMatchObject({ "head:lang": 1, "head:title": 1, "head:viewport": 1, "head:icon": 1 });
});

test("a complete head stays as it is", async () => {
  const head = `<meta name="viewport" content="width=device-width"><title>A</title><meta name="description" content="B"><meta property="og:title" content="A"><meta property="og:description" content="B"><meta property="og:type" content="article"><link rel="icon" href="data:image/png;base64,AA==">`;
  const { page, finished } = await finish(`<!doctype html><html lang="fr"><head>${head}</head><body><main><h1>x</h1>`);
  expect(page).toContain(`<html lang="fr"><head><meta charset="utf-8">${head}<style>@layer guard{`);
  expect(page).toEndWith("</style></head><body><main><h1>x</h1></main></body></html>");
  expect(finished).toEqual({ fixed: {}, found: {} });
});

test("the script of the prompt tells the language, and with it the direction", async () => {
  expect((await finish(bare, { prompt: "صفحة لمقهى" })).page).toContain('<html lang="ar" dir="rtl">');
  expect((await finish(bare, { prompt: "咖啡馆的网页" })).page).toContain('<html lang="zh">');
});

test("text before the heading ends the wait for a title", () => {
  let seen = "";
  const onHtml = (chunk: string) => {
    seen += chunk;
  };
  const stream = createPageStream({ prompt: "page for a bakery called Korn" }, { onHtml });
  stream.write("<nav>Menu</nav><h1>");
  expect(seen).toContain("<title>Korn</title>");
  expect(seen).toContain("Menu");
});

test("any chunking gives the same page and the same files", async () => {
  const whole = await finish(poor);
  await fc.assert(
    fc.asyncProperty(fc.array(fc.nat(2000), { maxLength: 12 }), async (cuts) => {
      expect(await finish(poor, {}, cuts)).toEqual(whole);
    }),
    { numRuns: 40 },
  );
}, 120_000);

test("a finished page comes through as it is", async () => {
  const { page, files } = await finish(poor);
  const again = await finish(page, { assets: files });
  expect(again.page).toBe(page);
  expect([...again.files.keys()].sort()).toEqual([...files.keys()].sort());
});

test("what the finisher hands on is what the sanitizer leaves alone", async () => {
  for (const html of [poor, `<title>"&lt;/title></title><h1 onclick=x>hi</h1><script>alert(1)</script>`]) {
    const { page } = await finish(html);
    expect(sanitize(page)).toEqual({ html: page, report: { removed: 0, rules: {} } });
  }
});

test("a link's picture is named where there will be one, and never one that a model made up", async () => {
  const invented =
    '<title>x</title><meta property="og:image" content="https://example.com/hero.jpg"><main><h1>x</h1></main>';
  expect((await finish(invented)).page).not.toContain("og:image");
  const pictureUrl = "https://preview.example/s/assets/preview.png";
  const named = await finish(invented, { pictureUrl });
  expect(named.page).toContain(`<meta property="og:image" content="${pictureUrl}">`);
  const kept = await finish(named.page, { assets: new Map([["assets/preview.png", new Uint8Array([1])]]) });
  expect(kept.page).toBe(named.page);
  expect([...kept.files.keys()]).toEqual(["assets/preview.png"]);
});
