import { expect, test } from "bun:test";
import fc from "fast-check";
import { createPageStream } from "../../src/finish/create-page-stream.ts";
import { sanitize } from "../../src/sanitizer/sanitize.ts";

function finish(html: string, prompt = "a page", cuts: readonly number[] = []) {
  let page = "";
  const stream = createPageStream({ prompt }, { onHtml: (chunk) => (page += chunk) });
  const at = [0, ...cuts.map((cut) => cut % (html.length + 1)).sort((a, b) => a - b), html.length];
  for (let index = 1; index < at.length; index++) stream.write(html.slice(at[index - 1], at[index]));
  const reports = stream.end();
  return { page, ...reports };
}

const bare = "<h1>Tea &amp; <em>toast</em></h1><p>Open daily.</p>";

test("a page without a head gets one", () => {
  const { page, finished } = finish(bare, "Сайт для кофейни");
  expect(page).toContain('<html lang="ru">');
  expect(page).toContain("<title>Tea &amp; toast</title>");
  expect(page).toContain('<meta name="viewport" content="width=device-width, initial-scale=1">');
  expect(page).toContain('<meta property="og:title" content="Tea &amp; toast">');
  expect(page).toContain('<link rel="icon" href="data:image/svg+xml,');
  expect(page.indexOf("</head>")).toBeGreaterThan(page.indexOf('rel="icon"'));
  expect(finished.fixed).toMatchObject({ "head:lang": 1, "head:title": 1, "head:viewport": 1, "head:icon": 1 });
});

test("a complete head stays as it is", () => {
  const whole = sanitize(
    `<!doctype html><html lang="fr"><head><meta name="viewport" content="width=device-width"><title>A</title><meta name="description" content="B"><meta property="og:title" content="A"><meta property="og:description" content="B"><meta property="og:type" content="article"><link rel="icon" href="data:image/png;base64,AA=="></head><body><main><h1>x</h1></main></body></html>`,
  ).html;
  const { page, finished } = finish(whole);
  expect(page).toBe(whole);
  expect(finished).toEqual({ fixed: {}, found: {} });
});

test("the script of the prompt tells the language, and with it the direction", () => {
  expect(finish(bare, "صفحة لمقهى").page).toContain('<html lang="ar" dir="rtl">');
  expect(finish(bare, "咖啡馆的网页").page).toContain('<html lang="zh">');
});

test("text before the heading ends the wait for a title", () => {
  const stream = createPageStream({ prompt: "page for a bakery called Korn" }, { onHtml: (chunk) => (seen += chunk) });
  let seen = "";
  stream.write("<nav>Menu</nav><h1>");
  expect(seen).toContain("<title>Korn</title>");
  expect(seen).toContain("Menu");
});

test("any chunking gives the same page", () => {
  const { page } = finish(`${bare}<svg viewBox="0 0 1 1"><title>x</title></svg><style>a>b{color:red}</style>`);
  fc.assert(
    fc.property(fc.array(fc.nat(200), { maxLength: 12 }), (cuts) => {
      const again = finish(
        `${bare}<svg viewBox="0 0 1 1"><title>x</title></svg><style>a>b{color:red}</style>`,
        "a page",
        cuts,
      );
      expect(again.page).toBe(page);
    }),
  );
});

test("what the finisher hands on is what the sanitizer would leave alone", () => {
  const { page } = finish(`<title>"&lt;/title></title><h1 onclick=x>hi</h1><script>alert(1)</script>`);
  expect(sanitize(page)).toEqual({ html: page, report: { removed: 0, rules: {} } });
});
