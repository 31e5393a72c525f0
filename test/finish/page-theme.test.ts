import { expect, test } from "bun:test";
import fc from "fast-check";
import { createPageStream } from "../../src/finish/create-page-stream.ts";
import { readLiteral } from "../../src/finish/utilities/literal.ts";
import { loadUtilityCompiler } from "../../src/finish/utilities/utility-compiler.ts";
import { until } from "../helpers/until.ts";
import { finish } from "./finish.ts";

const configured = `<!doctype html><html><head><script src="https://cdn.tailwindcss.com"></script><script>
  tailwind.config = { darkMode: 'class', plugins: [require('x')({ a: 1 })], theme: { extend: {
    // the house colours
    colors: { brand: '#0a7d3c', ink: { DEFAULT: "rgb(20 30 40)", 50: '#f0f4f8', evil: 'url(https://evil.example)' } },
    fontFamily: { display: ['"Playfair Display"', 'serif'], bad: ['x;}</style>'] }, animation: { f: 'x' } } } }
</script></head><body class="bg-ink-50 text-ink"><main class="font-display"><a class="hover:bg-brand text-brand/50">x</a></main></body></html>`;

test("colours and fonts of a page's own configuration have their classes", async () => {
  const { page, files } = await finish(configured);
  for (const rule of ["--color-ink-50:#f0f4f8;", "--color-ink:rgb(20 30 40);", "--color-brand:#0a7d3c;"])
    expect(page).toContain(rule);
  expect(page).toContain(".bg-ink-50{background-color:var(--color-ink-50)}");
  expect(page).toContain('--font-display:"Playfair Display",serif;');
  expect([...files.keys()]).toContain("assets/fonts/playfair-display-latin.woff2");
  expect(page).not.toContain("evil");
});

test("any chunking reads the same theme", async () => {
  const whole = await finish(configured);
  await fc.assert(
    fc.asyncProperty(fc.array(fc.nat(1200), { maxLength: 10 }), async (cuts) => {
      expect((await finish(configured, {}, cuts)).page).toBe(whole.page);
    }),
    { numRuns: 15 },
  );
}, 120_000);

test("an @theme block counts too, and one page's theme is no other's", async () => {
  const themed =
    '<style type="text/tailwindcss">@theme { --color-mint: oklch(72% 0.11 178); }</style><main class="bg-mint p-1">x</main>';
  expect((await finish(themed)).page).toContain("--color-mint:oklch(72% 0.11 178);");
  expect((await finish('<main class="bg-mint p-1">x</main>')).page).not.toContain("mint{");
});

test("a literal is read without being run, whatever stands in it", () => {
  const read = readLiteral(`{ a: 'x', "b-c": { d: [1, 'two', f(3, {}), ...rest], e: () => { evil() }, }, g: \`t\` }`);
  expect(read).toEqual(
    new Map<string, unknown>([
      ["a", "x"],
      [
        "b-c",
        new Map<string, unknown>([
          [
            "d",
            new Map([
              ["0", "1"],
              ["1", "two"],
            ]),
          ],
        ]),
      ],
      ["g", "t"],
    ]) as never,
  );
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom(..."{}[](),:'\"`ab1/* \n.") }),
      (text) => void readLiteral(`{${text}`),
    ),
  );
});

test("a page that marks no body is watched all the same", async () => {
  const seen: string[] = [];
  const stream = createPageStream({ prompt: "x" }, { onHtml: (chunk) => void seen.push(chunk) });
  stream.write('<!doctype html><title>x</title><main class="p-4"><h1>Hello</h1>');
  await until(() => seen.join("").includes("Hello"));
  await stream.end();
});

test("nothing more comes out of a draft that was dropped", async () => {
  const seen: string[] = [];
  const stream = createPageStream({ prompt: "x" }, { onHtml: (chunk) => void seen.push(chunk) });
  stream.write('<main class="p-4"><h1>Draft</h1>');
  stream.drop();
  await loadUtilityCompiler();
  await finish('<main class="p-4">another</main>');
  expect(seen.join("")).not.toContain("Draft");
});
