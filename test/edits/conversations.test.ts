import { describe, expect, test } from "bun:test";
import { createMockProvider } from "../../src/ai/mock/mock-provider.ts";
import { writePage } from "../../src/ai/mock/write-page.ts";
import { generateEdit } from "../../src/edits/generate-edit.ts";
import { editAtOnce } from "../../src/edits/instant/edit-at-once.ts";
import { finishPages } from "../../src/jobs/made-page.ts";
import { readSections } from "../../src/page/sections.ts";

const unwatched = { onUsage() {}, onHtml() {}, onRestart() {} };

interface Step {
  say: string;
  /** Made without a model. */
  instant?: true;
  has?: string[];
  lacks?: string[];
  /** Parts that may differ: ids of sections, or `head`, `style`, `header`, `hero`, `footer`. All others are the same to the byte. */
  touches: string[];
}

const coffee = "A coffee shop in Lisbon called Ember, phone +351 21 555 0100";

/** Twenty people and what they ask for, one after the other. Each step starts from the page that the one before left. */
const conversations: [string, string, Step[]][] = [
  [
    "a price with a dollar sign",
    coffee,
    [
      {
        say: 'change "$4.20" to "$$4.50 & up"',
        instant: true,
        has: ["$$4.50 &amp; up"],
        lacks: ["$4.20"],
        touches: ["list"],
      },
    ],
  ],
  [
    "replacement patterns and backslashes",
    coffee,
    [
      {
        say: 'replace "Flat white" with "$& \\1 C:\\new"',
        instant: true,
        has: ["$&amp; \\1 C:\\new"],
        touches: ["list"],
      },
      { say: 'replace "$& \\1 C:\\new" with "Flat white"', instant: true, has: [">Flat white<"], touches: ["list"] },
    ],
  ],
  [
    "emoji and entities",
    coffee,
    [
      {
        say: 'Change "Banana bread" to "Bread 👩‍🍳 <b> & more"',
        instant: true,
        has: ["Bread 👩‍🍳 &lt;b&gt; &amp; more"],
        touches: ["list"],
      },
      {
        say: "Change “Bread 👩‍🍳 <b> & more” to “Banana bread”",
        instant: true,
        has: [">Banana bread<"],
        lacks: ["👩‍🍳"],
        touches: ["list"],
      },
    ],
  ],
  [
    "a new name, everywhere",
    coffee,
    [
      {
        say: "Rename Ember to Glut & Asche",
        instant: true,
        has: ["<title>Glut &amp; Asche – Coffee shop in Lisbon"],
        lacks: ["Ember"],
        touches: ["head", "header", "hero", "footer"],
      },
    ],
  ],
  [
    "a telephone number",
    coffee,
    [
      {
        say: "our phone number is now +351 999 888 777",
        instant: true,
        has: ['href="tel:+351999888777"', "+351 999 888 777"],
        lacks: ["555"],
        touches: ["visit", "hero", "footer"],
      },
    ],
  ],
  [
    "a mail address",
    coffee,
    [
      {
        say: "e-mail: olá@ember.pt",
        instant: true,
        has: ["olá@ember.pt"],
        lacks: ["hello@"],
        touches: ["visit", "hero", "footer"],
      },
    ],
  ],
  [
    "a colour by number",
    coffee,
    [
      {
        say: "#fbd562 → #ffeeaa",
        instant: true,
        has: ["--bg:#ffeeaa"],
        lacks: ["#fbd562"],
        touches: ["head", "style"],
      },
    ],
  ],
  [
    "a colour by name",
    coffee,
    [{ say: "change yellow to blue", instant: true, lacks: ["#fbd562"], touches: ["head", "style"] }],
  ],
  [
    "the order of sections",
    coffee,
    [
      { say: "move the menu above the reviews", instant: true, touches: ["order"] },
      { say: "Verschiebe die Speisekarte ans Ende", instant: true, touches: ["order"] },
      { say: "put the FAQ to the top", instant: true, touches: ["order"] },
    ],
  ],
  [
    "darker, then lighter",
    coffee,
    [
      { say: "make it darker", has: ["color-scheme:dark"], touches: ["head", "style"] },
      { say: "no, make it light again", has: ["color-scheme:light"], touches: ["head", "style"] },
    ],
  ],
  [
    "German",
    "Eine Bäckerei in Köln namens Korn & Kruste",
    [
      { say: "Mach die Seite bitte dunkler", has: ["color-scheme:dark"], touches: ["head", "style"] },
      { say: "Entferne die Bewertungen", lacks: ['id="voices"'], touches: ["voices", "header"] },
      {
        say: "Ersetze „Korn & Kruste“ durch „Kruste & Krume“",
        instant: true,
        has: ["Kruste &amp; Krume"],
        lacks: ["Korn &amp; Kruste"],
        touches: ["head", "header", "hero", "footer"],
      },
    ],
  ],
  [
    "Spanish",
    "Una cafetería en Madrid llamada La Esquina",
    [
      {
        say: "Cambia «La Esquina» por «El Rincón»",
        instant: true,
        has: ["El Rincón"],
        lacks: ["La Esquina"],
        touches: ["head", "header", "hero", "footer"],
      },
      { say: "Elimina las preguntas", lacks: ['id="faq"'], touches: ["faq", "header"] },
    ],
  ],
  [
    "Russian",
    "Кофейня в Москве «Тёплый угол»",
    [
      {
        say: "Замени «Тёплый угол» на «Свой угол»",
        instant: true,
        has: ["Свой угол"],
        lacks: ["Тёплый угол"],
        touches: ["head", "header", "hero", "footer"],
      },
      { say: "Сделай страницу темнее", has: ["color-scheme:dark"], touches: ["head", "style"] },
    ],
  ],
  [
    "Chinese words for a page in English",
    coffee,
    [{ say: "把“Flat white”改成“馥芮白”", instant: true, has: ["馥芮白"], touches: ["list"] }],
  ],
  [
    "Turkish",
    "Ankara'da bir kahve dükkanı, adı Köşe Kahve",
    [
      {
        say: "“Köşe Kahve” yerine “Bahçe Kahve” yaz, değiştir",
        instant: true,
        has: ["Bahçe Kahve"],
        lacks: ["Köşe Kahve"],
        touches: ["head", "header", "hero", "footer"],
      },
    ],
  ],
  [
    "a section more, and less",
    coffee,
    [
      { say: "add a section about parking", has: ["<h2>Parking</h2>"], touches: ["parking"] },
      { say: "remove the parking section", lacks: ["<h2>Parking</h2>"], touches: ["parking"] },
    ],
  ],
  [
    "a title",
    coffee,
    [
      {
        say: "call it Café Ünïcode 🐙",
        has: ['<h1 dir="auto">Café Ünïcode 🐙</h1>'],
        touches: ["head", "header", "hero", "footer"],
      },
    ],
  ],
  [
    "another language and back to a text of it",
    coffee,
    [
      {
        say: "translate the page to German",
        has: ['lang="de"', "Fragen"],
        touches: ["head", "header", "hero", "footer", "words", "points", "voices", "list", "about", "faq", "visit"],
      },
      { say: "Ändere „Fragen“ in „Gut zu wissen“", instant: true, has: ["Gut zu wissen"], touches: ["header", "faq"] },
    ],
  ],
  [
    "words that are part of others stay",
    coffee,
    [{ say: 'change "Cold" to "Iced"', instant: true, has: ["Iced brew"], touches: ["list"] }],
  ],
  [
    "a long one",
    coffee,
    [
      {
        say: 'Change "Espresso" to "Ristretto"',
        instant: true,
        has: ["Ristretto"],
        touches: ["list", "head", "hero", "words", "points"],
      },
      { say: "make it green", touches: ["head", "style"] },
      {
        say: "add opening hours for Christmas",
        has: ["Opening hours for Christmas"],
        touches: ["opening-hours-for-christmas"],
      },
      { say: "delete the reviews", lacks: ['id="voices"'], touches: ["voices", "header"] },
      {
        say: 'Change "Ristretto" to "Espresso"',
        instant: true,
        lacks: ["Ristretto"],
        touches: ["list", "head", "hero", "words", "points"],
      },
    ],
  ],
];

test("there are twenty conversations", () => expect(conversations).toHaveLength(20));

describe.each(conversations)("%s", (_, prompt, steps) => {
  test("changes what was asked, and nothing else", async () => {
    let page = await finish(writePage(prompt), prompt);
    for (const step of steps) {
      const pages = new Map([["index.html", page]]);
      const instant = editAtOnce(pages, step.say);
      expect([step.say, instant !== undefined]).toEqual([step.say, step.instant ?? false]);
      const edited = instant ?? (await askMock(pages, step.say));
      const next = await finish(edited.pages.get("index.html") ?? "", prompt, page);
      expect(next).not.toBe(page);
      for (const text of step.has ?? []) expect(next).toContain(text);
      for (const text of step.lacks ?? []) expect(next).not.toContain(text);
      expect(without(next, step.touches)).toEqual(without(page, step.touches));
      page = next;
    }
  });
});

async function finish(html: string, prompt: string, before?: string): Promise<string> {
  const old = before === undefined ? undefined : new Map([["index.html", before]]);
  return (await finishPages(new Map([["index.html", html]]), { prompt, before: old })).pages.get("index.html") ?? "";
}

async function askMock(pages: ReadonlyMap<string, string>, prompt: string) {
  const signal = new AbortController().signal;
  const edit = await generateEdit(createMockProvider(), { prompt, edit: { pages }, signal }, unwatched);
  expect(edit.repairs).toEqual([]);
  return edit;
}

/** The page in parts, byte for byte, without those that may differ. `order`: the same parts, wherever they stand. */
function without(page: string, touched: readonly string[]): unknown {
  const style = /<style>[\s\S]*?<\/style>/.exec(page)?.[0] ?? "";
  const main = page.search(/<main/);
  const sections = readSections(page);
  const [first, last] = [sections[0]?.start ?? main, sections.at(-1)?.end ?? main];
  const head = page.slice(0, page.indexOf("<body")).replace(style, "");
  const parts: [string, string][] = [
    ["head", head],
    ["style", style],
    ["header", page.slice(page.indexOf("<body"), main)],
    ["hero", page.slice(main, first)],
    ...sections.map((one): [string, string] => [one.id || "hero", page.slice(one.start, one.end)]),
    ["footer", page.slice(last).trimStart()],
  ];
  const kept = parts.filter(([name]) => !touched.includes(name)).map(([name, text]) => [name, text.trim()]);
  return touched.includes("order") ? kept.sort() : kept;
}
