import { describe, expect, test } from "bun:test";
import { type DefaultTreeAdapterTypes, parse } from "parse5";
import { writePage } from "../../../src/ai/mock/write-page.ts";
import type { Kind } from "../../../src/design/brief/kind.ts";
import { type Language, languages } from "../../../src/design/brief/language.ts";
import { hasTellingClass } from "../../../src/finish/utilities/telling.ts";

type Element = DefaultTreeAdapterTypes.Element;

/** What a person of each language would ask for, by kind of site. */
const prompts: Record<Kind, Record<Language, string>> = {
  coffee: {
    en: "Create a landing page for a coffee shop",
    es: "Crea una página para mi cafetería",
    pt: "Crie uma página para a minha cafeteria",
    fr: "Une page pour mon café",
    de: "Erstelle eine Seite für mein Café",
    tr: "Kahve dükkânım için bir sayfa yap",
    ru: "Сделай страницу для моей кофейни",
    uk: "Створи сторінку для моєї кав’ярні",
  },
  bakery: {
    en: "A website for our bakery",
    es: "Un sitio para nuestra panadería",
    pt: "Um site para a nossa padaria",
    fr: "Un site pour notre boulangerie",
    de: "Eine Webseite für unsere Bäckerei",
    tr: "Fırınımız için bir site",
    ru: "Сайт для нашей пекарни с хлебом",
    uk: "Сайт для нашої пекарні",
  },
  restaurant: {
    en: "My restaurant needs a page",
    es: "Necesito una página para mi restaurante",
    pt: "Preciso de uma página para o meu restaurante",
    fr: "Je veux une page pour mon restaurant",
    de: "Ich brauche eine Seite für mein Restaurant",
    tr: "Restoranım için bir sayfa istiyorum",
    ru: "Нужна страница для ресторана, мы открыты",
    uk: "Потрібна сторінка для ресторану в місті",
  },
  wedding: {
    en: "A page for our wedding",
    es: "Una página para nuestra boda",
    pt: "Uma página para o nosso casamento",
    fr: "Une page pour notre mariage",
    de: "Eine Seite für unsere Hochzeit",
    tr: "Düğünümüz için bir sayfa",
    ru: "Страница для нашей свадьбы",
    uk: "Сторінка для нашого весілля",
  },
  saas: {
    en: "Landing page for a SaaS startup",
    es: "Una página para mi startup de software",
    pt: "Uma página para a minha startup de software",
    fr: "Une page pour notre logiciel",
    de: "Eine Landingpage für unsere Software",
    tr: "Yazılım girişimimiz için bir sayfa",
    ru: "Лендинг для стартапа, который делает сервис",
    uk: "Лендінг для нашого стартапу",
  },
  portfolio: {
    en: "A portfolio for an illustrator",
    es: "Un portafolio para una ilustradora",
    pt: "Um portfólio para uma fotógrafa",
    fr: "Un portfolio pour une photographe",
    de: "Ein Portfolio für eine Fotografin",
    tr: "Bir tasarımcı için portföy sayfası",
    ru: "Портфолио для фотографа, мой сайт",
    uk: "Портфоліо для моєї фотографії",
  },
  event: {
    en: "A page for our conference",
    es: "Una página para nuestra conferencia",
    pt: "Uma página para a nossa conferência",
    fr: "Une page pour notre festival",
    de: "Eine Seite für unsere Konferenz",
    tr: "Konferansımız için bir sayfa",
    ru: "Страница нашей конференции, мы ждём гостей",
    uk: "Сторінка нашої конференції",
  },
  shop: {
    en: "An online shop for ceramics",
    es: "Una tienda de cerámica",
    pt: "Uma loja de cerâmica",
    fr: "Une boutique de céramique",
    de: "Ein Laden für Keramik",
    tr: "Seramik mağazası için bir site",
    ru: "Магазин керамики, наш сайт",
    uk: "Крамниця кераміки та свічок",
  },
  blog: {
    en: "A blog about slow travel",
    es: "Un blog sobre viajes con calma",
    pt: "Um blog sobre viagens com calma",
    fr: "Un blog sur les voyages",
    de: "Ein Blog über das Reisen",
    tr: "Seyahat için bir blog sayfası",
    ru: "Блог о путешествиях, мой дневник",
    uk: "Блог про подорожі",
  },
  clinic: {
    en: "A website for a dental clinic",
    es: "Una página para una clínica dental",
    pt: "Uma página para uma clínica",
    fr: "Un site pour une clinique",
    de: "Eine Webseite für eine Zahnarztpraxis",
    tr: "Diş kliniği için bir site",
    ru: "Сайт для стоматологической клиники",
    uk: "Сайт для стоматологічної клініки",
  },
  business: {
    en: "A page for my plumbing business",
    es: "Una página para mi empresa de limpieza",
    pt: "Uma página para a minha empresa de limpeza",
    fr: "Une page pour mon entreprise de ménage",
    de: "Eine Seite für meine Firma",
    tr: "Temizlik şirketim için bir sayfa",
    ru: "Страница для моей компании, уборка",
    uk: "Сторінка для моєї фірми",
  },
  plain: {
    en: "I love rainy Sundays with you",
    es: "Me gustan los domingos de lluvia y el silencio",
    pt: "Eu gosto de não fazer nada com você",
    fr: "J’aime les dimanches de pluie et le silence",
    de: "Ich mag den Regen und die Stille",
    tr: "Yağmurlu pazar günlerini seviyorum",
    ru: "Я люблю дождливые воскресенья и тишину",
    uk: "Я люблю дощові неділі і тишу",
  },
};

const cases = (Object.keys(prompts) as Kind[]).flatMap((kind) =>
  languages.map((language) => ({ kind, language, prompt: prompts[kind][language] })),
);

function elementsOf(html: string): Element[] {
  const found: Element[] = [];
  const visit = (node: DefaultTreeAdapterTypes.Node): void => {
    if ("tagName" in node) found.push(node);
    if ("childNodes" in node) for (const child of node.childNodes) visit(child);
  };
  visit(parse(html));
  return found;
}

const attribute = (element: Element, name: string): string | undefined =>
  element.attrs.find((one) => one.name === name)?.value;

function textOf(node: DefaultTreeAdapterTypes.Node): string {
  if (node.nodeName === "#text" && "value" in node) return node.value;
  return "childNodes" in node ? node.childNodes.map(textOf).join("") : "";
}

/** Everything that a browser might fetch; links to click on are not fetched. */
function resourcesOf(html: string): string[] {
  return elementsOf(html)
    .filter((element) => element.tagName !== "a" && element.tagName !== "meta" && element.tagName !== "svg")
    .flatMap((element) => [
      ...element.attrs.filter(({ name }) => !/^(aria-|xmlns)/.test(name)).map(({ value }) => value),
      element.tagName === "style" ? textOf(element).replaceAll("http://www.w3.org/2000/svg", "") : "",
    ])
    .filter((value) => /https?:|\/\/[a-z]|@import|javascript:/i.test(value) && !value.startsWith("data:image/svg+xml"));
}

describe("every kind of site in every language", () => {
  for (const { kind, language, prompt } of cases) {
    test(`writes a sound ${kind} page in ${language}`, () => {
      const html = writePage(prompt);
      const elements = elementsOf(html);
      const named = (name: string): Element[] => elements.filter(({ tagName }) => tagName === name);
      const [root, title, h1] = [named("html")[0], named("title")[0], named("h1")[0]];
      if (!root || !title || !h1) throw new Error("no html, title or h1");

      expect(attribute(root, "lang")).toBe(language);
      expect(textOf(title).length).toBeGreaterThan(3);
      expect(named("h1")).toHaveLength(1);
      expect(textOf(h1).trim()).not.toBe("");
      for (const landmark of ["header", "nav", "main", "footer"]) expect(named(landmark).length).toBeGreaterThan(0);

      const levels = elements
        .filter(({ tagName }) => /^h[1-6]$/.test(tagName))
        .map(({ tagName }) => Number(tagName[1]));
      expect(levels.filter((level, i) => i > 0 && level > (levels[i - 1] ?? 0) + 1)).toEqual([]);

      const ids = elements.flatMap((element) => attribute(element, "id") ?? []);
      expect(new Set(ids).size).toBe(ids.length);
      const references = [...html.matchAll(/(?:href="|url\(|popovertarget=")#?([\w-]+)/g)].map(([, id]) => id ?? "");
      const fragments = references.filter((id) => !["data", "mailto", "tel"].includes(id));
      expect(fragments.filter((id) => !ids.includes(id))).toEqual([]);

      expect(named("script")).toEqual([]);
      expect(elements.flatMap(({ attrs }) => attrs.filter(({ name }) => name.startsWith("on")))).toEqual([]);
      expect(resourcesOf(html)).toEqual([]);
      expect(html).not.toMatch(/undefined|NaN|\[object/);
      expect(Buffer.byteLength(html)).toBeGreaterThan(15_000);
      expect(Buffer.byteLength(html)).toBeLessThan(48_000);
    });
  }
});

test("writes the same page for the same prompt", () => {
  expect(writePage("a coffee shop in Rome")).toBe(writePage("a coffee shop in Rome"));
  expect(writePage("  A coffee   shop in Rome\n")).toBe(writePage("A coffee shop in Rome"));
});

test("thirty coffee shops differ in what one sees first", () => {
  const looks = Array.from({ length: 30 }, (_, i) => {
    const html = writePage(`coffee shop number ${i}`);
    const [hero] = html.match(/hero hero-\w+/) ?? [];
    const [color] = html.match(/--fill:#\w{6}/) ?? [];
    return `${hero}|${color}`;
  });
  expect(new Set(looks).size).toBe(30);
  expect(new Set(looks.map((look) => look.split("|")[0])).size).toBeGreaterThan(5);
});

test.each([
  ["coffee shop number"],
  ["Café Nummer"],
  ["cafetería número"],
  ["café numéro"],
  ["cafeteria número"],
  ["kahve dükkanı numara"],
  ["кофейня номер"],
  ["кав’ярня номер"],
])("thirty of “%s” have many names and more than one thing to say", (shop) => {
  const pages = Array.from({ length: 30 }, (_, i) => writePage(`${shop} ${i}`));
  const titles = pages.map((html) => /<title>([^<]* –)/.exec(html)?.[1]);
  expect(new Set(titles).size).toBeGreaterThan(7);
  expect(new Set(pages.map((html) => /<h1[^>]*>([^<]*)/.exec(html)?.[1])).size).toBeGreaterThan(4);
});

test("invents nothing beside the prices that were given", () => {
  const html = writePage("menu for a vegan burger place: Classic burger $9, Fries $4");
  for (const dish of ["Classic burger", "Fries"]) expect(html).toContain(`<h3>${dish}</h3>`);
  expect(html).not.toContain("sea bream");
});

test("puts the given name, phone, e-mail, hours and prices on the page", () => {
  const html = writePage(
    "Site for a restaurant called Blue Door in Lisbon, open Tue-Sun 18:00-23:00, octopus rice €18, flan €6, call +351 912 345 678 or mail hi@bluedoor.pt",
  );
  expect(html).toContain("<title>Blue Door – Restaurant in Lisbon</title>");
  expect(html).toContain('href="tel:+351912345678"');
  expect(html).toContain('href="mailto:hi@bluedoor.pt"');
  for (const fact of ["Tue-Sun 18:00-23:00", "Octopus rice", "€18", "Flan", "€6"]) expect(html).toContain(fact);
});

test("writes in the language that is asked for by name", () => {
  expect(writePage("A coffee shop page in German")).toContain('<html lang="de">');
  expect(writePage("Сделай сайт кофейни на английском")).toContain('<html lang="en">');
});

test("invents no phone number", () => {
  expect(writePage("a bakery")).not.toContain("tel:");
});

describe("a hostile prompt", () => {
  const hostile: Record<string, string> = {
    markup: `<script>alert(1)</script><img src=x onerror=alert(1)> bakery called "<b onclick=x>'</style><script>"`,
    "quotes and ampersands": `café called “" autofocus onfocus=alert(1) x=” & 'friends' \`\${1}\``,
    "closing tags": "</title></style></svg></main><iframe src=//evil.example></iframe> wedding of <b>A</b>",
    "4096 characters": `portfolio of ${"W".repeat(4083)}`,
    "many short words": "a ".repeat(2048),
    emoji: "👩‍👩‍👧‍👦🏳️‍🌈 shop for 🕯️ called “🕯️ Lumi 🕯️”",
    "right to left": "صفحة لمقهى اسمه \u202e«القمر»\u202c في بيروت",
    "invisible characters": "cof\u200bfee\u0000 shop \u2028 called\ufeff “Zero\u200dWidth\u2066”",
    "lone surrogates": "\ud800 coffee \udfff",
    nothing: "",
    "replacement patterns": "shop called “$& $1 $' $`”",
  };
  for (const [name, prompt] of Object.entries(hostile)) {
    test(`of ${name} stays text`, () => {
      const html = writePage(prompt);
      const elements = elementsOf(html);
      expect(elements.filter(({ tagName }) => ["script", "iframe", "img", "b"].includes(tagName))).toEqual([]);
      expect(elements.flatMap(({ attrs }) => attrs.filter((one) => /^on|autofocus/.test(one.name)))).toEqual([]);
      expect(elements.filter(({ tagName }) => tagName === "h1")).toHaveLength(1);
      expect(html.endsWith("</html>\n")).toBe(true);
      expect(html).not.toMatch(/(?!\n)\p{Cc}|[\u200b\u202a-\u202e\u2066-\u2069\ufeff]/u);
      expect(html.isWellFormed()).toBe(true);
      expect(Buffer.byteLength(html)).toBeLessThan(60_000);
    });
  }
});

test("a large picture of the person's takes the place of the drawing, a small one does not", () => {
  const logo = { width: 200, height: 200 };
  expect(writePage("a coffee shop", [logo, { width: 1600, height: 1200 }])).toContain('<img data-slot="photo-2" alt="');
  expect(writePage("a coffee shop", [logo])).toBe(writePage("a coffee shop"));
});

test("no page has a class that could be a utility, whose compiler would be loaded for it", () => {
  const wishes = Object.values(prompts).map(({ en }) => en);
  const pages = wishes.flatMap((wish) => Array.from({ length: 8 }, (_, index) => writePage(`${wish} no. ${index}`)));
  const classes = new Set(pages.flatMap((page) => page.match(/ class="[^"]*"/g) ?? []));
  expect(classes.size).toBeGreaterThan(20);
  expect([...classes].filter(hasTellingClass)).toEqual([]);
});

test("a heading with a mark of its own is followed by no dot", () => {
  const pages = Array.from({ length: 60 }, (_, index) => writePage(`wedding of June and Adam no. ${index}`));
  const dotted = pages.filter((page) => page.includes('h2:not(.ended)::after{content:"."'));
  expect(dotted.length).toBeGreaterThan(0);
  expect(pages.filter((page) => page.includes('.head h2::after{content:"."'))).toEqual([]);
  for (const page of dotted) expect(page).toContain('<h2 class="ended">Will you come?</h2>');
});
