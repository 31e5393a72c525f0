import { expect, test } from "bun:test";
import { sanitize } from "../../src/sanitizer/sanitize.ts";
import { finish } from "./finish.ts";

const many = (count: number, write: (index: number) => string): string =>
  Array.from({ length: count }, (_, i) => write(i)).join("");

test.each([
  ["a hundred thousand classes on one element", `<main class="${many(28000, (i) => `p-${i} `)}">x</main>`],
  ["thousands of different utility classes", `<main>${many(4000, (i) => `<p class="p-[${i}px]">x</p>`)}</main>`],
  ["thousands of icons that do not exist", `<main>${many(3000, (i) => `<i data-icon="x${i}"></i>`)}</main>`],
  ["thousands of slots", `<main>${many(1000, (i) => `<img data-slot="s${i}">`)}</main>`],
  [
    "thousands of faint rules on different grounds",
    `<style>:root{--muted:#999}${many(5000, (i) => `.a${i}{color:var(--muted);background:#${(0xfff000 + i).toString(16)}}`)}</style><main>x</main>`,
  ],
  ["deep nesting in a style sheet", `<style>${"@media all{".repeat(3000)}a{color:red}</style><main>x</main>`],
  ["references to nothing", `<main>${many(8000, (i) => `<a href="#n${i}" aria-controls="a b c d">x</a>`)}</main>`],
  ["a head that never ends", `<script>tailwind.config={${many(40_000, (i) => `a${i}:{b:[`)}`],
  ["a list that never ends", `<main class="p-4"><ul>${many(6000, () => "<li>x")}`],
])(
  "%s are finished, and safe",
  async (_, html) => {
    const { page } = await finish(html);
    expect(page.length).toBeGreaterThan(0);
    expect(sanitize(page).html).toBe(page);
  },
  300_000,
);
