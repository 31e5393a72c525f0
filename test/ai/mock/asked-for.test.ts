import { describe, expect, test } from "bun:test";
import { getCopy } from "../../../src/ai/mock/copy/get-copy.ts";
import { writePage } from "../../../src/ai/mock/write-page.ts";
import { writeSite } from "../../../src/ai/mock/write-site.ts";
import { languages } from "../../../src/design/brief/language.ts";
import { trades } from "../../../src/design/brief/trade.ts";

const inTag = (html: string, pattern: RegExp): string => pattern.exec(html)?.[1] ?? "";

/** What one reads before scrolling: title, line above the heading, heading, first sentence. */
function firstSight(html: string): string {
  const parts = [/<title>([^<]*)/, /<p class="label"[^>]*>([^<]*)/, /<h1[^>]*>([^<]*)/, /<p class="lead"[^>]*>([^<]*)/];
  return parts.map((part) => inTag(html, part)).join(" | ");
}

describe("the subject is what one sees first", () => {
  const prompts: [prompt: string, ...seen: string[]][] = [
    ["a website with several pages for a yoga studio", "Yoga studio"],
    ["A three page site for my tea house", "Tea house"],
    ["Eine Website mit mehreren Seiten für meine Tanzschule", "Tanzschule"],
    ["Una web con varias páginas para mi gimnasio", "Gimnasio"],
    ["Un site de plusieurs pages pour mon atelier vélo", "Atelier vélo"],
    ["Сайт из нескольких страниц для детской студии танца", "Детская студия танца"],
    ["I repair old bicycles in a small workshop and people can bring them on Saturdays", "old bicycles", "workshop"],
    ["Сайт для автосервиса в Казани", "Автосервис в Казани"],
    ["Сайт для клининговой компании", "Клининговая компания"],
    ["Сайт для музея кукол", "Музей кукол"],
    ["сторінка для приватної школи у Львові", "Приватна школа"],
    ["Fahrradwerkstatt in Köln", "Fahrradwerkstatt in Köln"],
    ["real estate agent", "Real estate agent"],
    ["clínica dental", "Clínica dental"],
    ["A website with pages for menu and contact, for a noodle bar", "Noodle bar"],
    ["hotel with yoga in Bali", "Hotel in Bali", "breakfast"],
    [
      "Hochzeit von Anna und Tom, Samstag, 14. Juni 2027, auf Schloss Rheinsberg",
      "Wir heiraten auf Schloss Rheinsberg",
    ],
    ["plumber in Leeds", "Plumber in Leeds"],
    ["florist in Leeds", "Florist in Leeds"],
    ["abogado laboral en Sevilla", "Abogado laboral en Sevilla"],
    ["professeur de piano à Lyon", "Professeur de piano à Lyon"],
    ["отель на берегу Байкала", "Отель на берегу Байкала"],
    ["kuaför salonu", "Kuaför salonu"],
    ["Friseursalon Haarmonie in Graz", "Friseursalon Haarmonie", "in Graz"],
    ["my startup sells solar panels", "My startup sells solar panels."],
    ["a page for a lighthouse museum that nobody visits in winter", "Lighthouse museum"],
    ["a page for a small family vineyard in the green hills above the lake and the old town", "vineyard"],
  ];
  for (const [prompt, ...seen] of prompts)
    test(prompt, () => {
      const sight = firstSight(writePage(prompt));
      for (const words of seen) expect(sight).toContain(words);
    });
});

test.each(["real estate agent", "Fahrradwerkstatt in Köln", "Сайт для автосервиса в Казани", "Elektriker in Bern"])(
  "%s is a trade, and no curiosity",
  (prompt) => expect(writePage(prompt)).not.toMatch(/For the curious|Для любопытных|Für Neugierige/),
);

test.each([
  [
    "we sell honey from our own bees, every day except Monday",
    "We sell honey from our own bees",
    "Every day except Monday",
  ],
  ["Wir verkaufen Honig von eigenen Bienen, samstags 9 bis 12", "Wir verkaufen Honig", "Samstags 9 bis 12"],
])("who sells something has a page for it: %s", (prompt, lead, hours) => {
  const html = writePage(prompt);
  expect(inTag(html, /<p class="lead"[^>]*>([^<]*)/)).toStartWith(lead);
  expect(html).toContain(`<dd>${hours}</dd>`);
  expect(html).toContain('href="#list"');
});

test("every page of a site says what it is about", () => {
  const site = writeSite("a website with several pages for a yoga studio");
  const pages = site.split(/^=== page: /m);
  expect(pages.length).toBeGreaterThan(3);
  for (const page of pages) expect(page).toMatch(/<title>[^<]*Yoga studio/);
});

test("a dentist offers no travel advice, a workshop no package", () => {
  expect(writePage("clínica dental")).not.toMatch(/viajero|Vacunas/);
  expect(writePage("Zahnarztpraxis in Bonn")).not.toMatch(/Impfungen/);
  expect(writePage("Fahrradwerkstatt in Köln")).not.toContain("Paket");
});

test("every trade has words of its own in every language", () => {
  for (const language of languages) {
    const general = getCopy(language, "business").copy.kicker;
    for (const [trade] of trades) expect(getCopy(language, trade).copy.kicker).not.toBe(general);
  }
});

describe("days and hours are those of the prompt, and no others", () => {
  const prompts: [prompt: string, hours: string][] = [
    ["Eine Seite für meine Bäckerei in Freiburg, geöffnet Dienstag bis Samstag", "Dienstag bis Samstag"],
    ["I repair old bicycles in a small workshop and people can bring them on Saturdays", "Saturdays"],
    [
      "cafe in Bath, open Tuesday to Saturday, 7 to 14, closed on Mondays",
      "Tuesday to Saturday, 7 to 14, closed on Mondays",
    ],
    ["Friseur in Graz, Di-Fr 9-18 Uhr, Sa 8-13 Uhr", "Di-Fr 9-18 Uhr, Sa 8-13 Uhr"],
    ["panadería abierta de lunes a viernes de 9 a 18", "De lunes a viernes de 9 a 18"],
    ["boulangerie ouverte du mardi au samedi de 8h à 19h", "Du mardi au samedi de 8h à 19h"],
    ["Сайт для пекарни, с понедельника по пятницу с 9 до 18", "С понедельника по пятницу с 9 до 18"],
    ["gym in Porto open 24/7", "24/7"],
  ];
  for (const [prompt, hours] of prompts)
    test(hours, () => {
      const html = writePage(prompt);
      const visit = html.slice(html.indexOf('id="visit"'));
      expect(visit).toContain(`<dd>${hours}</dd>`);
      expect(html.replaceAll(hours, "")).not.toMatch(/\d{1,2}[:.]\d{2}(?! ?[€$])(?=[^"]*<\/d[dt]>)/);
      expect(html).not.toMatch(/>(?:Mon – Fri|Mo – Fr|Sunday|Sonntag|Domingo|Dimanche|Воскресенье)<\/dt>/);
    });

  test("and are there for what is no business", () =>
    expect(writePage("page for my son's football team, training every Tuesday and Thursday")).toContain(
      "<dd>Tuesday and Thursday</dd>",
    ));

  test("a day in a name for something else is no opening time", () => {
    for (const prompt of ["cafe with Sunday brunch", "our daily bread bakery", "a blog with an essay every Sunday"])
      expect(writePage(prompt)).not.toMatch(/<dd>(?:Sunday|Daily|Every)/);
  });
});

describe("a named place is on the page", () => {
  const prompts: [prompt: string, place: string][] = [
    ["a wedding page for Anna and Tom at Villa Rosa", "at Villa Rosa"],
    ["wedding of Lea and Max on Saturday, 5 June 2027 at Villa Rosa in Como", "at Villa Rosa in Como"],
    ["Hochzeit von Lea und Max auf Schloss Rheinsberg", "auf Schloss Rheinsberg"],
    ["birthday party at the Old Mill", "at the Old Mill"],
    ["a cafe page in German for a place in Greenwich", "in Greenwich"],
  ];
  for (const [prompt, place] of prompts) test(place, () => expect(firstSight(writePage(prompt))).toContain(place));

  test("and paints nothing", () => {
    const color = (prompt: string) => inTag(writePage(prompt), /--fill:(#\w{6})/);
    const pink = Array.from({ length: 8 }, (_, i) => color(`boda de Ana y Luis número ${i}, rosa`));
    const placed = Array.from({ length: 8 }, (_, i) => color(`boda de Ana y Luis número ${i} en Villa Rosa`));
    expect(placed.filter((one) => pink.includes(one)).length).toBeLessThan(4);
  });

  test("with the day of a party as its date", () =>
    expect(writePage("birthday invitation for Leo on Saturday at 3 pm")).toContain(
      "<dt>Date</dt><dd>Saturday at 3 pm</dd>",
    ));

  test("with the day and the hour of a wedding", () =>
    expect(writePage("wedding of Lea and Max on Saturday, 5 June 2027 at 3 pm")).toContain(
      "<dd>Saturday, 5 June 2027 at 3 pm</dd>",
    ));
});

test("a long thought is begun in the heading", () => {
  const html = writePage(`I think of rain, ${"and then of the sea and the long way home, ".repeat(20)}`);
  expect(inTag(html, /<h1[^>]*>([^<]*)/)).toMatch(/^I think of rain, .{60,130}…$/);
});
